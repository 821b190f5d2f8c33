import { REGIONS } from "@cluster-ipam/address-plan/cloud";
import { missing, required } from "../../../google/rules/refusals";
import { type RequestContext } from "../../../request-context";
import {
  createRepresentation,
  removeRepresentation,
  updateRepresentation,
} from "../documents/representation";
import { type JsonObject } from "../rest/json-body";
import { filtered, ordered, pageOf } from "../rest/page";
import { conditionNotMet, GoogleRefusal } from "../rest/refusal";
import { type RestRequest, type Route } from "../rest/route";
import { computeSchemas } from "../schemas/compute";
import { linkTo, startOperation } from "./compute-operation";
import { type ResourceType } from "./resource-type";
import { viewOf } from "./resource-view";

const LIST = ["filter", "maxResults", "orderBy", "pageToken", "returnPartialSuccess"];
const NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

const scopePaths = { global: "global", region: "regions/{region}" } as const;

/** Where a request is: `projects/…/regions/…`. */
export const parentOf = ({ names }: RestRequest): string =>
  `projects/${names["project"]}/${names["region"] === undefined ? "global" : `regions/${names["region"]}`}`;

/** The full name of the resource of a request. @throws ServiceError notFound, where there is none */
export function namedResource(
  { transaction }: RequestContext,
  type: ResourceType,
  request: RestRequest,
): string {
  const id = `${parentOf(request)}/${type.collection}/${request.names["name"]}`;
  if (!type.all(transaction).includes(id)) throw missing(id);
  return id;
}

/** The methods that all resources of Compute Engine have. */
export const resourceRoutes = (type: ResourceType): readonly Route[] => [
  ...type.scopes.flatMap((scope) => scopedRoutes(type, scope)),
  aggregatedList(type),
];

function scopedRoutes(type: ResourceType, scope: "global" | "region"): readonly Route[] {
  const isGlobalTwin = scope === "global" && type.scopes.length > 1;
  const collection = isGlobalTwin
    ? `global${type.collection[0]!.toUpperCase()}${type.collection.slice(1)}`
    : type.collection;
  const path = `compute/v1/projects/{project}/${scopePaths[scope]}/${type.collection}`;
  const one = `${path}/{name}`;
  const body = { schemas: computeSchemas, name: type.schema, field: "resource" };
  const method = (name: string) => `compute.${collection}.${name}`;
  return [
    {
      ...{ id: method("list"), method: "GET", path, query: [...LIST, "views"] },
      answer: (context, request) => list(context, type, request),
    },
    {
      ...{ id: method("insert"), method: "POST", path, body },
      answer: (context, request) => insert(context, type, request),
    },
    {
      ...{ id: method("get"), method: "GET", path: one, query: ["views"] },
      answer: (context, request) => withViews(context, type, request, namedResource(context, type, request)),
    },
    {
      ...{ id: method("delete"), method: "DELETE", path: one },
      answer(context, request) {
        const id = namedResource(context, type, request);
        type.remove(context, id);
        removeRepresentation(context.transaction, id);
        return startOperation(context, "delete", id);
      },
    },
    ...(type.changes ?? []).map((change): Route => ({
      ...{ id: method(change), method: change === "patch" ? "PATCH" : "PUT", path: one, body },
      ...{ query: ["drainTimeoutSeconds", "paths"] },
      answer: (context, request) => patch(context, type, request, change),
    })),
  ];
}

function insert(context: RequestContext, type: ResourceType, request: RestRequest): object {
  const { transaction } = context;
  const { fingerprint: _fingerprint, ...body } = request.body;
  const name = body["name"];
  if (typeof name !== "string" || name === "") throw required("resource.name");
  if (!NAME.test(name))
    throw invalid("resource.name", name, "Must be a match of regex '(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)'");
  const id = type.insert(context, body);
  createRepresentation(transaction, id, body);
  return startOperation(context, "insert", id);
}

const invalid = (field: string, value: string, why: string): GoogleRefusal =>
  new GoogleRefusal("invalid", `Invalid value for field '${field}': '${value}'. ${why}`, 400);

function patch(
  context: RequestContext,
  type: ResourceType,
  request: RestRequest,
  change: "patch" | "update",
): object {
  const id = namedResource(context, type, request);
  const before = viewOf(context, type, id);
  const { fingerprint, ...body } = request.body;
  checkFingerprint(type, before, fingerprint);
  checkFixed(type, before, body);
  const { body: sent } = updateRepresentation(
    context.transaction,
    id,
    change === "patch" ? body : replaced(type, before, body),
  );
  type.change?.(context, id, change === "patch" ? body : sent);
  return startOperation(context, change, id);
}

