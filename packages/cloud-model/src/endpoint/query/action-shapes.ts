import type * as Ec2Client from "@aws-sdk/client-ec2";
import type * as SmithySchema from "@smithy/core/schema";
import { enumMembers } from "./enum-members";

/** A shape of the AWS SDK: members, types and wire names. */
export type Shape = SmithySchema.NormalizedSchema;

/** Input and output shapes of an EC2 action. */
export interface ActionShapes {
  readonly input: Shape;
  readonly output: Shape;
}

const shapesOf = new Map<string, ActionShapes | undefined>();

/**
 * The shapes of an EC2 action, from the AWS SDK for JavaScript, or undefined when EC2 has no such action.
 */
export function ec2Action(action: string): ActionShapes | undefined {
  // Remembered, because resolving a module costs more than most requests do.
  if (shapesOf.has(action)) return shapesOf.get(action);
  const shapes = readAction(action);
  if (shapes) shapesOf.set(action, shapes);
  return shapes;
}

function readAction(action: string): ActionShapes | undefined {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- 0.2 s and 60 MB, loaded only when EC2 is called
  const client = require("@aws-sdk/client-ec2") as typeof Ec2Client;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  const { NormalizedSchema } = require("@smithy/core/schema") as typeof SmithySchema;
  const operation: unknown = (client as Record<string, unknown>)[`${action}$`];
  if (!isOperation(operation)) return undefined;
  const [, , , , input, output] = operation;
  return { input: NormalizedSchema.of(input()), output: NormalizedSchema.of(output()) };
}

type ShapeReference = Parameters<typeof SmithySchema.NormalizedSchema.of>[0];
type Operation = readonly [
  typeof operationMark,
  string,
  string,
  unknown,
  () => ShapeReference,
  () => ShapeReference,
];

/** Marks an operation among the SDK's schemas. */
const operationMark = 9;

const isOperation = (schema: unknown): schema is Operation =>
  Array.isArray(schema) && schema[0] === operationMark;

/** Values that EC2 documents and the SDK's enum leaves out. Source: EC2 API Reference, CreateNetworkInterface. */
const unlisted: { readonly [member: string]: readonly string[] } = {
  "CreateNetworkInterfaceRequest.InterfaceType": ["interface"],
};

const valuesOf = new Map<string, readonly string[]>();

/** The values that an input member may have; undefined for one without an enum. */
export function enumValues(structure: string, member: string): readonly string[] | undefined {
  const path = `${structure}.${member}`;
  if (!Object.hasOwn(enumMembers, path)) return undefined;
  let values = valuesOf.get(path);
  if (!values) valuesOf.set(path, (values = readEnum(path)));
  return values;
}

function readEnum(path: string): readonly string[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see ec2Action
  const client = require("@aws-sdk/client-ec2") as Record<string, unknown>;
  return [...Object.values(client[enumMembers[path]!] as Record<string, string>), ...(unlisted[path] ?? [])];
}

/** The name of a structure in the SDK's model: `CreateVpcRequest`. */
export const structureName = (structure: Shape): string => (structure.getSchema() as unknown as Structure)[2];

/** The SDK's form of a structure: required members come first, and their number last. */
type Structure = readonly [
  mark: number,
  namespace: string,
  name: string,
  traits: unknown,
  members: readonly string[],
  types: unknown,
  required?: number,
];

/** The required members of a structure. */
export function requiredMembers(structure: Shape): readonly string[] {
  const [, , , , members, , required = 0] = structure.getSchema() as unknown as Structure;
  return members.slice(0, required);
}
