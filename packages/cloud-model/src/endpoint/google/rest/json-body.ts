import { type GoogleRefusal, violations } from "./refusal";

/**
 * Schemas of request bodies by name. A schema is its members with their types, `name:s labels:{s`: `s` a string, `b` a
 * boolean, `i` an integer, `l` a 64-bit integer (a string in JSON), `n` a number, `a` anything, `eA|B` one of a list,
 * `[` an array of, `{` a map of, `@` another schema, and `-` a member that Google sets and that requests cannot.
 */
export type Schemas = Readonly<Record<string, string>>;

/** A JSON object of a request or response. */
export interface JsonObject {
  readonly [member: string]: unknown;
}

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

interface Violation {
  readonly field: string;
  readonly description: string;
}

/**
 * Reads a request body: checks members and types as Google's front end does, and leaves out what only Google sets.
 *
 * @param field name of the body in messages; empty where its members are the request's
 * @throws GoogleRefusal INVALID_ARGUMENT, with every violation
 */
export function readBody(schemas: Schemas, name: string, text: string, field: string): JsonObject {
  const body = parsed(text);
  const found: Violation[] = [];
  const value = new Reader(schemas, found).object(name, body, field);
  if (found.length > 0) throw violations(found);
  return value;
}

function parsed(text: string): JsonObject {
  if (text.trim() === "") return {};
  try {
    const body: unknown = JSON.parse(text);
    if (isObject(body)) return body;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw malformed();
}

const malformed = (): GoogleRefusal =>
  violations([
    {
      field: "",
      description: "Invalid JSON payload received. Expected an object with names in double quotes.",
    },
  ]);

const membersOf = (schema: string): ReadonlyMap<string, string> =>
  new Map(
    schema.split(" ").map((member) => {
      const colon = member.indexOf(":");
      return [member.slice(0, colon), member.slice(colon + 1)];
    }),
  );

/** Checks of scalars: the value as Google understands it, or undefined. */
const scalars: Readonly<Record<string, (value: unknown) => unknown>> = {
  a: (value) => value,
  b: (value) => (typeof value === "boolean" ? value : undefined),
  i: (value) => (/^-?\d+$/.test(String(value)) ? Number(value) : undefined),
  l: (value) => (/^-?\d+$/.test(String(value)) ? String(value) : undefined),
  n: (value) => (Number.isFinite(Number(value)) ? Number(value) : undefined),
  s: (value) => (typeof value === "string" ? value : undefined),
};

/** How Google's messages call the types. */
const typeNames: Readonly<Record<string, string>> = {
  b: "TYPE_BOOL",
  i: "TYPE_INT32",
  l: "TYPE_INT64",
  n: "TYPE_DOUBLE",
  s: "TYPE_STRING",
};

/** hashicorp/google sends an empty `initialNatIps`, a name that Compute Engine does not have, with every NAT gateway. */
const isEmpty = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

class Reader {
  constructor(
    private readonly schemas: Schemas,
    private readonly violations: Violation[],
  ) {}

  object(name: string, value: JsonObject, path: string): JsonObject {
    const members = membersOf(this.schemas[name] ?? "");
    return Object.fromEntries(
      Object.entries(value).flatMap(([member, given]) => {
        const type = members.get(member);
        if (type === undefined && !isEmpty(given)) this.unknown(member, path);
        return type === undefined || type === "-"
          ? []
          : [[member, this.value(type, given, path ? `${path}.${member}` : member)]];
      }),
    );
  }

  private value(type: string, value: unknown, path: string): unknown {
    if (value === null) return null;
    const rest = type.slice(1);
    if (type.startsWith("@"))
      return isObject(value) ? this.object(rest, value, path) : this.wrong(path, rest, value);
    if (type.startsWith("["))
      return Array.isArray(value)
        ? value.map((element, i) => this.value(rest, element, `${path}[${i}]`))
        : this.wrong(path, "list", value);
    if (type.startsWith("{"))
      return isObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([key, element]) => [key, this.value(rest, element, `${path}.${key}`)]),
          )
        : this.wrong(path, "map", value);
    const read = type.startsWith("e") ? enumValue(rest, value) : scalars[type]!(value);
    return read === undefined ? this.wrong(path, typeNames[type] ?? "enum", value) : read;
  }

  private unknown(member: string, path: string): void {
    const at = path ? ` at '${path}'` : "";
    this.violations.push({
      field: path,
      description: `Invalid JSON payload received. Unknown name "${member}"${at}: Cannot find field.`,
    });
  }

  private wrong(path: string, type: string, value: unknown): undefined {
    this.violations.push({
      field: path,
      description: `Invalid value at '${path}' (${type}), ${JSON.stringify(value)}`,
    });
    return undefined;
  }
}

/** An enum may be given by number too, as Google's client libraries do. */
function enumValue(names: string, value: unknown): string | undefined {
  const all = names.split("|");
  return typeof value === "number" ? all[value] : all.find((name) => name === value);
}
