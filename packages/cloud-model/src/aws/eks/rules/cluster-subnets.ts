import { type RequestContext } from "../../../request-context";
import { subnets } from "../../ec2/documents/subnet";
import { freeAddresses } from "../../ec2/rules/subnet-space";
import { type EksCluster } from "../documents/cluster";
import { ProvisioningError } from "./provisioning-error";
import { invalidParameter } from "./refusals";

/** A subnet, as far as EKS looks at it. */
export interface ClusterSubnet {
  readonly id: string;
  readonly vpcId: string;
  readonly zone: string;
  readonly zoneId: string;
  /** Free addresses. */
  readonly free: number;
}

/** Zones in which EKS runs no control plane (Amazon EKS networking requirements). */
const zonesWithoutEks = ["use1-az3", "usw1-az2", "cac1-az3"];
/** Free addresses that EKS needs in each subnet of a cluster (Amazon EKS networking requirements). */
const minFreeAddresses = 6;

/** Subnets by their ids. @throws ServiceError for one that does not exist, with EC2's code */
export function getSubnets(context: RequestContext, ids: readonly string[]): readonly ClusterSubnet[] {
  return ids.map((id) => {
    const subnet = subnets.find(context, id);
    if (!subnet)
      throw invalidParameter(
        `The subnet ID '${id}' does not exist (Service: AmazonEC2; Status Code: 400; Error Code: InvalidSubnetID.NotFound)`,
      );
    return {
      id,
      vpcId: subnet.VpcId,
      zone: subnet.AvailabilityZone,
      zoneId: subnet.AvailabilityZoneId,
      free: freeAddresses(context.transaction, subnet),
    };
  });
}

/**
 * Checks the subnets of a control plane.
 *
 * @throws ServiceError for subnets of one zone, of several VPCs or in a zone without EKS; ProvisioningError if one has
 * too few free addresses
 */
export function checkControlPlaneSubnets(cluster: string, found: readonly ClusterSubnet[]): void {
  if (new Set(found.map(({ zone }) => zone)).size < 2)
    throw invalidParameter("Subnets specified must be in at least two different AZs");
  if (new Set(found.map(({ vpcId }) => vpcId)).size > 1)
    throw invalidParameter("Subnets specified must belong to the same VPC");
  const closed = found.find(({ zoneId }) => zonesWithoutEks.includes(zoneId));
  if (closed)
    throw invalidParameter(
      `Cannot create cluster '${cluster}' because EKS does not support creating control plane instances in ${closed.zone}, the targeted availability zone. Retry cluster creation using control plane subnets that span at least two of the other availability zones`,
    );
  const full = found.filter(({ free }) => free < minFreeAddresses);
  if (full.length > 0)
    throw new ProvisioningError(
      "InsufficientFreeAddresses",
      `subnets ${full.map(({ id }) => id).join(", ")} need at least ${minFreeAddresses} free addresses for Amazon EKS to manage your cluster`,
    );
}

/**
 * Checks other subnets for a cluster: of its VPC, in exactly the zones that it was created in: no more, and no fewer
 * (EKS user guide, "View Amazon EKS networking requirements for VPC and subnets"; aws/containers-roadmap#2330).
 *
 * @throws ServiceError, ProvisioningError
 */
export function checkOtherSubnets(
  context: RequestContext,
  cluster: EksCluster,
  ids: readonly string[],
): void {
  const found = getSubnets(context, ids);
  checkControlPlaneSubnets(cluster.name, found);
  if (found.some(({ vpcId }) => vpcId !== cluster.vpcId))
    throw invalidParameter("Provided subnets must belong to the VPC of the cluster", "UpdateClusterConfig");
  const zones = zonesOfSubnets(found);
  if (zones.join() !== cluster.zones.join())
    throw invalidParameter(
      `Provided subnets belong to the AZs '${zones.join()}'. But they should belong to the exact set of AZs '${cluster.zones.join()}' in which subnets were provided during cluster creation.`,
      "UpdateClusterConfig",
    );
}

/** The zones of subnets, each once, sorted. */
export const zonesOfSubnets = (found: readonly ClusterSubnet[]): readonly string[] =>
  [...new Set(found.map(({ zone }) => zone))].sort();

/** The first subnet of each zone. */
export const onePerZone = (found: readonly ClusterSubnet[]): readonly ClusterSubnet[] =>
  found.filter(({ zone }, index) => found.findIndex((subnet) => subnet.zone === zone) === index);
