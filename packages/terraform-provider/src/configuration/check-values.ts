import { type Diagnostic, pathText } from "../value/diagnostic";
import { type Value } from "../value/value";
import { type Checks, type CidrLimits } from "../schema/checks";
import { namedByOverlay } from "../schema/named-by-overlay";
import { type BlockSchema } from "../schema/type-schema";
import { ARN } from "./arn";
import { forms } from "./forms";
import { elements, isBlock, membersAt } from "./members";
import { holds, networkOf, networkText, parseNetwork } from "./network-text";

/** Returns the violation of one value at `name`, or undefined. */
type Rule<T> = (name: string, value: string | number, limit: T) => string | undefined;

/** What is checked of the members at a path. */
interface Check {
  readonly path: string;
  readonly violation: (name: string, value: string | number) => string | undefined;
}

/** Checks the values of individual arguments; messages use the providers' wording. */
export function checkValues(block: BlockSchema, checks: Checks, config: Value): readonly Diagnostic[] {
  return [
    ...checksOf(checks).flatMap((check) => findings(config, check)),
    ...checkForms(checks, config),
    ...checkItems(block, checks, config),
  ];
}

const known = new WeakMap<Checks, readonly Check[]>();

/** The checks of single values, listed once for all resources of a type. */
function checksOf(checks: Checks): readonly Check[] {
  let listed = known.get(checks);
  if (listed === undefined) known.set(checks, (listed = listChecks(checks)));
  return listed;
}

function listChecks(checks: Checks): readonly Check[] {
  const byPath = <T>(limits: { readonly [path: string]: T } | undefined, rule: Rule<T>): readonly Check[] =>
    Object.entries(limits ?? {}).map(([path, limit]) => ({
      path,
      violation: (name, value) => rule(name, value, limit),
    }));
  const each = (paths: readonly string[] | undefined, rule: Rule<undefined>): readonly Check[] =>
    (paths ?? []).map((path) => ({ path, violation: (name, value) => rule(name, value, undefined) }));
  return [
    ...byPath(checks.oneOf, isOneOf),
    ...byPath(checks.between, isBetween),
    ...byPath(checks.length, hasLength),
    ...byPath(checks.matches, matches),
    ...byPath(checks.cidr, isNetwork),
    ...byPath(checks.region, isRegion),
    ...each(checks.ipv4, isAddress),
    ...each(checks.arn, isArn),
    ...each(checks.json, isJson),
    ...each(checks.account, isAccount),
    ...each(checks.time, isTime),
  ];
}

function findings(config: Value, { path, violation }: Check): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const member of membersAt(config, path)) {
    if (member.value === null) continue;
    for (const { path: place, value } of elements(member)) {
      if (typeof value !== "string" && typeof value !== "number") continue;
      const summary = violation(pathText(place), value);
      if (summary) found.push({ summary, path: place });
    }
  }
  return found;
}

/** A form is one of a whole value, a map's too; of a list or set it is one of every element. */
function checkForms(checks: Checks, config: Value): readonly Diagnostic[] {
  return Object.entries(checks.forms ?? {}).flatMap(([path, name]) => {
    const form = namedByOverlay(forms, "form", name);
    return membersAt(config, path)
      .flatMap(elements)
      .flatMap(({ path: place, value }) => {
        const violation = value === null ? undefined : form(value);
        return violation === undefined ? [] : [{ summary: `${pathText(place)} ${violation}`, path: place }];
      });
  });
}

function checkItems(block: BlockSchema, checks: Checks, config: Value): readonly Diagnostic[] {
  return Object.entries(checks.items ?? {}).flatMap(([path, [min, max]]) =>
    membersAt(config, path).flatMap(({ path: place, value }) => {
      // A block that is not there is no empty list.
      if (!Array.isArray(value) || (value.length === 0 && isBlock(block, path))) return [];
      if (value.length < min)
        return [
          {
            summary: "Not enough list items",
            detail: `Attribute ${path} requires ${min} item minimum, but config has only ${value.length} declared.`,
            path: place,
          },
        ];
      if (max > 0 && value.length > max)
        return [
          {
            summary: "Too many list items",
            detail: `Attribute ${path} supports ${max} item maximum, but config has ${value.length} declared.`,
            path: place,
          },
        ];
      return [];
    }),
  );
}

