import type * as Ec2Client from "@aws-sdk/client-ec2";
import type * as SmithySchema from "@smithy/core/schema";

/** A shape of the AWS SDK: members, types and wire names. */
export type Shape = SmithySchema.NormalizedSchema;

/** Input and output shapes of an EC2 action. */
export interface ActionShapes {
  readonly input: Shape;
  readonly output: Shape;
}

const known = new Map<string, ActionShapes>();

/**
 * The shapes of an EC2 action, from the AWS SDK for JavaScript, or undefined when EC2 has no such action.
 */
export function ec2Action(action: string): ActionShapes | undefined {
  const shapes = known.get(action) ?? shapesOf(action);
  if (shapes) known.set(action, shapes);
  return shapes;
}

function shapesOf(action: string): ActionShapes | undefined {
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