/** An update leaves nothing of what was there but what cannot change. */
const replaced = (type: ResourceType, before: JsonObject, body: JsonObject): JsonObject => ({
  ...Object.fromEntries(
    Object.keys(before)
      .filter((member) => !type.fixed.includes(member))
      .map((member) => [member, null]),
  ),
  ...body,
});

/** @throws GoogleRefusal conditionNotMet */
function checkFingerprint(type: ResourceType, before: JsonObject, given: unknown): void {
  if (type.fingerprint === "fingerprint" && given !== before["fingerprint"])
    throw conditionNotMet("fingerprint");
}

/** Members that cannot change may be sent again as they are. @throws GoogleRefusal invalid */
function checkFixed(type: ResourceType, before: JsonObject, body: JsonObject): void {
  const short = (value: unknown) => JSON.stringify(value)?.replaceAll(/https:\/\/[^"]*?(?=projects\/)/g, "");
  const changed = type.fixed.find(
    (member) =>
      body[member] !== undefined && body[member] !== null && short(body[member]) !== short(before[member]),
  );
  if (changed !== undefined)
    throw invalid(`resource.${changed}`, String(body[changed]), "The field cannot be modified.");
}

function list(context: RequestContext, type: ResourceType, request: RestRequest): object {
  const id = `${parentOf(request)}/${type.collection}`;
  const views = inScope(context, type, id).map((one) => withViews(context, type, request, one));
  const wanted = ordered(filtered(views, request.query.get("filter")), request.query.get("orderBy"));
  const { items, ...rest } = pageOf(wanted, request.query, id, "maxResults");
  return {
    ...{ kind: `${kindOf(type)}List`, id, selfLink: linkTo(id) },
    ...(items.length > 0 ? { items } : {}),
    ...rest,
  };
}

/** A resource with what the request's `views` add. @throws GoogleRefusal invalid */
function withViews(
  context: RequestContext,
  type: ResourceType,
  { query }: RestRequest,
  id: string,
): JsonObject {
  const view = viewOf(context, type, id);
  for (const name of query.getAll("views")) {
    const more = type.views?.[name];
    if (!more && name !== "DEFAULT") throw invalid("views", name, "It is not a view of this resource.");
    Object.assign(view, more?.(context, id));
  }
  return view;
}

const kindOf = ({ schema }: ResourceType): string => `compute#${schema[0]!.toLowerCase()}${schema.slice(1)}`;

/** The full names of the resources in a collection, `projects/…/global/networks`. */
const inScope = (
  { transaction }: RequestContext,
  type: ResourceType,
  collection: string,
): readonly string[] => type.all(transaction).filter((id) => id.startsWith(`${collection}/`));

/** The resources of a project in every region, by region. */
const aggregatedList = (type: ResourceType): Route => ({
  id: `compute.${type.collection}.aggregatedList`,
  method: "GET",
  path: `compute/v1/projects/{project}/aggregated/${type.collection}`,
  query: [...LIST, "includeAllScopes", "serviceProjectNumber", "views"],
  answer(context, request) {
    const project = `projects/${request.names["project"]}`;
    const id = `${project}/aggregated/${type.collection}`;
    const scopes = [
      ...(type.scopes.includes("global") ? ["global"] : []),
      ...[...REGIONS.google.keys()].map((region) => `regions/${region}`),
    ];
    const all = scopes.flatMap((scope) =>
      inScope(context, type, `${project}/${scope}/${type.collection}`).map((one) => ({
        scope,
        view: withViews(context, type, request, one),
      })),
    );
    const wanted = filtered(
      all.map(({ view }) => view),
      request.query.get("filter"),
    );
    const left = all.filter(({ view }) => wanted.includes(view));
    const { items: page, ...rest } = pageOf(left, request.query, id, "maxResults");
    const items = scopes.map((scope) => {
      const views = page.filter((one) => one.scope === scope).map(({ view }) => view);
      return [scope, views.length > 0 ? { [type.collection]: views } : { warning: nothingIn(scope) }];
    });
    return {
      ...{ kind: `${kindOf(type)}AggregatedList`, id, selfLink: linkTo(id), ...rest },
      items: Object.fromEntries(items) as JsonObject,
    };
  },
});

const nothingIn = (scope: string): object => ({
  code: "NO_RESULTS_ON_PAGE",
  message: `There are no results for scope '${scope}' on this page.`,
  data: [{ key: "scope", value: scope }],
});
