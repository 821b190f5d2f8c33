import { type ExistingCluster } from "../landscape/existing-cluster";
import { type ExistingRange } from "../landscape/existing-range";
import { PUBLIC } from "../read/aws-answer";

/** What a subnet of an existing VPC is to a cluster. `existing` is for something else, and stays. */
export type ExistingRole = "public" | "nodes" | "control-plane" | "pods" | "existing";

/**
 * What the subnets of a VPC are to its cluster: node groups name those of nodes, tags or addresses those that are public. Subnets of
 * a secondary CIDR without nodes are for pods, as custom networking and subnet discovery place them.
 *
 * @param cluster the cluster in the VPC @default none: private subnets are for nodes
 */
export function subnetRoles(
  vpc: readonly ExistingRange[],
  subnets: readonly ExistingRange[],
  cluster: ExistingCluster | undefined,
): ReadonlyMap<string, ExistingRole> {
  const primary = vpc.find((range) => range.primary);
  const ofNodes = new Set(cluster?.nodes.flatMap((nodes) => nodes.subnets));
  const roles = new Map<string, ExistingRole>();
  for (const subnet of subnets) {
    const { id, tags } = subnet;
    const isSecondary = primary !== undefined && !primary.prefix.contains(subnet.prefix);
    const isPublic = tags[PUBLIC] === "true" || tags["kubernetes.io/role/elb"] !== undefined;
    const isNamed = cluster?.subnets.includes(id) === true;
    if (ofNodes.has(id)) roles.set(id, "nodes");
    else if (isPublic) roles.set(id, "public");
    else if (isSecondary && !isNamed) roles.set(id, "pods");
    else if (isNamed) roles.set(id, ofNodes.size === 0 ? "nodes" : "control-plane");
    else roles.set(id, cluster === undefined ? "nodes" : "existing");
  }
  // Karpenter and self-managed nodes are in no node group: then the private subnets have them.
  if (![...roles.values()].includes("nodes"))
    for (const [id, role] of roles)
      if (role === "existing" || role === "control-plane") roles.set(id, "nodes");
  return roles;
}
