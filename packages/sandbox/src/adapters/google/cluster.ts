import { DiagnosticError, type ObjectValue } from "@cluster-ipam/terraform-provider";
import { ServiceError, type Transaction } from "@cluster-ipam/cloud-model";
import {
  allClusters,
  badRequest,
  checkAutoIpam,
  type Cluster,
  clusterOf,
  gkeLocation,
  initialVersion,
  type NodeSubnet,
  poolsOf,
  poolsOn,
  putCluster,
  putNodePool,
  removeCluster,
  removeNodePool,
  type Subnetwork,
  subnetworkOf,
  upgradedVersion,
} from "@cluster-ipam/cloud-model/google";
import { type ResourceContext, type ResourceModel } from "../resource-model";
import { ConfigReader } from "../config-reader";
import {
  additionalPodRanges,
  additionalSubnets,
  checkSecondary,
  clusterSubnetwork,
  initialSubnets,
  type NewCluster,
  privateEndpoint,
} from "./cluster-ranges";
import { clusterState, publicEndpoint } from "./cluster-state";
import { removeRangesOf } from "./gke-ranges";
import { networkNamed } from "./network";
import { newPool } from "./node-pool-size";
import { clusterPath, pathDefaults } from "./resource-path";

/** The most pods on a node of a Standard cluster, and of an Autopilot cluster, that does not say. */
const STANDARD_MAX_PODS = 110;
const AUTOPILOT_MAX_PODS = 32;

/** google_container_cluster: its networks stand, its ranges exist or are made, its version is known. */
export const cluster: ResourceModel = {
  create(context: ResourceContext, planned: ObjectValue): ObjectValue {
    const { transaction } = context;
    const asked = new ConfigReader(planned);
    const made = newCluster(context, asked);
    const own = ownSubnetwork(context, made, asked);
    const subnets = initialSubnets(context, made, own, asked);
    const stored = putCluster(transaction, { ...made, subnets });
    if (!stored.autopilot) addInitialPools(context, stored, asked);
    return clusterState(transaction, clusterOf(transaction, stored.id)!, planned);
  },
  update(context: ResourceContext, prior: ObjectValue, planned: ObjectValue): ObjectValue {
    const { transaction } = context;
    const before = standing(transaction, String(prior["id"]));
    const asked = new ConfigReader(planned);
    const minimum = asked.text("min_master_version");
    const raised = minimum !== "" && minimum !== new ConfigReader(prior).text("min_master_version");
    const policy = asked.block("ip_allocation_policy").block("auto_ipam_config");
    const after: Cluster = {
      ...before,
      version: raised ? upgradedVersion(before.version, minimum) : before.version,
      zones: gkeLocation(before.location, asked.texts("node_locations")).zones,
      autoIpam: policy.flag("enabled"),
      subnets: changedSubnets(context, before, prior, asked),
    };
    if (after.autoIpam) checkAutoIpam(after.version);
    putCluster(transaction, after);
    return clusterState(transaction, after, planned);
  },
  delete(context: ResourceContext, state: ObjectValue): void {
    const { transaction } = context;
    const found = clusterOf(transaction, String(state["id"]));
    if (new ConfigReader(state).flag("deletion_protection"))
      throw new DiagnosticError({
        summary:
          "Cannot destroy cluster because deletion_protection is set to true. Set it to false to proceed with cluster deletion.",
      });
    if (!found) return;
    for (const { id } of poolsOf(transaction, found.id)) removeNodePool(transaction, id);
    removeCluster(transaction, found.id);
    removeRangesOf(context, found.id);
  },
  read({ transaction }: ResourceContext, state: ObjectValue): ObjectValue | null {
    const found = clusterOf(transaction, String(state["id"]));
    return found ? clusterState(transaction, found, state) : null;
  },
};

/** @throws ServiceError notFound, in GKE's words */
export function standing(transaction: Transaction, id: string): Cluster {
  const found = clusterOf(transaction, id);
  if (!found) throw new ServiceError("notFound", `Not found: ${id}.`, 404);
  return found;
}

