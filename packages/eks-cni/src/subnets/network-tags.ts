import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";

/** Tag key of the resources of a cluster's network. Its value is the cluster's name. */
export const CLUSTER_TAG = "cluster-ipam/cluster";

/** Tag key of a subnet's role. Its value is a {@link SubnetRole}. */
export const ROLE_TAG = "cluster-ipam/role";

/** The purposes of subnets. */
export const SUBNET_ROLES = ["public", "control-plane", "node", "pod"] as const;

/** Purpose of a subnet. */
export type SubnetRole = (typeof SUBNET_ROLES)[number];

/** Tag key of the VPC CNI's subnet discovery. */
const CNI_ROLE = "kubernetes.io/role/cni";

/** How a VPC CNI release interprets subnet tags. */
export interface TagSemantics {
  /** The value "0" closes a subnet to pods (since 1.22.0). Earlier releases use the subnet with any value. */
  readonly excludesByZero: boolean;
  /** A subnet can be restricted to one cluster (since 1.22.1). */
  readonly filtersByCluster: boolean;
}

/**
 * Tags by which the VPC CNI, Karpenter and the AWS Load Balancer Controller discover a subnet.
 *
 * Pod subnets have no load balancer tag, because load balancers would use their addresses. A draining subnet has none of
 * these tags, and is closed to pods if the CNI release can do that.
 */
export function discoveryTags(
  { role, state }: { readonly role: SubnetRole; readonly state?: "draining" },
  clusterName: string,
  cni: TagSemantics,
): Readonly<Record<string, string>> {
  const closed: Readonly<Record<string, string>> = cni.excludesByZero ? { [CNI_ROLE]: "0" } : {};
  const draining = state === "draining";
  switch (role) {
    case "public":
      return draining ? {} : { "kubernetes.io/role/elb": "1" };
    case "control-plane":
      return {};
    case "node":
      return {
        ...(draining
          ? {}
          : { "karpenter.sh/discovery": clusterName, "kubernetes.io/role/internal-elb": "1" }),
        ...closed,
      };
    case "pod":
      if (draining) return closed;
      return {
        [CNI_ROLE]: "1",
        ...(cni.filtersByCluster ? { [`cni.networking.k8s.aws/cluster/${clusterName}`]: "shared" } : {}),
      };
  }
}

/** Tag keys of the CNI, Karpenter and the load balancer controller. */
const DISCOVERY_KEY = /^(kubernetes\.io|cni\.networking\.k8s\.aws|karpenter\.sh)\//;

/**
 * Rejects discovery tags in a stack's tags: they would apply to every subnet, including those that omit them on
 * purpose.
 *
 * @throws ValidationError with the tag
 */
export function checkStackTags(where: Construct, tags: Readonly<Record<string, string>>): void {
  const key = Object.keys(tags).find((name) => DISCOVERY_KEY.test(name));
  if (key === undefined) return;
  throw new ValidationError(
    where,
    `the tag ${key} would apply to every subnet, so pods, nodes or load balancers would use addresses in all of them; remove it, the subnets that need it have it`,
  );
}
