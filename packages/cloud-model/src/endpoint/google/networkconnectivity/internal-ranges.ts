import {
  allInternalRanges,
  type InternalRange,
  internalRangeOf,
} from "../../../google/documents/internal-range";
import { rangesFrom } from "../../../google/documents/subnetwork";
import {
  createInternalRange,
  deleteInternalRange,
  patchInternalRange,
} from "../../../google/operations/networkconnectivity/internal-ranges";
import { type InternalRangeRequest } from "../../../google/requests/networkconnectivity";
import { badRequest } from "../../../google/rules/refusals";
import { type RequestContext } from "../../../request-context";
import { longRunning, type OperationView } from "../documents/any-operation";
import { putOperation } from "../documents/operation";
import {
  createRepresentation,
  removeRepresentation,
  representationOf,
  updateRepresentation,
} from "../documents/representation";
import { type JsonObject } from "../rest/json-body";
import { pageOf } from "../rest/page";
import { GoogleRefusal } from "../rest/refusal";
import { type RestRequest, type Route } from "../rest/route";
import { networkconnectivitySchemas } from "../schemas/networkconnectivity";

/** How Network Connectivity shows its operations. */
export const networkConnectivityOperation: OperationView = longRunning(
  "google.cloud.networkconnectivity.v1.OperationMetadata",
);

const parentOf = ({ names }: RestRequest): string =>
  `projects/${names["project"]}/locations/${names["location"]}`;

/** @throws GoogleRefusal notFound */
function existing({ transaction }: RequestContext, request: RestRequest): InternalRange {
  const id = `${parentOf(request)}/internalRanges/${request.names["name"]}`;
  const found = internalRangeOf(transaction, id);
  if (!found) throw new GoogleRefusal("notFound", `Resource '${id}' was not found`, 404);
  return found;
}

function viewOf({ transaction }: RequestContext, range: InternalRange): JsonObject {
  const { body, created } = representationOf(transaction, range.id);
  const { id, network, cidr, usage, peering, immutable } = range;
  const users = new Set(rangesFrom(transaction, range).map(({ subnetwork }) => subnetwork.id));
  return {
    ...body,
    name: id,
    ...(body["network"] ? {} : { network: `https://www.googleapis.com/compute/v1/${network}` }),
    ipCidrRange: cidr,
    usage,
    peering,
    ...(immutable ? { immutable } : {}),
    ...(users.size > 0
      ? { users: [...users].map((user) => `https://www.googleapis.com/compute/v1/${user}`) }
      : {}),
    createTime: new Date(created).toISOString(),
    updateTime: new Date(created).toISOString(),
  };
}

/** Makes the operation of a change. */
function started(context: RequestContext, request: RestRequest, type: string, target: string): object {
  const { transaction } = context;
  const range = type === "delete" ? undefined : internalRangeOf(transaction, target);
  const response = range
    ? {
        "@type": "type.googleapis.com/google.cloud.networkconnectivity.v1.InternalRange",
        ...viewOf(context, range),
      }
    : { "@type": "type.googleapis.com/google.protobuf.Empty" };
  const operation = { service: "networkconnectivity", type, target, response } as const;
  return networkConnectivityOperation(putOperation(transaction, parentOf(request), operation), false);
}

const collection = "v1/projects/{project}/locations/{location}/internalRanges";
const one = `${collection}/{name}`;
const id = "networkconnectivity.projects.locations.internalRanges";
const body = { schemas: networkconnectivitySchemas, name: "InternalRange", field: "internal_range" };

/** What a change of an internal range reads of the body: what the mask leaves out is as before. */
function changed(view: JsonObject, request: JsonObject, mask: readonly string[]): InternalRangeRequest {
  const named = Object.fromEntries(mask.map((member) => [member, request[member]]));
  return { ...view, ...named } as unknown as InternalRangeRequest;
}

/** The methods of internal ranges. */
export const internalRangeRoutes: readonly Route[] = [
  {
    ...{ id: `${id}.list`, method: "GET", path: collection },
    query: ["filter", "orderBy", "pageSize", "pageToken"],
    answer(context, request) {
      if (request.query.get("filter"))
        throw badRequest("The sandbox does not model filters of internal ranges.");
      const parent = `${parentOf(request)}/internalRanges`;
      const all = allInternalRanges(context.transaction).filter((range) => range.id.startsWith(`${parent}/`));
      const { items, ...rest } = pageOf(all, request.query, parent, "pageSize");
      return { internalRanges: items.map((range) => viewOf(context, range)), ...rest };
    },
  },
  {
    ...{ id: `${id}.get`, method: "GET", path: one },
    answer: (context, request) => viewOf(context, existing(context, request)),
  },
  {
    ...{ id: `${id}.create`, method: "POST", path: collection, body },
    query: ["internalRangeId"],
    answer(context, request) {
      const name = request.query.get("internalRangeId") ?? "";
      if (name === "") throw badRequest("internal_range_id is required.");
      if (request.names["location"] !== "global") throw badRequest("Internal ranges are global.");
      const target = `${parentOf(request)}/internalRanges/${name}`;
      if (internalRangeOf(context.transaction, target))
        throw new GoogleRefusal("alreadyExists", `Resource '${target}' already exists`, 409);
      const { name: _name, ...sent } = request.body;
      if (!sent["network"]) throw badRequest("internal_range.network is required.");
      createInternalRange(context, name, sent as unknown as InternalRangeRequest);
      createRepresentation(context.transaction, target, sent);
      return started(context, request, "create", target);
    },
  },
  {
    ...{ id: `${id}.patch`, method: "PATCH", path: one, body },
    query: ["updateMask"],
    answer(context, request) {
      const range = existing(context, request);
      const mask = (request.query.get("updateMask") ?? "").split(",").filter((member) => member !== "");
      const members = mask.length > 0 ? mask.map(camel) : Object.keys(request.body);
      const next = changed(viewOf(context, range), request.body, members);
      patchInternalRange(context, range.id, next, members);
      const sent = members.map((member) => [member, request.body[member] ?? null]);
      updateRepresentation(context.transaction, range.id, Object.fromEntries(sent) as JsonObject);
      return started(context, request, "update", range.id);
    },
  },
  {
    ...{ id: `${id}.delete`, method: "DELETE", path: one },
    answer(context, request) {
      const range = existing(context, request);
      deleteInternalRange(context, range.id);
      removeRepresentation(context.transaction, range.id);
      return started(context, request, "delete", range.id);
    },
  },
];

/** Field masks come in both spellings. */
const camel = (member: string): string =>
  member.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
