/** The subset of IAM policy documents that this evaluation supports; anything else is an error. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

/** A statement of a policy document. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** The authorization request of an API call: each resource is checked with its own condition keys. */
export interface ApiCall {
  readonly action: string;
  readonly resources: readonly { readonly arn: string; readonly context: Context }[];
}

/** Values of condition keys. A multivalued key has a list; a key that the request lacks is absent. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

/**
 * Whether identity policies allow a call: for each resource, some statement allows it and none denies it. Source: IAM
 * user guide, "Policy evaluation logic".
 *
 * @throws Error for an element or operator that this evaluation does not support
 */
export function allows(policies: readonly PolicyDocument[], call: ApiCall): boolean {
  const statements = policies.flatMap(({ Statement }) => Statement);
  for (const statement of statements) rejectUnsupported(statement);
  return call.resources.every(({ arn, context }) => {
    const effects = statements
      .filter((statement) => applies(statement, call.action, arn, context))
      .map(({ Effect }) => Effect);
    return effects.includes("Allow") && !effects.includes("Deny");
  });
}

const ELEMENTS = ["Sid", "Effect", "Action", "Resource", "Condition"];

function rejectUnsupported(statement: PolicyStatement): void {
  const element = Object.keys(statement).find((key) => !ELEMENTS.includes(key));
  if (element !== undefined)
    throw new Error(`unsupported element ${element} in ${JSON.stringify(statement)}`);
  const texts = JSON.stringify(statement);
  if (texts.includes("${")) throw new Error(`unsupported policy variables in ${texts}`);
}

function applies(statement: PolicyStatement, action: string, arn: string, context: Context): boolean {
  return (
    statement.Action.some((pattern) => like(pattern.toLowerCase(), action.toLowerCase())) &&
    statement.Resource.some((pattern) => like(pattern, arn)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) =>
        isMet(operator, valuesOf(context, key), [wanted].flat() as readonly string[]),
      ),
    )
  );
}

/** The values of a condition key, whose name is case-insensitive; undefined if the request lacks it. */
function valuesOf(context: Context, key: string): readonly string[] | undefined {
  const entry = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return entry && ([entry[1]].flat() as readonly string[]);
}

type Comparison = (wanted: string, given: string) => boolean;

const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: (wanted, given) => wanted === given,
  StringLike: (wanted, given) => like(wanted, given),
  // "ArnEquals and ArnLike behave identically" (IAM user guide).
  ArnEquals: arnLike,
  ArnLike: arnLike,
};

/** @param given undefined if the request lacks the key */
function isMet(operator: string, given: readonly string[] | undefined, wanted: readonly string[]): boolean {
  if (operator === "Null") return wanted.some((value) => value === String(given === undefined));
  const { quantifier, negated, name } = parse(operator);
  const compare = comparisons[name];
  if (compare === undefined) throw new Error(`unsupported operator ${operator}`);
  const matches = (value: string) => wanted.some((pattern) => compare(pattern, value)) !== negated;
  if (quantifier === "ForAllValues") return (given ?? []).every(matches);
  if (quantifier === "ForAnyValue") return (given ?? []).some(matches);
  if (given === undefined) return negated;
  if (given.length !== 1)
    throw new Error(`${operator} needs ForAllValues or ForAnyValue for ${given.join(", ")}`);
  return matches(given[0]!);
}

function parse(operator: string) {
  const [, quantifier, kind = "", not, comparison = ""] =
    /^(?:(ForAllValues|ForAnyValue):)?(String|Arn)(Not)?(Equals|Like)$/.exec(operator) ?? [];
  return { quantifier, negated: not !== undefined, name: `${kind}${comparison}` };
}

/** `*` matches any characters, `?` matches one. */
function like(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

/** Compares each of an ARN's six parts separately: a wildcard does not match the colons between them. */
function arnLike(pattern: string, arn: string): boolean {
  const [wanted, given] = [splitArn(pattern), splitArn(arn)];
  return wanted.length === given.length && wanted.every((part, index) => like(part, given[index]!));
}

function splitArn(arn: string): readonly string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), parts.slice(5).join(":")];
}
