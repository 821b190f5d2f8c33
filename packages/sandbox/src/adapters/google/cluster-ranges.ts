import { GKE_ADDITIONAL_SUBNETS, podRangePerNode, Prefix } from "@cluster-ipam/address-plan";
import { identifier, type AccountRegion, ServiceError, type Transaction } from "@cluster-ipam/cloud-model";
import {
  badRequest,
  type Cluster,
  type NodeSubnet,
  type Subnetwork,
  subnetworkOf,
} from "@cluster-ipam/cloud-model/google";
import { type ResourceContext } from "../resource-model";
import { type ConfigReader } from "../config-reader";
import { addGkeRange, chosenRange } from "./gke-ranges";
import { parseRange } from "./range-rules";
import { projectOf, subnetworkPath } from "./resource-path";
import { put } from "./subnetwork";

/** A cluster before its ranges are known. */
export type NewCluster = Omit<Cluster, "subnets">;

// Netmask lengths that GKE takes for pods and Services when they are not said (GKE: "Default range sizes").
const STANDARD_PODS = 14;
const AUTOPILOT_PODS = 17;
const CHOSEN_SERVICES = 20;
/** Auto IPAM begins small: with a range for 2^4 nodes. How small Google begins is not written down. */
const AUTO_IPAM_BITS = 4;

/** The subnetwork of that name in a cluster's network and region. @throws ServiceError badRequest */
export function clusterSubnetwork(
  transaction: Transaction,
  { owner }: AccountRegion,
  { network, region }: Pick<Cluster, "network" | "region">,
  name: string,
): Subnetwork {
  const values = subnetworkPath.read(name, { project: owner, region });
  const id = values && subnetworkPath.of(values);
  const found = id === undefined ? undefined : subnetworkOf(transaction, id);
  if (found?.network === network && found.region === region) return found;
  throw badRequest(`Subnetwork "${id ?? name}" is not valid for Network "${network.split("/").at(-1)}".`);
}

/** The subnets and pod ranges of a new cluster; ranges that are not named are made. @throws ServiceError */
export function initialSubnets(
  context: ResourceContext,
  cluster: NewCluster,
  own: Subnetwork,
  asked: ConfigReader,
): readonly NodeSubnet[] {
  const policy = asked.block("ip_allocation_policy");
  checkNames(policy);
  addServices(context, cluster, own, policy);
  addControlPlane(context, cluster, asked);
  const routes = asked.text("networking_mode") === "ROUTES" || asked.text("cluster_ipv4_cidr") !== "";
  if (routes) return [{ subnetwork: own.id, podRanges: [] }];
  const pods = podsRange(context, cluster, current(context, own), policy);
  const more = additionalPodRanges(policy);
  for (const name of more) checkSecondary("Pod", cluster, own, name);
  return [{ subnetwork: own.id, podRanges: [pods, ...more] }, ...additionalSubnets(context, cluster, policy)];
}

const current = ({ transaction }: ResourceContext, { id }: Subnetwork): Subnetwork =>
  subnetworkOf(transaction, id)!;

/** Names of the pod ranges beyond the default one. */
export const additionalPodRanges = (policy: ConfigReader): readonly string[] =>
  policy.block("additional_pod_ranges_config").texts("pod_range_names");

/** The additional subnets that Terraform lists. @throws ServiceError badRequest */
export function additionalSubnets(
  { transaction, caller }: ResourceContext,
  cluster: Pick<Cluster, "network" | "region">,
  policy: ConfigReader,
): readonly NodeSubnet[] {
  const blocks = policy.blocks("additional_ip_ranges_config");
  if (blocks.length > GKE_ADDITIONAL_SUBNETS)
    throw badRequest(`The cluster can have at most ${GKE_ADDITIONAL_SUBNETS} additional subnetworks.`);
  return blocks.map((block) => {
    const subnetwork = clusterSubnetwork(transaction, caller, cluster, block.text("subnetwork"));
    const podRanges = block.texts("pod_ipv4_range_names");
    for (const name of podRanges) checkSecondary("Pod", cluster, subnetwork, name);
    return { subnetwork: subnetwork.id, podRanges };
  });
}

