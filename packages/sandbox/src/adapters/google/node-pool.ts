import { type ObjectValue, unknown } from "@cluster-ipam/terraform-provider";
import { ServiceError, type Transaction } from "@cluster-ipam/cloud-model";
import {
  badRequest,
  type Cluster,
  clusterOf,
  defaultPlace,
  minorOf,
  type NodePool,
  nodePoolOf,
  placeFor,
  type Placement,
  putNodePool,
  removeNodePool,
  resized,
  type Subnetwork,
  subnetworkOf,
  versionFor,
} from "@cluster-ipam/cloud-model/google";
import { type ResourceContext, type ResourceModel } from "../resource-model";
import { ConfigReader } from "../config-reader";
import { standing } from "./cluster";
import { rangeBy } from "./cluster-ranges";
import { addGkeRange, dropUnused, makeRoom } from "./gke-ranges";
import { newPool, poolSize, poolZones } from "./node-pool-size";
import { clusterPath, nodePoolPath, pathDefaults, subnetworkPath } from "./resource-path";

/** Minor versions that nodes may lie behind the control plane. */
const NODE_SKEW = 2;

/**
 * google_container_node_pool: nodes with an address each and a block each for their pods. A pool's
 * ranges never change; with Auto IPAM a new pool that finds no room gets some.
 */
export const nodePool: ResourceModel = {
  create(context: ResourceContext, planned: ObjectValue): ObjectValue {
    const { transaction } = context;
    const asked = new ConfigReader(planned);
    const cluster = clusterNamed(context, asked);
    const name = asked.text("name") || `${asked.text("name_prefix")}${transaction.hex(26)}`;
    const pool = addPool(context, cluster, name, asked);
    return { name, ...poolState(pool, planned) };
  },
  update(context: ResourceContext, prior: ObjectValue, planned: ObjectValue): ObjectValue {
    const { transaction } = context;
    const before = nodePoolOf(transaction, String(prior["id"]));
    if (!before) throw new ServiceError("notFound", `Not found: ${String(prior["id"])}.`, 404);
    const cluster = standing(transaction, before.cluster);
    const asked = new ConfigReader(planned);
    const zones = poolZones(cluster, asked);
    const version =
      asked.text("version") === "" ? before.version : nodeVersion(cluster, asked.text("version"));
    const moved = { ...before, zones, version };
    const size = changedSize(before, new ConfigReader(prior), asked, zones.length);
    const after = putNodePool(transaction, { ...moved, nodes: resized(transaction, cluster, moved, size) });
    return poolState(after, planned);
  },
  delete(context: ResourceContext, state: ObjectValue): void {
    const { transaction } = context;
    const found = nodePoolOf(transaction, String(state["id"]));
    if (!found) return;
    removeNodePool(transaction, found.id);
    const cluster = clusterOf(transaction, found.cluster);
    if (cluster) dropUnused(context, cluster);
  },
  read({ transaction }: ResourceContext, state: ObjectValue): ObjectValue | null {
    const found = nodePoolOf(transaction, String(state["id"]));
    return found ? poolState(found, state) : null;
  },
  find({ transaction, terraformType, caller }: ResourceContext, id: string): ObjectValue | undefined {
    const values = nodePoolPath.read(id, pathDefaults(terraformType, caller));
    const found = values && nodePoolOf(transaction, nodePoolPath.of(values));
    if (!found) return undefined;
    const { project, location, cluster, name } = values;
    return { id: found.id, project, location, cluster, name, ...poolState(found, {}) };
  },
};

/**
 * Makes a node pool, for Terraform or for node auto-provisioning.
 *
 * @throws ServiceError IP_SPACE_EXHAUSTED, badRequest, alreadyExists
 */
export function addPool(
  ground: Pick<ResourceContext, "transaction" | "quotas">,
  cluster: Cluster,
  name: string,
  asked: ConfigReader,
): NodePool {
  const { transaction } = ground;
  if (cluster.autopilot) throw badRequest("Autopilot clusters do not support mutating node pools.");
  const id = `${cluster.id}/nodePools/${name}`;
  if (nodePoolOf(transaction, id)) throw new ServiceError("alreadyExists", `Already exists: ${id}.`, 409);
  const pool = newPool(transaction, cluster, name, asked, poolPlace(ground, cluster, asked));
  const version = asked.text("version");
  return putNodePool(
    transaction,
    version === "" ? pool : { ...pool, version: nodeVersion(cluster, version) },
  );
}

/** Where a pool goes: where it says, else where there is room, else where Auto IPAM makes some. */
function poolPlace(
  ground: Pick<ResourceContext, "transaction" | "quotas">,
  cluster: Cluster,
  asked: ConfigReader,
): Placement | undefined {
  const { transaction } = ground;
  const network = asked.block("network_config");
  if (network.flag("create_pod_range")) return madePlace(ground, cluster, network);
  const [subnet, range] = [network.text("subnetwork"), network.text("pod_range")];
  if (subnet !== "" || range !== "") return namedPlace(transaction, cluster, subnet, range);
  const maxPodsPerNode = asked.number("max_pods_per_node") ?? cluster.maxPodsPerNode;
  const { nodes: atFirst, most } = poolSize(asked, poolZones(cluster, asked).length);
  // Auto IPAM makes room for a pool that begins empty too: later it could not.
  const nodes = cluster.autoIpam ? Math.max(1, atFirst) : atFirst;
  const found = placeFor(transaction, cluster, { nodes, maxPodsPerNode });
  return found || !cluster.autoIpam ? found : makeRoom(ground, cluster, { nodes, most, maxPodsPerNode });
}