function newCluster(context: ResourceContext, asked: ConfigReader): NewCluster {
  const { transaction, caller, terraformType } = context;
  const name = asked.text("name");
  const location = asked.text("location") || pathDefaults(terraformType, caller).region;
  const { region, zones } = gkeLocation(location, asked.texts("node_locations"));
  const channel = asked.block("release_channel").text("channel");
  const version = initialVersion(asked.text("min_master_version"), channel);
  const autoIpam = asked.block("ip_allocation_policy").block("auto_ipam_config").flag("enabled");
  if (autoIpam) checkAutoIpam(version);
  const autopilot = asked.flag("enable_autopilot");
  const usual = autopilot ? AUTOPILOT_MAX_PODS : STANDARD_MAX_PODS;
  return {
    id: clusterPath.of({ project: caller.owner, location, name }),
    project: caller.owner,
    location,
    region,
    name,
    network: networkNamed(transaction, caller, asked.text("network") || "default").id,
    autopilot,
    autoIpam,
    maxPodsPerNode: asked.number("default_max_pods_per_node") ?? usual,
    version,
    zones,
    endpoint: endpointOf(transaction, asked),
  };
}

function endpointOf(transaction: Transaction, asked: ConfigReader): string {
  const config = asked.block("private_cluster_config");
  const master = config.text("master_ipv4_cidr_block");
  if (config.flag("enable_private_endpoint") && master !== "") return privateEndpoint(master);
  return publicEndpoint(allClusters(transaction).map(({ endpoint }) => endpoint));
}

/** The subnetwork that is named, or the one that an auto-mode network has in the region. */
function ownSubnetwork(
  { transaction, caller }: ResourceContext,
  made: NewCluster,
  asked: ConfigReader,
): Subnetwork {
  const usual = made.network.split("/").at(-1)!;
  return clusterSubnetwork(transaction, caller, made, asked.text("subnetwork") || usual);
}

/** The pools that a new cluster comes with: those written inside it, else the default pool. */
function addInitialPools({ transaction }: ResourceContext, made: Cluster, asked: ConfigReader): void {
  const inline = asked.blocks("node_pool");
  const count = asked.number("initial_node_count") ?? 0;
  const pools =
    inline.length > 0
      ? inline.map((block, i) => newPool(transaction, made, block.text("name") || `pool-${i}`, block))
      : [newPool(transaction, made, "default-pool", new ConfigReader({ initial_node_count: count }))];
  // A default pool that Terraform removes had its addresses for some minutes: there must be room for it.
  if (!asked.flag("remove_default_node_pool")) for (const pool of pools) putNodePool(transaction, pool);
}

/** Ranges and subnets that Terraform adds or takes away; those that GKE added meanwhile stay. */
function changedSubnets(
  context: ResourceContext,
  before: Cluster,
  prior: ObjectValue,
  asked: ConfigReader,
): readonly NodeSubnet[] {
  const { transaction } = context;
  const [own, ...others] = before.subnets;
  const policy = asked.block("ip_allocation_policy");
  const old = new ConfigReader(prior).block("ip_allocation_policy");
  const [known, wanted] = [additionalPodRanges(old), additionalPodRanges(policy)];
  const subnetwork = subnetworkOf(transaction, own!.subnetwork)!;
  for (const name of wanted) checkSecondary("Pod", before, subnetwork, name);
  const [first, ...more] = own!.podRanges;
  const podRanges = [
    ...more.filter((name) => wanted.includes(name) || !known.includes(name)),
    ...wanted.filter((name) => !more.includes(name)),
  ];
  const [listed, asking] = [additionalIds(context, before, old), additionalSubnets(context, before, policy)];
  const staying = others.filter(
    ({ subnetwork: id }) => !listed.includes(id) && !asking.some((one) => one.subnetwork === id),
  );
  const after = [
    { ...own!, podRanges: first === undefined ? [] : [first, ...podRanges] },
    ...asking,
    ...staying,
  ];
  checkDetached(transaction, before, after);
  return after;
}

const additionalIds = (
  { transaction, caller }: ResourceContext,
  found: Cluster,
  policy: ConfigReader,
): readonly string[] =>
  policy
    .blocks("additional_ip_ranges_config")
    .map((block) => clusterSubnetwork(transaction, caller, found, block.text("subnetwork")).id);

/** Ranges that node pools use cannot be detached. */
function checkDetached(
  transaction: Transaction,
  { id, subnets }: Cluster,
  after: readonly NodeSubnet[],
): void {
  for (const { subnetwork, podRanges } of subnets) {
    const left = after.find((subnet) => subnet.subnetwork === subnetwork)?.podRanges ?? [];
    for (const pool of poolsOn(transaction, subnetwork)) {
      if (pool.cluster !== id || pool.podRange === undefined) continue;
      if (podRanges.includes(pool.podRange) && !left.includes(pool.podRange))
        throw badRequest(
          `Pod range "${pool.podRange}" of subnetwork "${subnetwork}" cannot be removed: it is in use by node pool "${pool.name}".`,
        );
    }
  }
}
