import { type RequestContext } from "../../request-context";
import { type ApiServer, apiServerAt } from "../documents/api-server";
import { builtInNamespaces } from "../documents/built-in-objects";
import {
  fullName,
  type KubernetesObject,
  type ObjectName,
  objectOf,
  objectsIn,
  putObject,
  removeObject,
} from "../documents/object";
import { alreadyExists, objectNotFound, unreachable } from "../rules/refusals";

/** The API server at the caller's address. @throws ServiceError Unreachable where no cluster has it */
export function apiServer({ transaction, caller }: RequestContext): ApiServer {
  const found = apiServerAt(transaction, caller.owner);
  if (!found) throw unreachable(caller.owner);
  return found;
}

/** Whether a cluster has the caller's address. */
export const isReachable = ({ transaction, caller }: RequestContext): boolean =>
  apiServerAt(transaction, caller.owner) !== undefined;

/** An object to create. */
export interface ObjectRequest extends Omit<ObjectName, "name"> {
  /** @default generated */
  readonly name?: string;
  /** What a generated name begins with. @default nothing */
  readonly generateName?: string;
}

/** Creates an object in a cluster. @throws ServiceError AlreadyExists, NotFound for a namespace, Unreachable */
export function createObject(context: RequestContext, request: ObjectRequest): KubernetesObject {
  const { transaction } = context;
  const server = apiServer(context);
  const { kind, namespace, generateName = "" } = request;
  if (namespace && !hasNamespace(context, server, namespace))
    throw objectNotFound({ kind: "Namespace", name: namespace });
  const name = request.name ?? generateName + transaction.hex(40).slice(0, 5);
  const object = { kind, namespace, name, cluster: server.cluster };
  if (server.builtIn.has(fullName(object)) || objectOf(transaction, server, object))
    throw alreadyExists(object);
  return putObject(transaction, object);
}

/** Replaces an object. @throws ServiceError NotFound, Unreachable */
export function replaceObject(context: RequestContext, object: ObjectName): void {
  if (!objectOf(context.transaction, apiServer(context), object)) throw objectNotFound(object);
}

/** Whether an object that a client created exists; not where its cluster is gone. */
export function hasObject({ transaction, caller }: RequestContext, object: ObjectName): boolean {
  const server = apiServerAt(transaction, caller.owner);
  return server !== undefined && objectOf(transaction, server, object) !== undefined;
}

/** Deletes an object; a namespace with all its objects. @throws ServiceError NotFound, Unreachable */
export function deleteObject(context: RequestContext, object: ObjectName): void {
  const { transaction } = context;
  const server = apiServer(context);
  const found = objectOf(transaction, server, object);
  if (!found) throw objectNotFound(object);
  removeObject(transaction, found);
  if (object.kind !== "Namespace") return;
  for (const inside of objectsIn(transaction, server, object.name)) removeObject(transaction, inside);
}

const hasNamespace = ({ transaction }: RequestContext, server: ApiServer, name: string): boolean =>
  builtInNamespaces.includes(name) ||
  objectOf(transaction, server, { kind: "Namespace", name }) !== undefined;
