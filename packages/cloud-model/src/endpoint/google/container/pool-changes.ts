import { type NodePool, nodePoolOf } from "../../../google/documents/node-pool";
import { setNodePoolAutoscaling } from "../../../google/operations/container/node-pools";
import { type NodePoolAutoscaling } from "../../../google/requests/container";
import { type RequestContext } from "../../../request-context";
import { representationOf, updateRepresentation } from "../documents/representation";
import { type JsonObject } from "../rest/json-body";
import { asObject } from "./node-pool-view";

/** Sets the bounds of a pool's autoscaler, or turns it off. @throws ServiceError IP_SPACE_EXHAUSTED */
export function changeAutoscaling(context: RequestContext, { id }: NodePool, autoscaling: JsonObject): void {
  if (autoscaling["enabled"])
    setNodePoolAutoscaling(context, id, { autoscaling: autoscaling as NodePoolAutoscaling });
  updateRepresentation(context.transaction, id, { autoscaling });
}

/**
 * What an update of a cluster changes in one of its pools: autoscaling and the image.
 *
 * @param update with the pool's name in `desiredNodePoolId`
 * @throws ServiceError IP_SPACE_EXHAUSTED
 */
export function changePoolOf(context: RequestContext, cluster: string, update: JsonObject): void {
  const pool = nodePoolOf(context.transaction, `${cluster}/nodePools/${String(update["desiredNodePoolId"])}`);
  if (!pool) return;
  const { desiredNodePoolAutoscaling: autoscaling, desiredImageType: imageType } = update;
  if (autoscaling) changeAutoscaling(context, pool, asObject(autoscaling));
  if (!imageType) return;
  const { body } = representationOf(context.transaction, pool.id);
  updateRepresentation(context.transaction, pool.id, { config: { ...asObject(body["config"]), imageType } });
}
