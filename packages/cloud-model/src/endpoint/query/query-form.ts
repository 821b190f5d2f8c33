import { ServiceError } from "../../service-error";
import { enumValues, requiredMembers, type Shape, structureName } from "./action-shapes";

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
    if (name !== "Action" && name !== "Version") parameterAt(root, name).text = value;
  return shape.isStructSchema() ? structure(root, shape, "") : {};
}

function parameterAt(root: Parameter, name: string): Parameter {
  let parameter = root;
  for (const part of name.split(".")) {
    let member = parameter.members.get(part);
    if (!member) parameter.members.set(part, (member = { members: new Map() }));
    parameter = member;
  }
  return parameter;
}

function structure(parameter: Parameter, shape: Shape, path: string): object {
  const result: Record<string, unknown> = {};
  const unread = new Map(parameter.members);
  for (const [member, memberShape] of shape.structIterator()) {
    const name = wireName(member, memberShape);
    const found = unread.get(name);
    if (!found) continue;
    unread.delete(name);
    const values = enumValues(structureName(shape), member);
    result[member] = valueOf(found, memberShape, { path: join(path, name), values });
  }
  const [unknown] = unread.keys();
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

/** Where a parameter is in the request, and the values of its enum, also for the items of a list. */
interface Place {
  readonly path: string;
  readonly values: readonly string[] | undefined;
}

function valueOf(parameter: Parameter, shape: Shape, place: Place): unknown {
  const { path } = place;
  if (parameter.members.size > 0 && parameter.text !== undefined) throw notRecognized(path);
  if (shape.isListSchema()) return list(parameter, shape, place);
  if (shape.isStructSchema()) return structure(parameter, shape, path);
  const [member] = parameter.members.keys();
  if (member !== undefined) throw notRecognized(join(path, member));
  return scalar(parameter.text ?? "", shape, place);
}

function list(parameter: Parameter, shape: Shape, { path, values }: Place): readonly unknown[] {
  return [...parameter.members]
    .map(([index, item]) => {
      if (!/^\d+$/.test(index)) throw notRecognized(join(path, index));
      const place = { path: join(path, index), values };
      return [Number(index), valueOf(item, shape.getValueSchema(), place)] as const;
    })
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

/** EC2's numbers are integers of 32 bits. */
const largestInteger = 2 ** 31 - 1;

function scalar(text: string, shape: Shape, { path, values }: Place): unknown {
  if (shape.isNumericSchema()) {
    const number = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
    if (!(Math.abs(number) <= largestInteger)) throw invalid(path, text, "an integer");
    return number;
  }
  if (shape.isBooleanSchema()) {
    if (!/^(true|false)$/i.test(text)) throw invalid(path, text, "true or false");
    return text.toLowerCase() === "true";
  }
  if (shape.isTimestampSchema()) {
    if (Number.isNaN(Date.parse(text))) throw invalid(path, text, "a time in ISO 8601");
    return new Date(text);
  }
  if (values && !values.includes(text)) throw invalid(path, text, `one of ${values.join(", ")}`);
  return shape.isBlobSchema() ? Buffer.from(text, "base64") : text;
}

const join = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);

const notRecognized = (path: string): ServiceError =>
  new ServiceError("UnknownParameter", `The parameter ${path} is not recognized`);

const invalid = (path: string, text: string, expected: string): ServiceError =>
  new ServiceError(
    "InvalidParameterValue",
    `Value (${text}) for parameter ${path} is invalid. Expected ${expected}.`,
  );
