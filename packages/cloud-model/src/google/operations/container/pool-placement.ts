import { type RequestContext } from "../../../request-context";
import { type Transaction } from "../../../store/transaction";
import { type Cluster } from "../../documents/cluster";
import { subnetworkPath } from "../../documents/resource-path";
import { type Subnetwork, subnetworkOf } from "../../documents/subnetwork";
import { type NodeNetworkConfig, type NodePoolRequest } from "../../requests/container";
import { requestedOrChosenRange } from "../../rules/chosen-range";
import { checkSecondary } from "../../rules/cluster-subnets";
import { defaultPlacement, type Placement, placementFor } from "../../rules/node-placement";
import { maxPodsPerNode, poolSize, poolZones } from "../../rules/node-pool-size";
import { badRequest } from "../../rules/refusals";
import { makeRoom } from "./auto-ipam";
import { addGkeRange } from "./gke-ranges";

/** Netmask length of a pool's own range by default (GKE: "create_pod_range"). */
const POD_RANGE = 14;

/**
 * Places a new pool: in the range that it names or that is made for it, else where it has room, else where Auto IPAM
 * makes room.
 *
 * @returns undefined where there is no room
 * @throws ServiceError badRequest, invalid, RESOURCE_EXHAUSTED
 */
export function poolPlacement(
  context: RequestContext,
  cluster: Cluster,
  request: NodePoolRequest,
): Placement | undefined {
  const { transaction } = context;
  const network = request.networkConfig ?? {};
  if (network.createPodRange) return newRange(context, cluster, network);
  if (network.subnetwork || network.podRange) return namedRange(transaction, cluster, network);
  const { nodes: initial, most } = poolSize(request, poolZones(cluster, request.locations).length);
  // Auto IPAM makes room for a pool that begins empty too: later it could not.
  const nodes = cluster.autoIpam ? Math.max(1, initial) : initial;
  const demand = { nodes, maxPodsPerNode: maxPodsPerNode(cluster, request) };
  const found = placementFor(transaction, cluster, demand);
  return found || !cluster.autoIpam ? found : makeRoom(context, cluster, { ...demand, most });
}

function namedRange(transaction: Transaction, cluster: Cluster, network: NodeNetworkConfig): Placement {
  const subnetwork = poolSubnetwork(transaction, cluster, network);
  const listed = cluster.subnets.find((one) => one.subnetwork === subnetwork.id)?.podRanges ?? [];
  const name = network.podRange || listed[0] || "";
  checkSecondary("Pod", cluster, subnetwork, name);
  return { subnetwork, podRange: subnetwork.secondary.find((range) => range.name === name) };
}

/** Makes a range for this pool alone. */
function newRange(context: RequestContext, cluster: Cluster, network: NodeNetworkConfig): Placement {
  const { podRange, podIpv4CidrBlock: text = "" } = network;
  const subnetwork = poolSubnetwork(context.transaction, cluster, network);
  const cidr = requestedOrChosenRange(context.transaction, cluster, text, [POD_RANGE], "pods");
  return addGkeRange(context, cluster, subnetwork, cidr, "pool", podRange);
}

/** The cluster's own subnetwork, or one of its additional ones. @throws ServiceError badRequest */
function poolSubnetwork(
  transaction: Transaction,
  cluster: Cluster,
  { subnetwork: name }: NodeNetworkConfig,
): Subnetwork {
  if (!name) return defaultPlacement(transaction, cluster).subnetwork;
  const values = subnetworkPath.parse(name, cluster);
  const id = values && subnetworkPath.format({ ...values, region: cluster.region });
  const listed = cluster.subnets.some(({ subnetwork }) => subnetwork === id);
  const found = id === undefined || !listed ? undefined : subnetworkOf(transaction, id);
  if (found) return found;
  throw badRequest(`Subnetwork "${id ?? name}" is not one of the subnetworks of cluster "${cluster.name}".`);
}
