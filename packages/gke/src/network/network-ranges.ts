import { Token } from "cdktf";
import { type Construct } from "constructs";
import { AddressPlanError, type GkeClusterAddresses, Prefix } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";

/** Range of ClusterIP Services on clusters without one of their own; the same in every cluster, never routed. */
export const MANAGED_SERVICES_RANGE = "34.118.224.0/20";

/** A block that a cluster takes, and what for. */
export interface OwnedBlock {
  /** For people: `nodes`, `control plane`, `pod range "batch"`. */
  readonly owner: string;
  readonly cidr: string;
}

/**
 * Proves that the plan's blocks for a cluster lie apart from each other and from GKE's Services range.
 *
 * @throws ValidationError with both owners and both CIDRs
 */
export function checkPlannedBlocks(where: Construct, cluster: GkeClusterAddresses): void {
  if (parse(where, "control plane", cluster.controlPlane).length !== 28) {
    throw new ValidationError(
      where,
      `the control plane takes a /28 but has ${cluster.controlPlane}; plan a /28`,
    );
  }
  checkApart(where, [
    { owner: "GKE-managed Services", cidr: MANAGED_SERVICES_RANGE },
    { owner: "nodes", cidr: cluster.nodes },
    { owner: "control plane", cidr: cluster.controlPlane },
    { owner: "pods", cidr: cluster.pods },
    ...cluster.growth.map(({ name, cidr }) => ({ owner: name, cidr })),
  ]);
}

/**
 * Proves that further blocks lie inside a cluster's growth space, apart from each other: the rest of the private ranges
 * is fenced off, and space outside them is missed by masquerade and firewall rules.
 *
 * @throws ValidationError with the block's owner and CIDR
 */
export function checkGrowthBlocks(
  where: Construct,
  cluster: GkeClusterAddresses,
  blocks: readonly OwnedBlock[],
): void {
  const growth = cluster.growth.map(({ name, cidr }) => parse(where, name, cidr));
  for (const { owner, cidr } of blocks) {
    if (growth.length === 0) {
      throw new ValidationError(
        where,
        `${owner} ${cidr} has no place: ${cluster.name} has no growth space; plan it with growthPercent above 0`,
      );
    }
    const block = parse(where, owner, cidr);
    if (!growth.some((space) => space.contains(block))) {
      throw new ValidationError(
        where,
        `${owner} ${cidr} lies outside the growth space ${growth.join(", ")} of ${cluster.name}; take a block inside it`,
      );
    }
  }
  checkApart(where, blocks);
}

function checkApart(where: Construct, blocks: readonly OwnedBlock[]): void {
  const prefixes = blocks.map(({ owner, cidr }) => parse(where, owner, cidr));
  blocks.forEach(({ owner, cidr }, i) => {
    const other = blocks.slice(0, i).find((_, j) => prefixes[j]?.overlaps(prefixes[i] as Prefix));
    if (other === undefined) return;
    throw new ValidationError(
      where,
      `${owner} ${cidr} overlaps ${other.owner} ${other.cidr}; give ${owner} free space of the plan`,
    );
  });
}

function parse(where: Construct, owner: string, cidr: string): Prefix {
  if (Token.isUnresolved(cidr)) {
    throw new ValidationError(
      where,
      `${owner} has a CIDR that is known after apply only; write it as a literal from the address plan`,
    );
  }
  try {
    return Prefix.parse(cidr, 4);
  } catch (error) {
    if (error instanceof AddressPlanError) throw new ValidationError(where, `${owner}: ${error.message}`);
    throw error;
  }
}
