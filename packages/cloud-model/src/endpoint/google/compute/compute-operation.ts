import { type RequestContext } from "../../../request-context";
import { missing } from "../../../google/rules/refusals";
import { numericId, pacificTime } from "../documents/representation";
import { type Operation, operationOf, operationsOf, putOperation } from "../documents/operation";
import { pageOf } from "../rest/page";
import { type RestRequest, type Route } from "../rest/route";

/** Where the resources of Compute Engine are: their self links begin so. */
export const COMPUTE = "https://www.googleapis.com/compute/v1/";

/** The self link of a resource. */
export const linkTo = (id: string): string => `${COMPUTE}${id}`;

/** Where a resource is: `projects/…/global` or `projects/…/regions/…`. */
export const placeOf = (id: string): string => id.split("/").slice(0, -2).join("/");

/** Makes the operation of a change. @returns it, not yet done @param type `insert`, `patch`, `delete` … */
export const startOperation = ({ transaction }: RequestContext, type: string, target: string): object =>
  operationView(putOperation(transaction, placeOf(target), { service: "compute", type, target }), "PENDING");

/** An operation as Compute Engine returns it. */
export function operationView(
  { id, name, type, target, time }: Operation,
  status: "PENDING" | "DONE" = "DONE",
): object {
  const [, , scope] = id.split("/");
  return {
    kind: "compute#operation",
    id: numericId(id),
    name,
    operationType: type,
    targetLink: linkTo(target),
    targetId: numericId(target),
    user: "sandbox",
    status,
    progress: status === "DONE" ? 100 : 0,
    insertTime: pacificTime(time),
    startTime: pacificTime(time),
    ...(status === "DONE" ? { endTime: pacificTime(time) } : {}),
    selfLink: linkTo(id),
    ...(scope === "global" ? {} : { [scope === "zones" ? "zone" : "region"]: linkTo(placeOf(id)) }),
  };
}

const LIST = ["filter", "maxResults", "orderBy", "pageToken", "returnPartialSuccess"];

/** The methods of operations in one scope. @param scope `global`, `regions/{region}` or `zones/{zone}` */
const routesOf = (collection: string, scope: string): readonly Route[] => {
  const path = `compute/v1/projects/{project}/${scope}/operations`;
  const parentOf = ({ names }: RestRequest) =>
    `projects/${names["project"]}/${scope.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name]!)}`;
  const get = ({ transaction }: RequestContext, request: RestRequest): object => {
    const wanted = request.names["operation"]!;
    const id = `${parentOf(request)}/operations/${wanted}`;
    // Clients may name an operation by its numeric id.
    const found = /^\d+$/.test(wanted)
      ? operationsOf(transaction, parentOf(request)).find((one) => numericId(one.id) === wanted)
      : operationOf(transaction, id);
    if (!found) throw missing(id);
    return operationView(found);
  };
  return [
    { id: `compute.${collection}.get`, method: "GET", path: `${path}/{operation}`, answer: get },
    { id: `compute.${collection}.wait`, method: "POST", path: `${path}/{operation}/wait`, answer: get },
    {
      id: `compute.${collection}.list`,
      method: "GET",
      path,
      query: LIST,
      answer({ transaction }, request) {
        const id = `${parentOf(request)}/operations`;
        const all = operationsOf(transaction, parentOf(request));
        const { items, ...rest } = pageOf(all, request.query, id, "maxResults");
        return {
          ...{ kind: "compute#operationList", id, selfLink: linkTo(id), ...rest },
          items: items.map((operation) => operationView(operation)),
        };
      },
    },
  ];
};

/** The methods of Compute Engine's operations. */
export const operationRoutes: readonly Route[] = [
  ...routesOf("globalOperations", "global"),
  ...routesOf("regionOperations", "regions/{region}"),
  ...routesOf("zoneOperations", "zones/{zone}"),
];