/** @throws ServiceError badRequest, where the subnetwork has no such range */
export function checkSecondary(
  purpose: "Pod" | "Services",
  { network }: Pick<Cluster, "network">,
  subnetwork: Subnetwork,
  name: string,
): void {
  if (subnetwork.secondary.some((range) => range.name === name)) return;
  throw badRequest(
    `${purpose} secondary range "${name}" not found in network "https://www.googleapis.com/compute/v1/${network}", subnetwork "${subnetwork.name}".`,
  );
}

function checkNames(policy: ConfigReader): void {
  const pods = policy.text("cluster_secondary_range_name");
  if (pods !== "" && pods === policy.text("services_secondary_range_name"))
    throw badRequest(
      `Pod secondary range name (${pods}) should not be the same as service secondary range name.`,
    );
}

/** The default pod range: named, or made in a size, or of GKE's choice. @returns its name */
function podsRange(
  context: ResourceContext,
  cluster: NewCluster,
  own: Subnetwork,
  policy: ConfigReader,
): string {
  const name = policy.text("cluster_secondary_range_name");
  if (name !== "") {
    checkSecondary("Pod", cluster, own, name);
    return name;
  }
  const cidr = rangeBy(context, cluster, policy.text("cluster_ipv4_cidr_block"), podLengths(cluster), "pods");
  return addGkeRange(context, cluster, own, cidr, "pods").podRange!.name;
}

function podLengths({ autoIpam, autopilot, maxPodsPerNode }: NewCluster): readonly number[] {
  if (!autoIpam) return [autopilot ? AUTOPILOT_PODS : STANDARD_PODS];
  const node = podRangePerNode(maxPodsPerNode);
  return Array.from({ length: AUTO_IPAM_BITS + 1 }, (_, i) => node - AUTO_IPAM_BITS + i);
}

/** Without name and range, Services are in GKE's managed range, which no subnetwork holds. */
function addServices(
  context: ResourceContext,
  cluster: NewCluster,
  own: Subnetwork,
  policy: ConfigReader,
): void {
  const name = policy.text("services_secondary_range_name");
  if (name !== "") checkSecondary("Services", cluster, own, name);
  const text = policy.text("services_ipv4_cidr_block");
  if (text === "") return;
  addGkeRange(
    context,
    cluster,
    own,
    rangeBy(context, cluster, text, [CHOSEN_SERVICES], "services"),
    "services",
  );
}

/** A range that is said, said by its size (`/17`), or chosen. @param purpose `pods` or `services` @throws ServiceError */
export function rangeBy(
  { transaction }: Pick<ResourceContext, "transaction">,
  { id, network }: Pick<Cluster, "id" | "network">,
  text: string,
  lengths: readonly number[],
  purpose: string,
): string {
  const size = /^\/(\d+)$/.exec(text)?.[1];
  if (text !== "" && size === undefined)
    return String(parseRange(`cluster.ipAllocationPolicy.${purpose}`, text));
  const wanted = size === undefined ? lengths : [Number(size)];
  const found = chosenRange(transaction, network, wanted, `${id}/${purpose}`);
  if (found) return String(found);
  throw new ServiceError(
    "RESOURCE_EXHAUSTED",
    `No free range of size /${wanted.at(-1)} for ${purpose} is available in network '${network}'.`,
    429,
  );
}

/** A private control plane has a subnetwork of GKE's own, of 16 addresses. */
function addControlPlane(context: ResourceContext, cluster: NewCluster, asked: ConfigReader): void {
  const config = asked.block("private_cluster_config");
  const cidr = config.text("master_ipv4_cidr_block");
  const named = config.text("private_endpoint_subnetwork");
  if (named !== "") clusterSubnetwork(context.transaction, context.caller, cluster, named);
  if (cidr === "") return;
  const { region, network, id: madeBy } = cluster;
  const project = projectOf(network);
  const name = controlPlaneName(cluster);
  const id = subnetworkPath.of({ project, region, name });
  put(context, undefined, { id, project, region, name, network, cidr, secondary: [], madeBy });
}

const controlPlaneName = ({ id, name }: Pick<Cluster, "id" | "name">): string =>
  `gke-${name}-${identifier(id, 8)}-pe-subnet`;

/** The address of a private control plane: the first of its range that a host can have. */
export const privateEndpoint = (masterCidr: string): string =>
  Prefix.ipv4At(Number(parseRange("privateClusterConfig.masterIpv4CidrBlock", masterCidr).first) + 2, 32)
    .toString()
    .split("/")[0]!;
