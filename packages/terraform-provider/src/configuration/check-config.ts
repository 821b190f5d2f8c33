import { type Diagnostic, type Path } from "../value/diagnostic";
import { isObject, type Value } from "../value/value";
import { type Checks } from "../schema/checks";
import { type AttributeSchema, type BlockSchema } from "../schema/type-schema";
import { checkValues } from "./check-values";
import { isDuration } from "./forms/duration";
import { elements, type Member, membersAt, presence } from "./members";

/**
 * What the provider rejects in a configuration beyond Terraform's own schema checks. Unknown values are
 * not checked until apply, as in the real providers.
 */
export const checkConfig = (block: BlockSchema, checks: Checks, config: Value): readonly Diagnostic[] => [
  ...checkMembers(block, { path: [], value: config }),
  ...checkValues(block, checks, config),
  ...checkConflicts(block, checks, config),
  ...checkGroups(block, checks, config),
];

/** What the schema says of each member: whole numbers, and members that only the provider sets. */
function checkMembers(block: BlockSchema, { path, value }: Member): readonly Diagnostic[] {
  if (!isObject(value)) return [];
  const found: Diagnostic[] = [];
  for (const name in block.attributes) {
    const wrong = violation(block.attributes[name]!, value[name] ?? null);
    if (wrong !== undefined) found.push({ ...wrong, path: [...path, name] });
  }
  for (const name in block.blocks) {
    const own = value[name] ?? null;
    if (own === null) continue;
    const place = [...path, name];
    if (name === "timeouts") found.push(...checkTimeouts(place, own));
    for (const element of elements({ path: place, value: own }))
      found.push(...checkMembers(block.blocks[name]!.block, element));
  }
  return found;
}

function violation(
  { integer, computed = false, optional = false, required = false }: AttributeSchema,
  value: Value,
): Pick<Diagnostic, "summary" | "detail"> | undefined {
  // Terraform itself accepts null for a required argument.
  if (value === null) return required ? { summary: "Missing required argument" } : undefined;
  if (computed && !optional && !required)
    return {
      summary: "Value for unconfigurable attribute",
      detail: "Can't configure a value for this attribute: its value is decided by the provider.",
    };
  return integer && typeof value === "number" && !Number.isInteger(value)
    ? { summary: "Incorrect attribute value type", detail: `a whole number is required, got ${value}` }
    : undefined;
}

function checkTimeouts(path: Path, timeouts: Value): readonly Diagnostic[] {
  if (!isObject(timeouts)) return [];
  return Object.entries(timeouts).flatMap(([name, value]) =>
    typeof value === "string" && !isDuration(value)
      ? [
          {
            summary: `Error parsing ${JSON.stringify(name)} timeout: invalid duration ${JSON.stringify(value)}`,
            path: [...path, name],
          },
        ]
      : [],
  );
}

function checkConflicts(block: BlockSchema, checks: Checks, config: Value): readonly Diagnostic[] {
  return Object.entries(checks.conflicts ?? {}).flatMap(([path, others]) => {
    if (presence(block, config, path) !== "set") return [];
    const other = others.find((candidate) => presence(block, config, candidate) === "set");
    return other
      ? [
          {
            summary: "Conflicting configuration arguments",
            detail: `"${path}": conflicts with ${other}`,
            path: placeOf(config, path),
          },
        ]
      : [];
  });
}

function checkGroups(block: BlockSchema, checks: Checks, config: Value): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const apart = (group: readonly string[]) => ({
    set: group.filter((path) => presence(block, config, path) === "set"),
    open: group.filter((path) => presence(block, config, path) === "unknown"),
  });
  const refuse = (group: readonly string[], summary: string, detail: string) =>
    found.push({ summary, detail: `"${group[0]}": ${detail}`, path: placeOf(config, group[0]!) });

  for (const group of (checks.exactlyOneOf ?? []).filter((candidate) => applies(config, candidate))) {
    const { set, open } = apart(group);
    const names = group.join(",");
    if (set.length > 1)
      refuse(
        group,
        "Invalid combination of arguments",
        `only one of \`${names}\` can be specified, but \`${set.join(",")}\` were specified.`,
      );
    if (set.length + open.length === 0)
      refuse(group, "Invalid combination of arguments", `one of \`${names}\` must be specified`);
  }
  for (const group of (checks.atLeastOneOf ?? []).filter((candidate) => applies(config, candidate))) {
    const { set, open } = apart(group);
    if (set.length + open.length === 0)
      refuse(group, "Missing required argument", `one of \`${group.join(",")}\` must be specified`);
  }
  for (const [path, needs] of Object.entries(checks.requiredWith ?? {})) {
    const missing = needs.some((other) => presence(block, config, other) === "unset");
    if (presence(block, config, path) !== "unset" && missing)
      refuse(
        [path],
        "Missing required argument",
        `all of \`${[path, ...needs].join(",")}\` must be specified`,
      );
  }
  return found;
}

/** A group inside a block applies only when one of its blocks is present. */
const applies = (config: Value, group: readonly string[]): boolean =>
  group.some((path) => membersAt(config, path).length > 0);

/** Path of the first member that a path without indices matches; empty when none does. */
const placeOf = (config: Value, path: string): Diagnostic["path"] => membersAt(config, path)[0]?.path ?? [];
