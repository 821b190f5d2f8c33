import { allRouters, routerOf } from "../../../google/documents/router";
import { deleteRouter, insertRouter, patchRouter } from "../../../google/operations/compute/routers";
import { type RouterNat, type RouterRequest } from "../../../google/requests/compute";
import { type JsonObject } from "../rest/json-body";
import { linkTo } from "./compute-operation";
import { type ResourceType } from "./resource-type";

/** What Google sets in a NAT gateway where a request leaves it out. */
const NAT: JsonObject = {
  type: "PUBLIC",
  autoNetworkTier: "PREMIUM",
  endpointTypes: ["ENDPOINT_TYPE_VM"],
  enableEndpointIndependentMapping: false,
};

/** `compute.routers`, with Cloud NAT */
export const routers: ResourceType = {
  collection: "routers",
  schema: "Router",
  scopes: ["region"],
  changes: ["patch", "update"],
  fixed: ["name", "network"],
  defaults: () => ({}),
  all: (transaction) => allRouters(transaction).map(({ id }) => id),
  insert(context, body) {
    const { id } = insertRouter(context, body as unknown as RouterRequest);
    if (body["nats"]) patchRouter(context, id, { nats: namesOf(body["nats"]) });
    return id;
  },
  change(context, id, { nats }) {
    if (nats !== undefined) patchRouter(context, id, { nats: namesOf(nats ?? []) });
  },
  remove: deleteRouter,
  known({ transaction }, id, body) {
    const { network, nats } = routerOf(transaction, id)!;
    const sent = (body["nats"] ?? []) as readonly RouterNat[];
    return {
      network: network === undefined ? undefined : linkTo(network),
      nats: nats.map((nat) => ({ ...NAT, ...nat, ...sent.find(({ name }) => name === nat.name) })),
    };
  },
};

/** The model knows only the names of NAT gateways. */
const namesOf = (nats: unknown): readonly RouterNat[] =>
  (nats as readonly RouterNat[]).map(({ name }) => ({ name }));
