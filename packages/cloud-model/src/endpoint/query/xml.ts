import { type ServiceError } from "../../service-error";
import { type Shape } from "./action-shapes";

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const namespace = "http://ec2.amazonaws.com/doc/2016-11-15/";
const stsNamespace = "https://sts.amazonaws.com/doc/2011-06-15/";

/** The response of an EC2 action. @param members from `outputXml` */
export const ec2Answer = (action: string, requestId: string, members: string): string =>
  `${declaration}<${action}Response xmlns="${namespace}"><requestId>${requestId}</requestId>${members}</${action}Response>`;

/** An error response of EC2. */
export const ec2Refusal = ({ code, message }: ServiceError, requestId: string): string =>
  `${declaration}<Response><Errors><Error><Code>${escape(code)}</Code><Message>${escape(message)}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`;

/** The response of an STS action. @param members as XML */
export const stsAnswer = (action: string, requestId: string, members: string): string =>
  `<${action}Response xmlns="${stsNamespace}"><${action}Result>${members}</${action}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`;

/** An error response of STS. */
export const stsRefusal = ({ code, message }: ServiceError, requestId: string): string =>
  `<ErrorResponse xmlns="${stsNamespace}"><Error><Type>Sender</Type><Code>${escape(code)}</Code><Message>${escape(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;

/** The members of a response. An action without output returns `return`, as in EC2. */
export const outputXml = (shape: Shape, output: object): string =>
  shape.isStructSchema() ? members(shape, output) : "<return>true</return>";

interface Member {
  readonly name: string;
  readonly xmlName: string;
  readonly shape: Shape;
}

const membersOf = new WeakMap<object, readonly Member[]>();

/** The members of a structure, cached: a response may repeat a structure thousands of times. */
function membersIn(structure: Shape): readonly Member[] {
  const schema = structure.getSchema() as unknown as object;
  let found = membersOf.get(schema);
  if (!found) {
    found = [...structure.structIterator()].map(([name, shape]) => {
      return { name, xmlName: shape.getMemberTraits().xmlName ?? name, shape };
    });
    membersOf.set(schema, found);
  }
  return found;
}

function members(structure: Shape, value: object): string {
  let xml = "";
  for (const { name, xmlName, shape } of membersIn(structure)) {
    const item = (value as Record<string, unknown>)[name];
    if (item !== undefined && item !== null) xml += element(xmlName, shape, item);
  }
  return xml;
}

const element = (name: string, shape: Shape, value: unknown): string =>
  `<${name}>${content(shape, value)}</${name}>`;

function content(shape: Shape, value: unknown): string {
  if (shape.isListSchema()) {
    const item = shape.getValueSchema();
    const name = item.getMergedTraits().xmlName ?? "item";
    return (value as readonly unknown[]).map((each) => element(name, item, each)).join("");
  }
  if (shape.isStructSchema()) return members(shape, value as object);
  if (shape.isTimestampSchema()) return new Date(value as Date | string).toISOString();
  if (shape.isBlobSchema()) return Buffer.from(value as Uint8Array).toString("base64");
  return escape(String(value));
}

const entities: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\r": "&#xD;",
};

const escape = (text: string): string => text.replace(/[&<>"'\r]/g, (character) => entities[character]!);
