import { ServiceError } from "../../service-error";
import { unsupported } from "./call-runner";

/**
 * The members of a request that are modeled, with their types: a scalar, a list of one type, or a structure. A "time" is a
 * number of seconds since 1970.
 */
export type JsonShape =
  "string" | "number" | "boolean" | "time" | readonly [JsonShape] | { readonly [member: string]: JsonShape };

/** A request of a shape. Any member may be absent. */
export type JsonRequest<Shape> = Shape extends "string"
  ? string
  : Shape extends "number" | "time"
    ? number
    : Shape extends "boolean"
      ? boolean
      : Shape extends readonly [infer Item]
        ? readonly JsonRequest<Item>[]
        : { readonly [member in keyof Shape]?: JsonRequest<Shape[member]> };

/**
 * Reads the body of a request in JSON. Members that are null are absent.
 *
 * @param operation for messages: `EventBridge's PutEvents`
 * @throws ServiceError `SerializationException` for other types, `UnsupportedOperation` for members that the shape lacks
 */
export function readJson<const Shape extends JsonShape>(
  body: string,
  shape: Shape,
  operation: string,
): JsonRequest<Shape> {
  return valueOf(parsed(body), shape, { path: "", operation }) as JsonRequest<Shape>;
}

interface Place {
  readonly path: string;
  readonly operation: string;
}

function valueOf(value: unknown, shape: JsonShape, place: Place): unknown {
  if (typeof shape === "string") {
    const isOfType = shape === "time" || shape === "number" ? Number.isFinite(value) : typeof value === shape;
    if (!isOfType) throw malformed(place, `a ${shape}`);
    return value;
  }
  if (isListShape(shape)) {
    if (!Array.isArray(value)) throw malformed(place, "a list");
    return value.map((item, index) => valueOf(item, shape[0], { ...place, path: `${place.path}[${index}]` }));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw malformed(place, "a structure");
  const given = Object.entries(value as Readonly<Record<string, unknown>>).filter(
    ([, item]) => item !== null,
  );
  return Object.fromEntries(
    given.map(([member, item]) => {
      const path = place.path === "" ? member : `${place.path}.${member}`;
      const memberShape = Object.hasOwn(shape, member) ? shape[member] : undefined;
      if (!memberShape) throw unsupported(`the parameter ${path} of ${place.operation}`);
      return [member, valueOf(item, memberShape, { ...place, path })];
    }),
  );
}

const isListShape = (shape: JsonShape): shape is readonly [JsonShape] => Array.isArray(shape);

const malformed = ({ path }: Place, expected: string): ServiceError =>
  new ServiceError(
    "SerializationException",
    `${path === "" ? "The JSON of the request" : path} is not ${expected}`,
  );

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new ServiceError("SerializationException", `The request is not JSON: ${error.message}`);
    throw error;
  }
}
