import { type ClusterDefinition, type PlanDefinition } from "../demand/plan-definition";
import { AddressPlanError } from "../message/address-plan-error";
import { type AllocatedBlock } from "./allocated-block";

/** AWS raises the quota of IPv4 CIDRs per VPC up to this (VPC: "Amazon VPC quotas", L-83CA0A9D). */
const MOST_CIDRS = 50;

/**
 * Checks that no VPC has more CIDRs than its quota. Blocks that leave the plan count until they are freed.
 *
 * @throws AddressPlanError with the quota that is needed
 */
export function checkVpcs(plan: PlanDefinition, spaces: readonly AllocatedBlock[]): void {
  const counts = new Map<string, number>();
  countCidrs(spaces, counts);
  for (const [name, count] of counts) {
    const cluster = plan.clusters[name];
    if (cluster?.cloud !== "aws" || count <= cluster.vpcCidrQuota) continue;
    const own = cidrsOf(spaces, name);
    const path = `clusters.${name}.vpcCidrQuota`;
    const need = `its VPC needs ${own.length} CIDRs (${own.join(", ")})`;
    if (own.length > MOST_CIDRS)
      throw new AddressPlanError(
        path,
        `${need}, and AWS allows at most ${MOST_CIDRS}; ${lessDemand(name, cluster, own.length)}, and plan the others as another cluster`,
      );
    throw new AddressPlanError(
      path,
      `${need}, but the quota is ${cluster.vpcCidrQuota}; set ${path} to ${own.length}, and request the quota L-83CA0A9D of the account before you deploy`,
    );
  }
}

/** Counts the CIDRs of VPCs and the ranges of GKE clusters by cluster. */
function countCidrs(blocks: readonly AllocatedBlock[], counts: Map<string, number>): void {
  for (const block of blocks)
    if (isOfCluster(block)) counts.set(block.owner, (counts.get(block.owner) ?? 0) + 1);
    else if (block.children.length > 0) countCidrs(block.children, counts);
}

function cidrsOf(blocks: readonly AllocatedBlock[], cluster: string): string[] {
  return blocks.flatMap((block) => {
    if (!isOfCluster(block)) return cidrsOf(block.children, cluster);
    return block.owner === cluster ? [block.prefix.toString()] : [];
  });
}

function isOfCluster({ kind }: AllocatedBlock): boolean {
  return kind === "cluster" || kind === "pods" || kind === "growth";
}

/** A demand whose blocks have room in the VPC: they are rounded up to powers of two, so half of the share. */
function lessDemand(name: string, { nodes, pods }: ClusterDefinition, cidrs: number): string {
  const share = (count: number) => Math.max(1, Math.floor((count * MOST_CIDRS) / cidrs / 2));
  return `set clusters.${name}.nodes to ${share(nodes)} and set clusters.${name}.pods to ${share(pods)}`;
}
