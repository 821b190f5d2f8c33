import { type RequestContext } from "../../../request-context";
import { fingerprintOf, numericId, pacificTime, representationOf } from "../documents/representation";
import { type JsonObject } from "../rest/json-body";
import { linkTo, placeOf } from "./compute-operation";
import { type ResourceType } from "./resource-type";

/** A resource as Compute Engine returns it: Google's defaults, what was sent, and what the model knows. */
export function viewOf(context: RequestContext, type: ResourceType, id: string): JsonObject {
  const { body, created } = representationOf(context.transaction, id);
  const isRegional = id.split("/")[2] === "regions";
  const content = {
    ...type.defaults(body),
    ...body,
    ...type.known(context, id, body),
    kind: `compute#${type.schema[0]!.toLowerCase()}${type.schema.slice(1)}`,
    id: numericId(`${id}/${created}`),
    creationTimestamp: pacificTime(created),
    name: id.split("/").at(-1)!,
    selfLink: linkTo(id),
    ...(isRegional ? { region: linkTo(placeOf(id)) } : {}),
  };
  const present = Object.fromEntries(Object.entries(content).filter(([, value]) => !isEmpty(value)));
  return type.fingerprint ? { ...present, [type.fingerprint]: fingerprintOf(present) } : present;
}

/** Google leaves out what is empty. */
const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
