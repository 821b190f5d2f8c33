import { AddressPlanError } from "../message/address-plan-error";
import { type BackendOptions } from "./backend";
import { BACKEND_FORMS, parseBackend } from "./backend-address";
import { type RecordedVariable, type StackRecord, STACKS_FILE, type TerraformValue } from "./stack-record";

/**
 * Replaces the variables of a record, written `$NAME`, by their values: those of the environment, else the recorded
 * defaults. An empty variable counts as unset.
 *
 * @param where what needs the value, for the error, for example the id of a stack
 * @throws AddressPlanError if a variable is not set and has no default
 */
export function fillVariables<T extends TerraformValue | object>(
  value: T,
  variables: readonly RecordedVariable[],
  env: NodeJS.ProcessEnv,
  where: string,
): T {
  const known = new Map(variables.map((variable) => [variable.name, variable]));
  const fill = (text: string): string =>
    text.replace(/\$([A-Z][A-Z0-9_]*)/g, (whole, name: string) => {
      const variable = known.get(name);
      if (!variable) return whole;
      const filled = env[name] || variable.default;
      if (filled !== undefined) return filled;
      throw new AddressPlanError(
        `${STACKS_FILE}: ${where}`,
        `needs the environment variable ${name}, which is not set; set it to the value that the stack was deployed with`,
      );
    });
  const walk = (item: unknown): unknown => {
    if (typeof item === "string") return fill(item);
    if (Array.isArray(item)) return item.map(walk);
    if (typeof item !== "object" || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([name, member]) => [name, walk(member)]));
  };
  return walk(value) as T;
}

/**
 * The backend of an app: the recorded address, or the one in the environment variable that the record names, or that
 * variable's default.
 *
 * @throws AddressPlanError if the variable is not set and has no default, or is not a backend's address
 */
export function resolveBackend(
  record: Pick<StackRecord, "backend" | "variables">,
  env: NodeJS.ProcessEnv,
): BackendOptions {
  const address = fillVariables(record.backend, record.variables, env, "backend");
  const backend = parseBackend(address);
  if (backend) return backend;
  const name = record.backend.replace(/^\$/, "");
  throw new AddressPlanError(name, `"${address}" is not a backend; use ${BACKEND_FORMS}`);
}
