import { crc32 } from "node:zlib";
import {
  DiagnosticError,
  isList,
  isObject,
  type ObjectValue,
  type Value,
} from "@cluster-ipam/terraform-provider";

/** An IAM policy as JSON. */
export interface PolicyDocument {
  readonly Version: string;
  readonly Id?: string;
  /** Absent if there are none. */
  readonly Statement?: readonly Statement[];
}

type OneOrMore = string | readonly string[];
type Principals = OneOrMore | { readonly [type: string]: OneOrMore };

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Principal?: Principals;
  readonly NotPrincipal?: Principals;
  readonly Condition?: { readonly [test: string]: { readonly [variable: string]: OneOrMore } };
}

/**
 * Renders `aws_iam_policy_document`: source documents first, then the statements, then overriding
 * documents, which replace statements of the same Sid.
 *
 * @throws DiagnosticError if a document is not JSON, or two statements have the same Sid
 */
export function policyDocument(config: ObjectValue): PolicyDocument {
  const own = blocks(config["statement"]).map(statement);
  const sources = [...documents(config, "source_policy_documents"), ...documents(config, "source_json")];
  const overrides = [
    ...documents(config, "override_policy_documents"),
    ...documents(config, "override_json"),
  ];
  checkSids(sources.flat(), "source_policy_documents");
  checkSids(own, "statement");
  const statements = [...own, ...overrides.flat()].reduce<readonly Statement[]>((all, next) => {
    const index = next.Sid ? all.findIndex(({ Sid }) => Sid === next.Sid) : -1;
    return index < 0 ? [...all, next] : all.with(index, next);
  }, sources.flat());
  const id = config["policy_id"];
  return {
    Version: typeof config["version"] === "string" ? config["version"] : DEFAULT_VERSION,
    ...(typeof id === "string" && id !== "" ? { Id: id } : {}),
    ...(statements.length > 0 ? { Statement: statements } : {}),
  };
}

const DEFAULT_VERSION = "2012-10-17";

/** The arguments as the provider writes them into the state: in a statement nothing is null. */
export function policyArguments(config: ObjectValue): ObjectValue {
  const statements = blocks(config["statement"]).map((block) => ({
    ...block,
    effect: block["effect"] ?? "Allow",
    sid: block["sid"] ?? "",
    ...Object.fromEntries(
      ["actions", "not_actions", "resources", "not_resources"].map((name) => [name, block[name] ?? []]),
    ),
  }));
  return {
    version: config["version"] ?? DEFAULT_VERSION,
    policy_id: config["policy_id"] === "" ? null : (config["policy_id"] ?? null),
    statement: statements.length === 0 ? null : statements,
  };
}

/** The statements of each document of an argument. */
function documents(config: ObjectValue, name: string): readonly (readonly Statement[])[] {
  return texts(config[name]).map((text, index) => {
    // The provider skips empty documents.
    if (text === "") return [];
    const fail = (why: string): never => {
      throw new DiagnosticError({
        summary: `writing IAM Policy Document: ${name}.${index} ${why}`,
        path: [name],
      });
    };
    try {
      const { Statement: statements = [] } = JSON.parse(text) as PolicyDocument;
      return Array.isArray(statements) ? statements : fail("has a Statement that is not a list");
    } catch (error) {
      if (error instanceof DiagnosticError) throw error;
      return fail(`contains an invalid JSON: ${(error as Error).message}`);
    }
  });
}

function checkSids(statements: readonly Statement[], name: string): void {
  const sids = statements.map(({ Sid }) => Sid).filter((sid) => sid !== undefined && sid !== "");
  const twice = sids.find((sid, index) => sids.indexOf(sid) !== index);
  if (twice !== undefined)
    throw new DiagnosticError({
      summary: `writing IAM Policy Document: duplicate Sid (${twice}) in ${name}. Remove the Sid or ensure the Sid is unique.`,
      path: [name],
    });
}

function statement(block: Block): Statement {
  const sid = block["sid"];
  return {
    ...(typeof sid === "string" && sid !== "" ? { Sid: sid } : {}),
    Effect: typeof block["effect"] === "string" ? block["effect"] : "Allow",
    ...member("Action", block["actions"]),
    ...member("NotAction", block["not_actions"]),
    ...member("Resource", block["resources"]),
    ...member("NotResource", block["not_resources"]),
    ...principals("Principal", block["principals"]),
    ...principals("NotPrincipal", block["not_principals"]),
    ...conditions(block["condition"]),
  };
}

type Block = { readonly [key: string]: Value };

const texts = (value: Value | undefined): readonly string[] => {
  if (typeof value === "string") return [value];
  return isList(value) ? value.filter((item): item is string => typeof item === "string") : [];
};

const blocks = (value: Value | undefined): readonly Block[] => (isList(value) ? value.filter(isObject) : []);

// The provider writes a single value as a string, and several in descending order.
const oneOrMore = (values: readonly string[]): OneOrMore =>
  values.length === 1 ? values[0]! : [...values].sort().reverse();

// The order of a condition's values is kept: they are a list.
const inOrder = (values: readonly string[]): OneOrMore => (values.length === 1 ? values[0]! : values);

const unescaped = (text: string): string => text.replaceAll("&{", "${");

const member = (name: string, value: Value | undefined): object => {
  const values = texts(value).map(unescaped);
  return values.length > 0 ? { [name]: oneOrMore(values) } : {};
};

function principals(name: string, value: Value | undefined): object {
  const found = blocks(value);
  if (found.length === 0) return {};
  const everyone = found.some(({ type, identifiers }) => type === "*" && texts(identifiers).includes("*"));
  if (everyone) return { [name]: "*" };
  const byType: Record<string, string[]> = {};
  // Several blocks of one type follow each other in the order of the provider's set.
  for (const { type, identifiers } of inSetOrder(found, principalText))
    (byType[String(type)] ??= []).push(...[...texts(identifiers)].sort().reverse());
  return { [name]: mapValues(byType, inOrder) };
}

/** A block of principals as Terraform's SDK writes it to find its place in a set. */
const principalText = ({ type, identifiers }: Block): string => {
  const names = inSetOrder(texts(identifiers), (text) => `${text};`);
  return `identifiers:{${names.map((text) => `${text};`).join("")}};type:${String(type)};`;
};

/** Elements in the order of a set of Terraform's SDK: that of their checksums as text. */
function inSetOrder<T>(items: readonly T[], textOf: (item: T) => string): readonly T[] {
  const place = (item: T) => String(crc32(textOf(item)));
  return [...items].sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

function conditions(value: Value | undefined): object {
  const tests: Record<string, Record<string, string[]>> = {};
  for (const { test, variable, values } of blocks(value))
    ((tests[String(test)] ??= {})[String(variable)] ??= []).push(...texts(values).map(unescaped));
  return Object.keys(tests).length > 0
    ? { Condition: mapValues(tests, (variables) => mapValues(variables, inOrder)) }
    : {};
}

const mapValues = <T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
