import { type ResourceModels } from "../resource-model";
import { cluster } from "./cluster";
import { firewall } from "./firewall";
import { importable } from "./import-ids";
import { internalRange } from "./internal-range";
import { network } from "./network";
import { nodePool } from "./node-pool";
import { router } from "./router";
import { routerNat } from "./router-nat";
import { subnetwork } from "./subnetwork";
import { subnetworkIamMember } from "./subnetwork-iam-member";

export { googleLookups } from "./lookups";

const modeled = {
  google_compute_firewall: firewall,
  google_compute_network: network,
  google_compute_router: router,
  google_compute_router_nat: routerNat,
  google_compute_subnetwork: subnetwork,
  google_compute_subnetwork_iam_member: subnetworkIamMember,
  google_container_cluster: cluster,
  google_container_node_pool: nodePool,
  google_network_connectivity_internal_range: internalRange,
  google_project_iam_member: {},
  google_project_service: {},
  google_service_account: {},
};

/** The modeled Google types. */
export const googleModels: ResourceModels = Object.fromEntries(
  Object.entries(modeled).map(([type, model]) => [type, importable(type, model)]),
);
