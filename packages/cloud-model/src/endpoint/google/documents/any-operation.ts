import { type RequestContext } from "../../../request-context";
import { GoogleRefusal } from "../rest/refusal";
import { type RestRequest, type Route } from "../rest/route";
import { type Operation, operationOf, operationsOf } from "./operation";

/** How an API shows its operations. */
export type OperationView = (operation: Operation, isDone: boolean) => object;

/** The operation as the `google.longrunning` APIs show it, with the resource as its response when it is done. */
export const longRunning =
  (metadata: string): OperationView =>
  ({ id, type, target, time, response = {} }, isDone) => ({
    name: id,
    metadata: {
      "@type": `type.googleapis.com/${metadata}`,
      createTime: new Date(time).toISOString(),
      ...(isDone ? { endTime: new Date(time).toISOString() } : {}),
      target,
      verb: type,
      requestedCancellation: false,
      apiVersion: "v1",
    },
    done: isDone,
    ...(isDone ? { response } : {}),
  });

/**
 * The operations of locations. APIs that differ only in their host share these paths at the endpoint; the operation says
 * whose it is.
 */
export function locationOperationRoutes(views: Readonly<Record<string, OperationView>>): readonly Route[] {
  const path = "v1/projects/{project}/locations/{location}/operations";
  const parentOf = ({ names }: RestRequest) => `projects/${names["project"]}/locations/${names["location"]}`;
  const get = ({ transaction }: RequestContext, request: RestRequest): object => {
    const id = `${parentOf(request)}/operations/${request.names["operation"]}`;
    const found = operationOf(transaction, id);
    const view = found && views[found.service];
    if (!found || !view) throw new GoogleRefusal("notFound", `Not found: ${id}.`, 404);
    return view(found, true);
  };
  return [
    { id: "projects.locations.operations.get", method: "GET", path: `${path}/{operation}`, answer: get },
    {
      id: "projects.locations.operations.list",
      method: "GET",
      path,
      query: ["filter", "pageSize", "pageToken", "returnPartialSuccess"],
      answer: ({ transaction }, request) => ({
        operations: operationsOf(transaction, parentOf(request)).flatMap((operation) => {
          const view = views[operation.service];
          return view ? [view(operation, true)] : [];
        }),
      }),
    },
  ];
}
