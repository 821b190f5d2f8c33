import { z } from "zod";
import { AddressPlanError } from "../message/address-plan-error";
import { parseBackend } from "./backend-address";
import { type RecordedStack, type StackRecord, STACKS_FILE, type TerraformValue } from "./stack-record";

const terraformValue: z.ZodType<TerraformValue> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(terraformValue),
    z.record(z.string(), terraformValue),
  ]),
);
const members = z.record(z.string(), terraformValue);
const variableSchema = z.strictObject({
  name: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  default: z.string().optional(),
});
const stackSchema = z.strictObject({
  id: z.string().min(1),
  cluster: z.string().optional(),
  kind: z.enum(["network", "autoscaler", "cluster", "system", "workloads"]).optional(),
  after: z.array(z.string()),
  emptied: z.string().optional(),
  terraform: z.strictObject({
    required_providers: members,
    provider: z.record(z.string(), z.array(terraformValue)),
    data: z.record(z.string(), members).optional(),
    variable: members.optional(),
    locals: members.optional(),
  }),
});
const recordSchema = z.strictObject({
  version: z.literal(1),
  backend: z.string(),
  variables: z.array(variableSchema),
  stacks: z.array(stackSchema),
});

const RESTORE = "restore the file from version control, then synthesize the app";

/**
 * Parses a record. Of a merge conflict it takes both sides, because the record says what was once composed; a stack that
 * both sides changed is taken from the first.
 *
 * @param file name of the file, for errors
 * @throws AddressPlanError if it is damaged, of another version, or names a variable that it does not list
 */
export function parseStackRecord(text: string, file: string = STACKS_FILE): StackRecord {
  const lines = text.split("\n");
  const conflicting = lines.some((line) => /^(<{7}|>{7})( |$)/.test(line));
  const content = conflicting ? bothSides(lines) : parseJson(text, file);
  const version = (content as { version?: unknown } | null)?.version;
  if (version !== undefined && version !== 1)
    throw new AddressPlanError(
      file,
      `version ${JSON.stringify(version)} is not supported; use the version of @cluster-ipam/address-plan that wrote it (this one writes version 1)`,
    );
  const result = recordSchema.safeParse(content);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    throw new AddressPlanError(
      `${file}: ${place(content, issue.path)}`,
      `malformed (${issue.message}); ${RESTORE}`,
    );
  }
  const record = result.data as StackRecord;
  checkRecord(record, file);
  return record;
}

function checkRecord(record: StackRecord, file: string): void {
  const ids = new Set<string>();
  for (const { id } of record.stacks) {
    if (ids.has(id)) throw new AddressPlanError(`${file}: ${id}`, `listed twice; ${RESTORE}`);
    ids.add(id);
  }
  const variable = /^\$([A-Z][A-Z0-9_]*)$/.exec(record.backend)?.[1];
  const known =
    variable === undefined
      ? parseBackend(record.backend) !== undefined
      : record.variables.some(({ name }) => name === variable);
  if (!known)
    throw new AddressPlanError(
      `${file}: backend`,
      `${JSON.stringify(record.backend)} is neither a backend's address nor a variable of the record; ${RESTORE}`,
    );
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AddressPlanError(file, `not JSON (${(error as Error).message}); ${RESTORE}`);
  }
}

/** Every entry is one line, so the lines of both sides are the union. The merge base of a diff3 conflict is no side. */
function bothSides(lines: readonly string[]): unknown {
  const stacks = new Map<string, RecordedStack>();
  const variables = new Map<string, { readonly name: string }>();
  const settings: Record<string, unknown> = {};
  let inBase = false;
  for (const line of lines) {
    if (/^\|{7}( |$)/.test(line)) inBase = true;
    else if (/^={7}$/.test(line.trimEnd())) inBase = false;
    if (inBase) continue;
    const setting = parsed(`{${line.trim().replace(/,$/, "")}}`);
    for (const name of ["version", "backend"])
      if (setting && name in setting) settings[name] ??= setting[name];
    const entry = parsed(line.trim().replace(/,$/, ""));
    if (typeof entry?.["id"] === "string" && !stacks.has(entry["id"]))
      stacks.set(entry["id"], entry as unknown as RecordedStack);
    if (typeof entry?.["name"] === "string" && !variables.has(entry["name"]))
      variables.set(entry["name"], entry as { name: string });
  }
  return { ...settings, variables: [...variables.values()], stacks: [...stacks.values()] };
}

/** The object that a line is, or undefined if it is only part of one. */
function parsed(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith("{") || !text.endsWith("}")) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function place(content: unknown, path: readonly PropertyKey[]): string {
  const [section, index, ...rest] = path;
  const entries = (content as Record<string, unknown> | null)?.[String(section)];
  const entry = Array.isArray(entries) && typeof index === "number" ? (entries[index] as unknown) : undefined;
  const { id, name } = (entry ?? {}) as { id?: unknown; name?: unknown };
  const title = id ?? name;
  return [typeof title === "string" ? title : [section, index].filter((part) => part !== undefined), rest]
    .flat()
    .map(String)
    .join(".");
}
