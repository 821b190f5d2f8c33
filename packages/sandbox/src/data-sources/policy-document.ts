import { isList, isObject, type ObjectValue, type Value } from "@cluster-ipam/terraform-provider";

/** An IAM policy as JSON. */
export interface PolicyDocument {
  readonly Version: string;
  readonly Id?: string;
  readonly Statement: readonly Statement[];
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
 */
export function policyDocument(config: ObjectValue): PolicyDocument {
  // The provider skips empty documents.
  const documents = (name: string) =>
    texts(config[name]).flatMap((text) => (text === "" ? [] : (JSON.parse(text) as PolicyDocument)));
  const own = blocks(config["statement"]).map(statement);
  const sources = [...documents("source_policy_documents"), ...documents("source_json")];
  const overrides = [...documents("override_policy_documents"), ...documents("override_json")];
  const base = [...sources.flatMap(statementsOf), ...own];
  const statements = overrides.flatMap(statementsOf).reduce<readonly Statement[]>((all, next) => {
    const index = next.Sid ? all.findIndex(({ Sid }) => Sid === next.Sid) : -1;
    return index < 0 ? [...all, next] : all.with(index, next);
  }, base);
  const id = config["policy_id"];
  return {
    Version: typeof config["version"] === "string" ? config["version"] : "2012-10-17",
    ...(typeof id === "string" ? { Id: id } : {}),
    Statement: statements,
  };
}

const statementsOf = ({ Statement }: PolicyDocument): readonly Statement[] =>
  Array.isArray(Statement) ? Statement : Statement === undefined ? [] : [Statement as unknown as Statement];

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
  for (const { type, identifiers } of found) (byType[String(type)] ??= []).push(...texts(identifiers));
  return { [name]: mapValues(byType, oneOrMore) };
}

function conditions(value: Value | undefined): object {
  const tests: Record<string, Record<string, string[]>> = {};
  for (const { test, variable, values } of blocks(value))
    ((tests[String(test)] ??= {})[String(variable)] ??= []).push(...texts(values).map(unescaped));
  return Object.keys(tests).length > 0
    ? { Condition: mapValues(tests, (variables) => mapValues(variables, oneOrMore)) }
    : {};
}

const mapValues = <T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
