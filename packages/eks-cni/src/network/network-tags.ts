import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";

/** Tag key under which every resource of a cluster's network is found: its value is the cluster's name. */
export const CLUSTER_TAG = "cluster-ipam/cluster";

/** Tag key of a subnet's role in the network: its value is a {@link SubnetRole}. */
export const ROLE_TAG = "cluster-ipam/role";

/** What a subnet is for. */
export type SubnetRole = "public" | "control-plane" | "node" | "pod";

/** Tag key the VPC CNI's subnet discovery looks for. */
const CNI_ROLE = "kubernetes.io/role/cni";

/** What the VPC CNI release that runs in the cluster makes of tags. */
export interface TagSemantics {
  /** The value "0" keeps pods out of a subnet (1.22.0); before, any value invites them in. */
  readonly excludesByZero: boolean;
  /** A subnet can be kept for one cluster (1.22.1). */
  readonly filtersByCluster: boolean;
}

/**
 * Tags by which the VPC CNI, Karpenter and the AWS Load Balancer Controller find a subnet.
 *
 * Pod subnets carry no load balancer tag: load balancers would take their addresses.
 */
export function discoveryTags(
  role: SubnetRole,
  cluster: string,
  cni: TagSemantics,
): Readonly<Record<string, string>> {
  switch (role) {
    case "public":
      return { "kubernetes.io/role/elb": "1" };
    case "control-plane":
      return {};
    case "node":
      return {
        "karpenter.sh/discovery": cluster,
        "kubernetes.io/role/internal-elb": "1",
        ...(cni.excludesByZero ? { [CNI_ROLE]: "0" } : {}),
      };
    case "pod":
      return {
        [CNI_ROLE]: "1",
        ...(cni.filtersByCluster ? { [`cni.networking.k8s.aws/cluster/${cluster}`]: "shared" } : {}),
      };
  }
}

/** What the CNI, Karpenter and the load balancer controller look for: a subnet has it, or has it not. */
const DISCOVERY_KEY = /^(kubernetes\.io|cni\.networking\.k8s\.aws|karpenter\.sh)\//;

/**
 * Refuses discovery tags among the tags of every resource: they would open the public, control-plane and node
 * subnets, which leave them out on purpose.
 *
 * @throws ValidationError that names the tag
 */
export function checkStackTags(where: Construct, tags: Readonly<Record<string, string>>): void {
  const key = Object.keys(tags).find((name) => DISCOVERY_KEY.test(name));
  if (key === undefined) return;
  throw new ValidationError(
    where,
    `tag ${key} would be on every subnet, and pods, nodes or load balancers would take addresses in all of them; leave it out, the subnets that need it have it`,
  );
}
