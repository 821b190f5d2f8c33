import { DiagnosticError } from "../../plugin/diagnostic";
import { type ObjectValue } from "../../plugin/value";
import { type Transaction } from "../../store/transaction";
import { type ResourceModel, type Scene } from "../resource-model";
import { ServiceError } from "../service-error";
import { Asked } from "../asked";
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
import {
  allClusters,
  type Cluster,
  clusterOf,
  type NodeSubnet,
  putCluster,
  removeCluster,
} from "./cluster-store";
import { gkeLocation } from "./gke-location";
import { removeRangesOf } from "./gke-ranges";
import { checkAutoIpam, initialVersion, upgradedVersion } from "./gke-versions";
import { networkNamed } from "./network";
import { poolsOf, poolsOn, putNodePool, removeNodePool } from "./node-pool-store";
import { newPool } from "./node-pool-size";
import { badRequest } from "./refusals";
import { clusterPath, pathDefaults } from "./resource-path";
import { type Subnetwork, subnetworkOf } from "./subnetwork-store";

/** The most pods on a node of a Standard cluster, and of an Autopilot cluster, that does not say. */
const STANDARD_MAX_PODS = 110;
const AUTOPILOT_MAX_PODS = 32;

/** google_container_cluster: its networks stand, its ranges exist or are made, its version is known. */
export const cluster: ResourceModel = {
  create(scene: Scene, planned: ObjectValue): ObjectValue {
    const { transaction } = scene;
    const asked = new Asked(planned);
    const made = newCluster(scene, asked);
    const own = ownSubnetwork(scene, made, asked);
    const subnets = initialSubnets(scene, made, own, asked);
    const stored = putCluster(transaction, { ...made, subnets });
    if (!stored.autopilot) addInitialPools(scene, stored, asked);
    return clusterState(transaction, clusterOf(transaction, stored.id)!, planned);
  },
  update(scene: Scene, prior: ObjectValue, planned: ObjectValue): ObjectValue {
    const { transaction } = scene;
    const before = standing(transaction, String(prior["id"]));
    const asked = new Asked(planned);
    const minimum = asked.text("min_master_version");
    const raised = minimum !== "" && minimum !== new Asked(prior).text("min_master_version");
    const policy = asked.block("ip_allocation_policy").block("auto_ipam_config");
    const after: Cluster = {
      ...before,
      version: raised ? upgradedVersion(before.version, minimum) : before.version,
      zones: gkeLocation(before.location, asked.texts("node_locations")).zones,
      autoIpam: policy.flag("enabled"),
      subnets: changedSubnets(scene, before, prior, asked),
    };
    if (after.autoIpam) checkAutoIpam(after.version);
    putCluster(transaction, after);
    return clusterState(transaction, after, planned);
  },
  delete(scene: Scene, state: ObjectValue): void {
    const { transaction } = scene;
    const found = clusterOf(transaction, String(state["id"]));
    if (new Asked(state).flag("deletion_protection"))
      throw new DiagnosticError({
        summary:
          "Cannot destroy cluster because deletion_protection is set to true. Set it to false to proceed with cluster deletion.",
      });
    if (!found) return;
    for (const { id } of poolsOf(transaction, found.id)) removeNodePool(transaction, id);
    removeCluster(transaction, found.id);
    removeRangesOf(scene, found.id);
  },
  read({ transaction }: Scene, state: ObjectValue): ObjectValue | null {
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

function newCluster(scene: Scene, asked: Asked): NewCluster {
  const { transaction, place, subject } = scene;
  const name = asked.text("name");
  const location = asked.text("location") || pathDefaults(subject, place).region;
  const { region, zones } = gkeLocation(location, asked.texts("node_locations"));
  const channel = asked.block("release_channel").text("channel");
  const version = initialVersion(asked.text("min_master_version"), channel);
  const autoIpam = asked.block("ip_allocation_policy").block("auto_ipam_config").flag("enabled");
  if (autoIpam) checkAutoIpam(version);
  const autopilot = asked.flag("enable_autopilot");
  const usual = autopilot ? AUTOPILOT_MAX_PODS : STANDARD_MAX_PODS;
  return {
    id: clusterPath.of({ project: place.owner, location, name }),
    project: place.owner,
    location,
    region,
    name,
    network: networkNamed(transaction, place, asked.text("network") || "default").id,
    autopilot,
    autoIpam,
    maxPodsPerNode: asked.number("default_max_pods_per_node") ?? usual,
    version,
    zones,
    endpoint: endpointOf(transaction, asked),
  };
}

function endpointOf(transaction: Transaction, asked: Asked): string {
  const config = asked.block("private_cluster_config");
  const master = config.text("master_ipv4_cidr_block");
  if (config.flag("enable_private_endpoint") && master !== "") return privateEndpoint(master);
  return publicEndpoint(allClusters(transaction).map(({ endpoint }) => endpoint));
}

/** The subnetwork that is named, or the one that an auto-mode network has in the region. */
function ownSubnetwork({ transaction, place }: Scene, made: NewCluster, asked: Asked): Subnetwork {
  const usual = made.network.split("/").at(-1)!;
  return clusterSubnetwork(transaction, place, made, asked.text("subnetwork") || usual);
}

/** The pools that a new cluster comes with: those written inside it, else the default pool. */
function addInitialPools({ transaction }: Scene, made: Cluster, asked: Asked): void {
  const inline = asked.blocks("node_pool");
  const count = asked.number("initial_node_count") ?? 0;
  const pools =
    inline.length > 0
      ? inline.map((block, i) => newPool(transaction, made, block.text("name") || `pool-${i}`, block))
      : [newPool(transaction, made, "default-pool", new Asked({ initial_node_count: count }))];
  // A default pool that Terraform removes had its addresses for some minutes: there must be room for it.
  if (!asked.flag("remove_default_node_pool")) for (const pool of pools) putNodePool(transaction, pool);
}

/** Ranges and subnets that Terraform adds or takes away; those that GKE added meanwhile stay. */
function changedSubnets(
  scene: Scene,
  before: Cluster,
  prior: ObjectValue,
  asked: Asked,
): readonly NodeSubnet[] {
  const { transaction } = scene;
  const [own, ...others] = before.subnets;
  const policy = asked.block("ip_allocation_policy");
  const old = new Asked(prior).block("ip_allocation_policy");
  const [known, wanted] = [additionalPodRanges(old), additionalPodRanges(policy)];
  const subnetwork = subnetworkOf(transaction, own!.subnetwork)!;
  for (const name of wanted) checkSecondary("Pod", before, subnetwork, name);
  const [first, ...more] = own!.podRanges;
  const podRanges = [
    ...more.filter((name) => wanted.includes(name) || !known.includes(name)),
    ...wanted.filter((name) => !more.includes(name)),
  ];
  const [listed, asking] = [additionalIds(scene, before, old), additionalSubnets(scene, before, policy)];
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

const additionalIds = ({ transaction, place }: Scene, found: Cluster, policy: Asked): readonly string[] =>
  policy
    .blocks("additional_ip_ranges_config")
    .map((block) => clusterSubnetwork(transaction, place, found, block.text("subnetwork")).id);

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
