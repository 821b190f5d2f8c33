import { type RequestContext } from "../../../request-context";
import { type OperationView } from "../documents/any-operation";
import { putOperation } from "../documents/operation";

/** Where the resources of GKE are: their self links begin so. */
const CONTAINER = "https://container.googleapis.com/v1/";

/** The self link of a cluster, node pool or operation. GKE's zonal resources are in `zones`. */
export const linkTo = (id: string): string =>
  CONTAINER + id.replace(/^(projects\/[^/]+)\/locations\/([^/]+-[a-z])(?=\/)/, "$1/zones/$2");

/** How GKE shows its operations. */
export const containerOperation: OperationView = ({ id, name, type, target, time }, isDone) => ({
  name,
  operationType: type,
  status: isDone ? "DONE" : "RUNNING",
  location: id.split("/")[3],
  zone: id.split("/")[3],
  selfLink: linkTo(id),
  targetLink: linkTo(target),
  startTime: new Date(time).toISOString(),
  ...(isDone ? { endTime: new Date(time).toISOString() } : {}),
});

/** Makes the operation of a change. @returns it, not yet done @param type `CREATE_CLUSTER` … */
export function startOperation({ transaction }: RequestContext, type: string, target: string): object {
  const parent = target.split("/").slice(0, 4).join("/");
  return containerOperation(putOperation(transaction, parent, { service: "container", type, target }), false);
}
