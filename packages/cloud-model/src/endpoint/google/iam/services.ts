import { type RequestContext } from "../../../request-context";
import { Kind } from "../../../store/kind";
import { longRunning } from "../documents/any-operation";
import { putOperation } from "../documents/operation";
import { numericId } from "../documents/representation";
import { pageOf } from "../rest/page";
import { GoogleRefusal } from "../rest/refusal";
import { type RestRequest, type Route } from "../rest/route";
import { serviceusageSchemas } from "../schemas/serviceusage";

/** An API that a project uses. */
interface EnabledService {
  /** `projects/…/services/compute.googleapis.com` */
  readonly id: string;
}

const kind = new Kind<EnabledService>("google/enabled-service");
const operationView = longRunning("google.api.serviceusage.v1.OperationMetadata");

const idOf = ({ names }: RestRequest, service: string): string =>
  `projects/${names["project"]}/services/${service}`;

const viewOf = ({ transaction }: RequestContext, id: string): object => {
  const [, project, , name] = id.split("/");
  return {
    name: `projects/${numericId(project!).slice(0, 12)}/services/${name}`,
    config: { name },
    state: transaction.get(kind, id) ? "ENABLED" : "DISABLED",
    parent: `projects/${numericId(project!).slice(0, 12)}`,
  };
};

/** Makes an operation that is done already, as most of Service Usage's are. */
const done = (
  { transaction }: RequestContext,
  request: RestRequest,
  type: string,
  response: object,
): object => {
  const target = `projects/${request.names["project"]}`;
  const operation = putOperation(transaction, target, { service: "serviceusage", type, target, response });
  return { ...operationView(operation, true), name: `operations/${operation.name}` };
};

const bodyOf = (name: string) => ({ schemas: serviceusageSchemas, name, field: "" });
const one = "v1/projects/{project}/services/{service}";

/** The methods of Service Usage: no API needs to be enabled at the endpoint. */
export const serviceRoutes: readonly Route[] = [
  {
    id: "serviceusage.services.list",
    method: "GET",
    path: "v1/projects/{project}/services",
    query: ["filter", "pageSize", "pageToken"],
    answer(context, request) {
      const filter = request.query.get("filter") ?? "";
      if (!["", "state:ENABLED"].includes(filter))
        throw new GoogleRefusal("badRequest", `The sandbox does not model the filter '${filter}'.`, 400);
      const all = context.transaction.filter(kind, ({ id }) => id.startsWith(idOf(request, "")));
      const { items, ...rest } = pageOf(all, request.query, idOf(request, ""), "pageSize");
      return { services: items.map(({ id }) => viewOf(context, id)), ...rest };
    },
  },
  {
    ...{ id: "serviceusage.services.get", method: "GET", path: one },
    answer: (context, request) => viewOf(context, idOf(request, request.names["service"]!)),
  },
  {
    id: "serviceusage.services.enable",
    ...{ method: "POST", path: `${one}:enable`, body: bodyOf("EnableServiceRequest") },
    answer(context, request) {
      const id = idOf(request, request.names["service"]!);
      context.transaction.put(kind, id, { id });
      return done(context, request, "enable", { service: viewOf(context, id) });
    },
  },
  {
    id: "serviceusage.services.disable",
    ...{ method: "POST", path: `${one}:disable`, body: bodyOf("DisableServiceRequest") },
    answer(context, request) {
      const id = idOf(request, request.names["service"]!);
      context.transaction.remove(kind, id);
      return done(context, request, "disable", { service: viewOf(context, id) });
    },
  },
  {
    id: "serviceusage.services.batchEnable",
    method: "POST",
    path: "v1/projects/{project}/services:batchEnable",
    body: bodyOf("BatchEnableServicesRequest"),
    answer(context, request) {
      const ids = ((request.body["serviceIds"] ?? []) as readonly string[]).map((name) =>
        idOf(request, name),
      );
      for (const id of ids) context.transaction.put(kind, id, { id });
      return done(context, request, "batchEnable", { services: ids.map((id) => viewOf(context, id)) });
    },
  },
];
