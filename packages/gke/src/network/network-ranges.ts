import { type Construct } from "constructs";
import { type GkeClusterAddresses, type Prefix } from "@cluster-ipam/address-plan";
import { literalCidr, ValidationError } from "@cluster-ipam/blueprint-core";

/** GKE's managed range of ClusterIP Services. It is the same in every cluster and never routed. */
const MANAGED_SERVICES_RANGE = "34.118.224.0/20";

/** A block of a cluster and its purpose. */
export interface OwnedBlock {
  /** Purpose, for errors: `nodes`, `control plane`, `pod range "batch"`. */
  readonly owner: string;
  readonly cidr: string;
}

/**
 * Checks that a cluster's planned blocks do not overlap each other or GKE's Services range.
 *
 * @throws ValidationError with both owners and both CIDRs
 */
export function checkPlannedBlocks(where: Construct, addresses: GkeClusterAddresses): void {
  if (literalCidr(where, "control plane", addresses.controlPlane).length !== 28) {
    throw new ValidationError(
      where,
      `the control plane needs a /28 but has ${addresses.controlPlane}; plan a /28`,
    );
  }
  checkApart(where, [
    { owner: "GKE-managed Services", cidr: MANAGED_SERVICES_RANGE },
    { owner: "nodes", cidr: addresses.nodes },
    { owner: "control plane", cidr: addresses.controlPlane },
    { owner: "pods", cidr: addresses.pods },
    ...addresses.growth.map(({ name, cidr }) => ({ owner: name, cidr })),
  ]);
}

/**
 * Checks that additional blocks are inside a cluster's growth space and do not overlap. Other private ranges are
 * fenced, and masquerade and firewall rules do not cover space outside the private ranges.
 *
 * @throws ValidationError with the block's owner and CIDR
 */
export function checkGrowthBlocks(
  where: Construct,
  addresses: GkeClusterAddresses,
  blocks: readonly OwnedBlock[],
): void {
  const growth = addresses.growth.map(({ name, cidr }) => literalCidr(where, name, cidr));
  for (const { owner, cidr } of blocks) {
    if (growth.length === 0) {
      throw new ValidationError(
        where,
        `${owner} ${cidr} needs growth space, but ${addresses.name} has none; set growthPercent above 0 in the address plan`,
      );
    }
    const block = literalCidr(where, owner, cidr);
    if (!growth.some((space) => space.contains(block))) {
      throw new ValidationError(
        where,
        `${owner} ${cidr} is outside the growth space ${growth.join(", ")} of ${addresses.name}; use a block inside it`,
      );
    }
  }
  checkApart(where, blocks);
}

function checkApart(where: Construct, blocks: readonly OwnedBlock[]): void {
  const prefixes = blocks.map(({ owner, cidr }) => literalCidr(where, owner, cidr));
  blocks.forEach(({ owner, cidr }, i) => {
    const other = blocks.slice(0, i).find((_, j) => prefixes[j]?.overlaps(prefixes[i] as Prefix));
    if (other === undefined) return;
    throw new ValidationError(
      where,
      `${owner} ${cidr} overlaps ${other.owner} ${other.cidr}; move ${owner} to free space of the address plan`,
    );
  });
}