const isOneOf: Rule<readonly (string | number)[]> = (name, value, allowed) =>
  allowed.includes(value)
    ? undefined
    : `expected ${name} to be one of [${allowed.map((item) => JSON.stringify(item)).join(" ")}], got ${value}`;

const isBetween: Rule<readonly [number | null, number | null]> = (name, value, [min, max]) => {
  if (Number(value) >= (min ?? -Infinity) && Number(value) <= (max ?? Infinity)) return undefined;
  return max === null
    ? `expected ${name} to be at least (${min}), got ${value}`
    : `expected ${name} to be in the range (${min ?? "-"} - ${max}), got ${value}`;
};

const hasLength: Rule<readonly [number | null, number | null]> = (name, value, [min, max]) => {
  const { length } = String(value);
  return length >= (min ?? 0) && length <= (max ?? Infinity)
    ? undefined
    : `expected length of ${name} to be in the range (${min ?? 0} - ${max ?? "unlimited"}), got ${value}`;
};

const matches: Rule<string> = (name, value, pattern) =>
  new RegExp(pattern).test(String(value))
    ? undefined
    : `invalid value for ${name} (must match regular expression ${pattern}), got ${value}`;

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((text) => parseNetwork(text)!);

const isNetwork: Rule<CidrLimits> = (name, value, { family, min, max, privateOnly, hostBits, orEmpty }) => {
  if (orEmpty && value === "") return undefined;
  const network = parseNetwork(String(value));
  const kind = family ? `IPv${family} CIDR block` : "CIDR block";
  if (!network || (family && network.family !== family)) return `${name}: "${value}" is not a valid ${kind}`;
  const right = networkText(networkOf(network));
  if (!hostBits && networkOf(network).address !== network.address)
    return min === undefined
      ? `${name}: "${value}" is not a valid ${kind}; did you mean "${right}"?`
      : `expected ${name} to contain a valid network Value, expected ${right}, got ${value}`;
  if (network.length < (min ?? 0) || network.length > (max ?? 128))
    return `expected "${name}" to contain a network Value with between ${min ?? 0} and ${max} significant bits, got: ${network.length}`;
  return privateOnly && !privateRanges.some((range) => holds(range, network))
    ? `invalid value for ${name} (must be within 10.0.0.0/8, 172.16.0.0/12, or 192.168.0.0/16)`
    : undefined;
};

const isRegion: Rule<readonly string[]> = (name, value, others) =>
  others.includes(String(value)) || /^[a-z]{2}(-[a-z]+)+-\d$/.test(String(value))
    ? undefined
    : `"${name}" (${value}) is not a valid AWS Region Code`;

const isAddress: Rule<undefined> = (name, value) => {
  const network = parseNetwork(`${value}/32`);
  return network?.family === 4
    ? undefined
    : `expected ${name} to contain a valid IPv4 address, got: ${value}`;
};

const isArn: Rule<undefined> = (name, value) =>
  value === "" || ARN.test(String(value))
    ? undefined
    : `"${name}" (${value}) is an invalid ARN: ${String(value).startsWith("arn:") ? "not enough sections" : "invalid prefix"}`;

const isJson: Rule<undefined> = (name, value) => {
  try {
    JSON.parse(String(value) || "{}");
    return undefined;
  } catch (error) {
    return `"${name}" contains an invalid JSON: ${(error as SyntaxError).message}`;
  }
};

const isAccount: Rule<undefined> = (name, value) =>
  /^\d{12}$/.test(String(value))
    ? undefined
    : `"${name}" doesn't look like AWS Account ID (exactly 12 digits): "${value}"`;

const isTime: Rule<undefined> = (name, value) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(String(value))
    ? undefined
    : `expected "${name}" to be a valid RFC3339 date, got ${value}`;
