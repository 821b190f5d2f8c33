import { DiagnosticError } from "@cluster-ipam/terraform-provider";
import {
  clusterOf,
  createCluster,
  deleteCluster,
  deleteNodePool,
  existingCluster,
  poolsOf,
  updateCluster,
} from "@cluster-ipam/cloud-model/google";
import { ConfigReader } from "../config-reader";
import { type ResourceModel } from "../resource-model";
import { clusterRequest, clusterUpdate } from "./cluster-request";
import { clusterState } from "./cluster-state";
import { pathDefaults } from "./path-defaults";

/** `google_container_cluster`. */
export const cluster: ResourceModel = {
  create(context, planned) {
    const { transaction, caller, terraformType } = context;
    const config = new ConfigReader(planned);
    const location = config.text("location") || pathDefaults(terraformType, caller).region;
    const made = createCluster(context, location, clusterRequest(config));
    // As the provider does it: the default pool had its addresses for a moment, so there must be room for it.
    if (config.flag("remove_default_node_pool"))
      for (const { id } of poolsOf(transaction, made.id)) deleteNodePool(context, id);
    return clusterState(transaction, existingCluster(transaction, made.id), planned);
  },
  update(context, prior, planned) {
    const before = existingCluster(context.transaction, String(prior["id"]));
    const after = updateCluster(context, before.id, clusterUpdate(before, prior, planned));
    return clusterState(context.transaction, after, planned);
  },
  delete(context, state) {
    if (new ConfigReader(state).flag("deletion_protection"))
      throw new DiagnosticError({
        summary:
          "Cannot destroy cluster because deletion_protection is set to true. Set it to false to proceed with cluster deletion.",
      });
    const id = String(state["id"]);
    if (clusterOf(context.transaction, id)) deleteCluster(context, id);
  },
  read({ transaction }, state) {
    const found = clusterOf(transaction, String(state["id"]));
    return found ? clusterState(transaction, found, state) : null;
  },
};
