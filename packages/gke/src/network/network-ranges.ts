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
  /** @default in use */
  readonly state?: "draining" | undefined;
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
    ...addresses.furtherSubnets.map(({ name, nodes }) => ({ owner: name, cidr: nodes })),
    ...[
      ...addresses.furtherPods,
      ...addresses.furtherSubnets.map(({ pods }) => pods),
      ...addresses.growth,
      ...addresses.retired,
    ].map(({ name, cidr }) => ({ owner: name, cidr })),
  ]);
}

/**
 * Checks that additional blocks are inside a cluster's growth space, leave it with it, and do not overlap. Other private
 * ranges are fenced, and masquerade and firewall rules do not cover space outside the private ranges.
 *
 * @throws ValidationError with the block's owner and CIDR
 */
export function checkGrowthBlocks(
  where: Construct,
  addresses: GkeClusterAddresses,
  blocks: readonly OwnedBlock[],
): void {
  const parse = ({ name, cidr }: { readonly name: string; readonly cidr: string }) =>
    literalCidr(where, name, cidr);
  const growth = addresses.growth.map(parse);
  for (const { owner, cidr, state } of blocks) {
    const block = literalCidr(where, owner, cidr);
    const retired = addresses.retired.find((one) => parse(one).contains(block));
    if (retired !== undefined) {
      throw new ValidationError(
        where,
        `${owner} ${cidr} is in ${retired.name} ${retired.cidr}, which the plan has retired; remove it`,
      );
    }
    if (growth.length === 0) {
      throw new ValidationError(
        where,
        `${owner} ${cidr} needs growth space, but ${addresses.name} has none; set growthPercent above 0 in the address plan`,
      );
    }
    const space = addresses.growth.find((one) => parse(one).contains(block));
    if (space?.state === "draining" && state === undefined) {
      throw new ValidationError(
        where,
        `${owner} ${cidr} is in ${space.name} ${space.cidr}, which is draining; set state: "draining"`,
      );
    }
    if (space === undefined) {
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