function namedPlace(transaction: Transaction, cluster: Cluster, subnet: string, range: string): Placement {
  const subnetwork = poolSubnetwork(transaction, cluster, subnet);
  const listed = cluster.subnets.find((one) => one.subnetwork === subnetwork.id)?.podRanges ?? [];
  const name = range || listed[0];
  const podRange = subnetwork.secondary.find((one) => one.name === name);
  if (podRange) return { subnetwork, podRange };
  throw badRequest(
    `Pod secondary range "${name ?? ""}" not found in network "https://www.googleapis.com/compute/v1/${cluster.network}", subnetwork "${subnetwork.name}".`,
  );
}

/** A range for this pool alone, of a size or as said. */
function madePlace(
  ground: Pick<ResourceContext, "transaction" | "quotas">,
  cluster: Cluster,
  network: ConfigReader,
): Placement {
  const subnetwork = poolSubnetwork(ground.transaction, cluster, network.text("subnetwork"));
  const cidr = rangeBy(ground, cluster, network.text("pod_ipv4_cidr_block"), [CHOSEN_POD_RANGE], "pods");
  return addGkeRange(ground, cluster, subnetwork, cidr, "pool", network.text("pod_range"));
}

/** Netmask length of a pool's own range that does not say (GKE: "create_pod_range"). */
const CHOSEN_POD_RANGE = 14;

/** The cluster's own subnetwork, or one of its additional ones. */
function poolSubnetwork(transaction: Transaction, cluster: Cluster, name: string): Subnetwork {
  if (name === "") return defaultPlace(transaction, cluster).subnetwork;
  const values = subnetworkPath.read(name, cluster);
  const id = values && subnetworkPath.of({ ...values, region: cluster.region });
  const listed = cluster.subnets.some(({ subnetwork }) => subnetwork === id);
  const found = id === undefined || !listed ? undefined : subnetworkOf(transaction, id);
  if (found) return found;
  throw badRequest(`Subnetwork "${id ?? name}" is not one of the subnetworks of cluster "${cluster.name}".`);
}

function clusterNamed({ transaction, caller, terraformType }: ResourceContext, asked: ConfigReader): Cluster {
  const usual = pathDefaults(terraformType, caller);
  const location = asked.text("location") || usual.location;
  const values = clusterPath.read(asked.text("cluster"), { project: usual.project, location });
  return standing(transaction, values ? clusterPath.of(values) : asked.text("cluster"));
}

/** Nodes lie at most two minor versions behind the control plane, and never ahead. */
function nodeVersion(cluster: Cluster, alias: string): string {
  const version = versionFor(alias);
  const behind = minorOf(cluster.version) - minorOf(version);
  if (behind < 0 || behind > NODE_SKEW)
    throw badRequest(
      `Node version "${version}" must be within ${NODE_SKEW} minor versions of, and not later than, master version "${cluster.version}".`,
    );
  return version;
}

/** A pool keeps the size that its autoscaler gave it, inside the bounds Terraform gives. */
function changedSize(before: NodePool, prior: ConfigReader, asked: ConfigReader, zones: number): number {
  const [scaling] = asked.blocks("autoscaling");
  const fixed = asked.number("node_count");
  const { most } = poolSize(asked, zones);
  if (!scaling) {
    const changed =
      fixed !== undefined && (fixed !== prior.number("node_count") || zones !== before.zones.length);
    return changed ? fixed * zones : before.nodes.length;
  }
  const least = scaling.number("total_min_node_count") || (scaling.number("min_node_count") ?? 0) * zones;
  return Math.min(Math.max(before.nodes.length, least), Math.max(most, least));
}

function poolState(pool: NodePool, known: ObjectValue): ObjectValue {
  const asked = new ConfigReader(known);
  const perZone = Math.ceil(pool.nodes.length / Math.max(1, pool.zones.length));
  const planned: ObjectValue = asked.objects("network_config")[0] ?? emptyNetworkConfig;
  const network = new ConfigReader(planned);
  return {
    max_pods_per_node: pool.maxPodsPerNode,
    node_count: perZone,
    initial_node_count: asked.number("initial_node_count") ?? perZone,
    node_locations: pool.zones,
    version: pool.version,
    network_config: [
      {
        ...planned,
        pod_range: network.text("pod_range") || (pool.podRange ?? ""),
        subnetwork: network.text("subnetwork") || pool.subnetwork,
      },
    ],
  };
}

const emptyNetworkConfig: ObjectValue = {
  enable_private_nodes: false,
  pod_ipv4_cidr_block: unknown,
  additional_node_network_configs: [],
  additional_pod_network_configs: [],
  network_performance_config: [],
  pod_cidr_overprovision_config: [],
};
