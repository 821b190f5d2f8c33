import { DiagnosticError } from "@cluster-ipam/terraform-provider";
import { freeAddresses, subnets } from "@cluster-ipam/cloud-model/aws/ec2";
import { type ResourceContext } from "../../resource-model";
import { invalidParameter } from "./refusals";

/** A subnet as EKS looks at it. */
export interface ClusterSubnet {
  readonly id: string;
  readonly vpcId: string;
  readonly zone: string;
  readonly zoneId: string;
  /** Free addresses. */
  readonly free: number;
}

/** Zones in which EKS puts no control plane (Amazon EKS networking requirements). */
const closedZones = ["use1-az3", "usw1-az2", "cac1-az3"];
/** Free addresses EKS needs in each subnet of a cluster (Amazon EKS networking requirements). */
const roomForControlPlane = 6;

/** Subnets by their ids. @throws ServiceError for one that does not stand, in EC2's code */
export function subnetsNamed(context: ResourceContext, ids: readonly string[]): readonly ClusterSubnet[] {
  return ids.map((id) => {
    const subnet = subnets.find(context, id);
    if (!subnet)
      throw invalidParameter(
        `The subnet ID '${id}' does not exist (Service: AmazonEC2; Status Code: 400; Error Code: InvalidSubnetID.NotFound)`,
      );
    const { VpcId, AvailabilityZone, AvailabilityZoneId } = subnet;
    return {
      id,
      vpcId: VpcId,
      zone: AvailabilityZone,
      zoneId: AvailabilityZoneId,
      free: freeAddresses(context.transaction, subnet),
    };
  });
}

/**
 * Checks where a control plane is to be.
 *
 * @throws ServiceError for subnets of one zone, of several VPCs or in a zone without EKS; DiagnosticError
 * when there is no room, which EKS finds out after it accepted the cluster
 */
export function checkControlPlaneSubnets(cluster: string, found: readonly ClusterSubnet[]): void {
  if (new Set(found.map(({ zone }) => zone)).size < 2)
    throw invalidParameter("Subnets specified must be in at least two different AZs");
  if (new Set(found.map(({ vpcId }) => vpcId)).size > 1)
    throw invalidParameter("Subnets specified must belong to the same VPC");
  const closed = found.find(({ zoneId }) => closedZones.includes(zoneId));
  if (closed)
    throw invalidParameter(
      `Cannot create cluster '${cluster}' because EKS does not support creating control plane instances in ${closed.zone}, the targeted availability zone. Retry cluster creation using control plane subnets that span at least two of the other availability zones`,
    );
  const full = found.filter(({ free }) => free < roomForControlPlane);
  if (full.length > 0)
    throw new DiagnosticError({
      summary: `waiting for EKS Cluster (${cluster}) create: unexpected state 'FAILED', wanted target 'ACTIVE'. last error: InsufficientFreeAddresses: subnets ${full.map(({ id }) => id).join(", ")} need at least ${roomForControlPlane} free addresses for Amazon EKS to manage your cluster`,
    });
}
