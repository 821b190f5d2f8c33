import { ServiceError } from "../../service-error";
import { requiredMembers, type Shape } from "./action-shapes";
import { valuesOf } from "./enum-members";

/** Form parameters as a tree of their dotted names: `Filter.1.Value.2=x`. */
interface Parameter {
  text?: string;
  readonly members: Map<string, Parameter>;
}

/**
 * Parses the form of an EC2 request into the AWS SDK's input shape.
 *
 * @throws ServiceError `UnknownParameter`, `MissingParameter` or `InvalidParameterValue`
 */
export function inputOf(form: URLSearchParams, shape: Shape): object {
  const root: Parameter = { members: new Map() };
  for (const [name, value] of form)
    if (name !== "Action" && name !== "Version" && !isSignature(name)) parameterAt(root, name).text = value;
  return shape.isStructSchema() ? structure(root, shape, "") : {};
}

/** Whether a parameter belongs to the signature of a presigned request. */
export const isSignature = (name: string): boolean => /^X-Amz-/i.test(name);

function parameterAt(root: Parameter, name: string): Parameter {
  let parameter = root;
  for (const part of name.split(".")) {
    let member = parameter.members.get(part);
    if (!member) parameter.members.set(part, (member = { members: new Map() }));
    parameter = member;
  }
  return parameter;
}

interface Member {
  readonly name: string;
  readonly shape: Shape;
  /** Undefined for a member that is not enumerated. */
  readonly values: readonly string[] | undefined;
}

const membersOf = new WeakMap<object, ReadonlyMap<string, Member>>();

/** The members of a structure by their names in forms, cached: a structure of EC2 has dozens, a request a few of them. */
function membersIn(structure: Shape): ReadonlyMap<string, Member> {
  const schema = structure.getSchema() as unknown as object;
  let found = membersOf.get(schema);
  if (!found) {
    found = new Map(
      [...structure.structIterator()].map(([name, shape]) => [
        wireName(name, shape),
        { name, shape, values: valuesOf(structure, name) },
      ]),
    );
    membersOf.set(schema, found);
  }
  return found;
}

function structure(parameter: Parameter, shape: Shape, path: string): object {
  const result: Record<string, unknown> = {};
  const members = membersIn(shape);
  for (const [name, found] of parameter.members) {
    const member = members.get(name);
    if (!member) continue;
    const memberPath = join(path, name);
    result[member.name] = valueOf(found, member.shape, memberPath);
    checkEnum(result[member.name], member.values, memberPath);
  }
  const unknown = [...parameter.members.keys()].find((name) => !members.has(name));
  if (unknown !== undefined) throw notRecognized(join(path, unknown));
  for (const member of requiredMembers(shape))
    if (result[member] === undefined)
      throw new ServiceError(
        "MissingParameter",
        `The request must contain the parameter ${join(path, wireName(member, shape.getMemberSchema(member)))}`,
      );
  return result;
}

/** EC2's rule: the query name if there is one, otherwise the capitalized XML name. */
function wireName(member: string, shape: Shape): string {
  const { ec2QueryName, xmlName } = shape.getMemberTraits();
  const name = xmlName ?? member;
  return String(ec2QueryName ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}`);
}

function valueOf(parameter: Parameter, shape: Shape, path: string): unknown {
  if (parameter.members.size > 0 && parameter.text !== undefined) throw notRecognized(path);
  const isNested = shape.isListSchema() || shape.isStructSchema();
  if (isNested && parameter.text) throw notRecognized(path);
  if (shape.isListSchema()) return list(parameter, shape, path);
  if (shape.isStructSchema()) return structure(parameter, shape, path);
  const [member] = parameter.members.keys();
  if (member !== undefined) throw notRecognized(join(path, member));
  return scalar(parameter.text ?? "", shape, path);
}

function list(parameter: Parameter, shape: Shape, path: string): readonly unknown[] {
  return [...parameter.members]
    .map(([index, item]) => {
      if (!/^\d+$/.test(index)) throw notRecognized(join(path, index));
      return [Number(index), valueOf(item, shape.getValueSchema(), join(path, index))] as const;
    })
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

/** @param allowed undefined for a member that is not enumerated */
function checkEnum(value: unknown, allowed: readonly string[] | undefined, path: string): void {
  const foreign = allowed && [value].flat().find((each) => !allowed.includes(each as string));
  if (foreign !== undefined) throw invalid(path, String(foreign), allowed!.join(" | "));
}

// All numbers in the modeled inputs are integers.
const integer = /^[+-]?\d{1,10}$/;

function scalar(text: string, shape: Shape, path: string): unknown {
  if (shape.isNumericSchema()) {
    if (!integer.test(text) || !isInt32(Number(text))) throw invalid(path, text, "an integer");
    return Number(text);
  }
  if (shape.isBooleanSchema()) {
    if (!/^(true|false)$/i.test(text)) throw invalid(path, text, "true or false");
    return text.toLowerCase() === "true";
  }
  if (shape.isTimestampSchema()) {
    if (Number.isNaN(Date.parse(text))) throw invalid(path, text, "a time in ISO 8601");
    return new Date(text);
  }
  return shape.isBlobSchema() ? Buffer.from(text, "base64") : text;
}

const isInt32 = (value: number): boolean => (value | 0) === value;

const join = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);

const notRecognized = (path: string): ServiceError =>
  new ServiceError("UnknownParameter", `The parameter ${path} is not recognized`);

const invalid = (path: string, text: string, expected: string): ServiceError =>
  new ServiceError(
    "InvalidParameterValue",
    `Value (${text}) for parameter ${path} is invalid. Expected ${expected}.`,
  );
