import { backendAddressOf, type BackendOptions } from "@cluster-ipam/address-plan/stacks";
import { type z } from "zod";
import { rememberVariable } from "../input/variable-origins";
import { readVariables } from "./variables";

/** The settings that {@link readAppEnvironment} returns for these schemas. */
export type AppEnvironment<T extends z.ZodRawShape> = Readonly<z.infer<z.ZodObject<T>>>;

/**
 * Reads an app's settings from the process environment. The variable is the app's name and the setting's: with the app
 * `pre-prod`, `awsAccountId` is `PRE_PROD_AWS_ACCOUNT_ID`.
 *
 * @param app name of the app, for example `dev`
 * @param settings the schema of each setting: `awsAccountId`, `googleProject`, `backendAddress`, `deletionProtection`
 * or another zod schema
 * @throws ValidationError with the name of the first invalid variable, its value and the fix
 */
export function readAppEnvironment<T extends z.ZodRawShape>(
  app: string,
  settings: T,
  env: NodeJS.ProcessEnv,
): AppEnvironment<T> {
  const names = Object.keys(settings).map((setting) => [setting, variableName(app, setting)] as const);
  const read = readVariables(
    Object.fromEntries(names.map(([setting, variable]) => [variable, settings[setting]!])),
    env,
  );
  return Object.fromEntries(
    names.map(([setting, variable]) => [setting, remembered(variable, read[variable], settings[setting]!)]),
  ) as AppEnvironment<T>;
}

/**
 * Remembers the variable of an account, a project or a backend. A choice such as `on` or `off` names nothing that a
 * provider could be configured with.
 */
function remembered(name: string, value: unknown, schema: z.core.$ZodType): unknown {
  if (isChoice(schema)) return value;
  const unset = (schema as z.ZodType).safeParse(undefined);
  const initial = unset.success ? addressOf(unset.data) : undefined;
  const text = addressOf(value);
  if (text === undefined) return value;
  // A default is the same object for every app: a copy tells them apart.
  const own = typeof value === "object" ? { ...value } : value;
  rememberVariable(
    { name, value: text, ...(initial !== undefined && { default: initial }) },
    typeof own === "object" ? (own as object) : undefined,
  );
  return own;
}

function isChoice(schema: z.core.$ZodType): boolean {
  const { def } = schema._zod;
  if ("innerType" in def) return isChoice(def.innerType as z.core.$ZodType);
  return def.type === "enum" || def.type === "literal" || def.type === "boolean";
}

/** The value as the variable has it; undefined for what is neither text nor a backend. */
function addressOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  const isBackend = typeof value === "object" && value !== null && "type" in value;
  return isBackend ? backendAddressOf(value as BackendOptions) : undefined;
}

function variableName(app: string, setting: string): string {
  return `${app}-${setting.replace(/[A-Z]/g, "-$&")}`.toUpperCase().replaceAll("-", "_");
}
