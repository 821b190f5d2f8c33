import { type RequestContext } from "../../../request-context";
import { type Cluster, clusterOf, type NodeSubnet, putCluster, removeCluster } from "../../documents/cluster";
import { poolsOf, putNodePool, removeNodePool } from "../../documents/node-pool";
import { clusterPath } from "../../documents/resource-path";
import { subnetworkOf } from "../../documents/subnetwork";
import { type ClusterRequest, type ClusterUpdate, type NodePoolRequest } from "../../requests/container";
import {
  additionalSubnets,
  checkDetached,
  checkSecondary,
  clusterSubnetwork,
} from "../../rules/cluster-subnets";
import { controlPlaneEndpoints } from "../../rules/control-plane";
import { existingCluster } from "../../rules/existing";
import { gkeLocation } from "../../rules/gke-location";
import { checkAutoIpam, initialVersion, upgradedVersion } from "../../rules/gke-versions";
import { gkeAlreadyExists } from "../../rules/refusals";
import { networkNamed } from "../compute/networks";
import { initialRanges, type NewCluster } from "./cluster-ranges";
import { removeRangesOf } from "./gke-ranges";
import { newPool } from "./new-pool";

/** Default bound of the pods on a node of a Standard and of an Autopilot cluster. */
const STANDARD_MAX_PODS = 110;
const AUTOPILOT_MAX_PODS = 32;

/**
 * Creates a cluster with the ranges that it does not name and, unless it is Autopilot, with its first node pools.
 *
 * @param location region or zone
 * @throws ServiceError alreadyExists, badRequest, invalid, notFound, IP_SPACE_EXHAUSTED, RESOURCE_EXHAUSTED
 */
export function createCluster(context: RequestContext, location: string, request: ClusterRequest): Cluster {
  const { transaction } = context;
  const made = newCluster(context, location, request);
  const defaultSubnetwork = made.network.split("/").at(-1)!;
  const own = clusterSubnetwork(transaction, made, request.subnetwork || defaultSubnetwork);
  const cluster = putCluster(transaction, { ...made, ...initialRanges(context, made, own, request) });
  if (!cluster.autopilot)
    for (const pool of initialPools(request)) putNodePool(transaction, newPool(transaction, cluster, pool));
  return cluster;
}

function newCluster(context: RequestContext, location: string, request: ClusterRequest): NewCluster {
  const { transaction, caller } = context;
  const { name, ipAllocationPolicy, releaseChannel, privateClusterConfig = {} } = request;
  const id = clusterPath.format({ project: caller.owner, location, name });
  if (clusterOf(transaction, id)) throw gkeAlreadyExists(id);
  const { region, zones } = gkeLocation(location, request.locations ?? []);
  const version = initialVersion(request.initialClusterVersion ?? "", releaseChannel?.channel ?? "");
  const autoIpam = ipAllocationPolicy?.autoIpamConfig?.enabled ?? false;
  if (autoIpam) checkAutoIpam(version);
  const autopilot = request.autopilot?.enabled ?? false;
  const defaultMaxPods = autopilot ? AUTOPILOT_MAX_PODS : STANDARD_MAX_PODS;
  return {
    id,
    project: caller.owner,
    location,
    region,
    name,
    network: networkNamed(context, request.network || "default").id,
    autopilot,
    autoIpam,
    maxPodsPerNode: request.defaultMaxPodsConstraint?.maxPodsPerNode ?? defaultMaxPods,
    version,
    zones,
    uid: transaction.hex(40),
    ...controlPlaneEndpoints(transaction, { id, region }, privateClusterConfig),
  };
}

/** The node pools of a request, or the default pool. */
const initialPools = ({ nodePools = [], initialNodeCount }: ClusterRequest): readonly NodePoolRequest[] =>
  nodePools.length > 0 ? nodePools : [{ name: "default-pool", initialNodeCount }];

/**
 * Changes a cluster in place. Other zones are those of all its node pools too (GKE API, `Cluster.locations`).
 *
 * @throws ServiceError badRequest, notFound
 */
export function updateCluster(context: RequestContext, id: string, update: ClusterUpdate): Cluster {
  const before = existingCluster(context.transaction, id);
  const { desiredMasterVersion, desiredLocations, desiredAutoIpamConfig } = update;
  const after: Cluster = {
    ...before,
    version: desiredMasterVersion ? upgradedVersion(before.version, desiredMasterVersion) : before.version,
    zones: desiredLocations ? gkeLocation(before.location, desiredLocations).zones : before.zones,
    autoIpam: desiredAutoIpamConfig?.enabled ?? before.autoIpam,
    subnets: updatedSubnets(context, before, update),
  };
  if (after.autoIpam) checkAutoIpam(after.version);
  if (after.zones.join() !== before.zones.join())
    for (const pool of poolsOf(context.transaction, id))
      putNodePool(context.transaction, { ...pool, zones: after.zones });
  return putCluster(context.transaction, after);
}

function updatedSubnets(
  { transaction }: RequestContext,
  before: Cluster,
  update: ClusterUpdate,
): readonly NodeSubnet[] {
  const [own, ...others] = before.subnets;
  const added = update.additionalPodRangesConfig?.podRangeNames ?? [];
  const removed = update.removedAdditionalPodRangesConfig?.podRangeNames ?? [];
  const subnetwork = subnetworkOf(transaction, own!.subnetwork)!;
  for (const name of added) checkSecondary("Pod", before, subnetwork, name);
  const [defaultRange, ...more] = own!.podRanges;
  const podRanges = [
    ...more.filter((name) => !removed.includes(name)),
    ...added.filter((name) => !more.includes(name)),
  ];
  const configs = update.desiredAdditionalIpRangesConfig?.additionalIpRangesConfigs;
  const after = [
    { ...own!, podRanges: defaultRange === undefined ? [] : [defaultRange, ...podRanges] },
    ...(configs ? additionalSubnets(transaction, before, configs) : others),
  ];
  checkDetached(transaction, before, after);
  return after;
}

/** Deletes a cluster with its node pools and with the ranges and subnetworks that GKE made for it. @throws ServiceError notFound */
export function deleteCluster(context: RequestContext, id: string): void {
  const { transaction } = context;
  existingCluster(transaction, id);
  for (const pool of poolsOf(transaction, id)) removeNodePool(transaction, pool.id);
  removeCluster(transaction, id);
  removeRangesOf(context, id);
}
