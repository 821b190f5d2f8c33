import { type RequestContext } from "../../../request-context";
import { routerPath } from "../../documents/resource-path";
import { putRouter, removeRouter, type Router, routerOf } from "../../documents/router";
import { type RouterPatch, type RouterRequest } from "../../requests/compute";
import { alreadyExists, missing } from "../../rules/refusals";
import { networkNamed } from "./networks";

/** Creates a router. @throws ServiceError alreadyExists, notFound */
export function insertRouter(context: RequestContext, { name, network }: RouterRequest): Router {
  const { transaction, caller } = context;
  const id = routerPath.format({ project: caller.owner, region: caller.region, name });
  if (routerOf(transaction, id)) throw alreadyExists(id);
  return putRouter(transaction, {
    id,
    ...(network ? { network: networkNamed(context, network).id } : {}),
    nats: [],
  });
}

/** The router. @throws ServiceError notFound */
export function getRouter({ transaction }: RequestContext, id: string): Router {
  const found = routerOf(transaction, id);
  if (!found) throw missing(id);
  return found;
}

/** Replaces the NAT gateways of a router. @throws ServiceError notFound */
export function patchRouter(context: RequestContext, id: string, { nats }: RouterPatch): Router {
  return putRouter(context.transaction, { ...getRouter(context, id), nats });
}

/** Deletes a router with its NAT gateways. @throws ServiceError notFound */
export function deleteRouter(context: RequestContext, id: string): void {
  removeRouter(context.transaction, getRouter(context, id).id);
}
