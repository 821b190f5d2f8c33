import { podRangePerNode } from "@cluster-ipam/address-plan/cloud";
import { type RequestContext } from "../../../request-context";
import { type Cluster, type NodeSubnet } from "../../documents/cluster";
import { projectOf, subnetworkPath } from "../../documents/resource-path";
import { type Subnetwork, subnetworkOf } from "../../documents/subnetwork";
import { type ClusterRequest, type IpAllocationPolicy } from "../../requests/container";
import { requestedOrChosenRange } from "../../rules/chosen-range";
import {
  additionalSubnets,
  checkRangeNames,
  checkSecondary,
  clusterSubnetwork,
} from "../../rules/cluster-subnets";
import { controlPlaneSubnetworkName } from "../../rules/control-plane";
import { saveSubnetwork } from "../compute/subnetworks";
import { addGkeRange } from "./gke-ranges";

/** A cluster before its ranges are known. */
export type NewCluster = Omit<Cluster, "subnets" | "servicesRange">;

/** Netmask lengths of the pod and Service ranges that GKE makes by default (GKE: "Default range sizes"). */
const STANDARD_PODS = 14;
const AUTOPILOT_PODS = 17;
const SERVICES = 20;
/** Auto IPAM begins with a range for 2^4 nodes. Google does not document the size. */
const AUTO_IPAM_BITS = 4;

/**
 * The subnetworks and ranges of a new cluster; ranges that it does not name are made.
 *
 * @throws ServiceError badRequest, invalid, RESOURCE_EXHAUSTED
 */
export function initialRanges(
  context: RequestContext,
  cluster: NewCluster,
  own: Subnetwork,
  request: ClusterRequest,
): Pick<Cluster, "subnets" | "servicesRange"> {
  const { transaction } = context;
  const policy = request.ipAllocationPolicy ?? {};
  checkRangeNames(policy);
  const servicesRange = addServices(context, cluster, own, policy);
  addControlPlane(context, cluster, request);
  if (policy.useRoutes) return { subnets: [{ subnetwork: own.id, podRanges: [] }], servicesRange };
  const pods = podsRange(context, cluster, subnetworkOf(transaction, own.id)!, policy);
  const more = policy.additionalPodRangesConfig?.podRangeNames ?? [];
  for (const name of more) checkSecondary("Pod", cluster, own, name);
  const others = additionalSubnets(transaction, cluster, policy.additionalIpRangesConfigs ?? []);
  const first: NodeSubnet = { subnetwork: own.id, podRanges: [pods, ...more] };
  return { subnets: [first, ...others], servicesRange };
}

/** The default pod range: the named one, or one that GKE makes. @returns its name */
function podsRange(
  context: RequestContext,
  cluster: NewCluster,
  own: Subnetwork,
  policy: IpAllocationPolicy,
): string {
  const { clusterSecondaryRangeName: name, clusterIpv4CidrBlock: text = "" } = policy;
  if (name) {
    checkSecondary("Pod", cluster, own, name);
    return name;
  }
  const cidr = requestedOrChosenRange(context.transaction, cluster, text, podLengths(cluster), "pods");
  return addGkeRange(context, cluster, own, cidr, "pods").podRange.name;
}

function podLengths({ autoIpam, autopilot, maxPodsPerNode }: NewCluster): readonly number[] {
  if (!autoIpam) return [autopilot ? AUTOPILOT_PODS : STANDARD_PODS];
  const node = podRangePerNode(maxPodsPerNode);
  return Array.from({ length: AUTO_IPAM_BITS + 1 }, (_, i) => node - AUTO_IPAM_BITS + i);
}

/** The Service range: the named one, or one that GKE makes. @returns its name; undefined for GKE's managed range */
function addServices(
  context: RequestContext,
  cluster: NewCluster,
  own: Subnetwork,
  policy: IpAllocationPolicy,
): string | undefined {
  const { servicesSecondaryRangeName: name, servicesIpv4CidrBlock: text = "" } = policy;
  if (name) checkSecondary("Services", cluster, own, name);
  if (text === "") return name || undefined;
  const cidr = requestedOrChosenRange(context.transaction, cluster, text, [SERVICES], "services");
  const made = addGkeRange(context, cluster, own, cidr, "services").podRange.name;
  return name || made;
}

/** A private control plane gets a subnetwork of its own. */
function addControlPlane(context: RequestContext, cluster: NewCluster, request: ClusterRequest): void {
  const named = request.privateClusterConfig?.privateEndpointSubnetwork;
  if (named) clusterSubnetwork(context.transaction, cluster, named);
  if (cluster.masterCidr === undefined) return;
  const { region, network, id: madeBy, masterCidr: cidr } = cluster;
  const project = projectOf(network);
  const name = controlPlaneSubnetworkName(cluster);
  const id = subnetworkPath.format({ project, region, name });
  saveSubnetwork(context, undefined, { id, project, region, name, network, cidr, secondary: [], madeBy });
}
