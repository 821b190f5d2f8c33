import { type GkeClusterAddresses, type Prefix } from "@cluster-ipam/address-plan";
import { literalCidr, ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";

/** A block of a cluster. */
export interface ClusterBlock {
  /** `nodes`, `pods`, `control-plane`, or the block's name: `pods-2`, `growth`. */
  readonly role: string;
  readonly cidr: Prefix;
  /**
   * `draining`: nothing may start to use the block. `retired`: nothing uses it any more.
   * @default in use
   */
  readonly state?: "draining" | "retired" | undefined;
}

/** The blocks of a cluster in an address plan. */
export interface ClusterBlocks {
  readonly nodes: ClusterBlock;
  readonly controlPlane: ClusterBlock;
  /** The pod range and every further block, retired ones included. */
  readonly others: readonly ClusterBlock[];
}

/** The blocks of a cluster, checked. @throws ValidationError for an invalid CIDR and blocks that overlap */
export function clusterBlocks(where: Construct, addresses: GkeClusterAddresses): ClusterBlocks {
  const block = (role: string, cidr: string, state?: ClusterBlock["state"]): ClusterBlock => ({
    role,
    cidr: literalCidr(where, `${addresses.name}'s ${role} block`, cidr),
    state,
  });
  const nodes = block("nodes", addresses.nodes);
  const controlPlane = block("control-plane", addresses.controlPlane);
  const others = [
    block("pods", addresses.pods),
    ...addresses.furtherPods.map(({ name, cidr, state }) => block(name, cidr, state)),
    ...addresses.furtherSubnets.flatMap((subnet) => [
      block(subnet.name, subnet.nodes, subnet.state),
      block(subnet.pods.name, subnet.pods.cidr, subnet.state ?? subnet.pods.state),
    ]),
    ...addresses.growth.map(({ name, cidr, state }) => block(name, cidr, state)),
    ...addresses.retired.map(({ name, cidr }) => block(name, cidr, "retired")),
  ];
  checkApart(where, [nodes, ...others, controlPlane]);
  return { nodes, controlPlane, others };
}

function checkApart(where: Construct, blocks: readonly ClusterBlock[]): void {
  blocks.forEach(({ role, cidr }, i) => {
    const other = blocks.slice(0, i).find((before) => before.cidr.overlaps(cidr));
    if (!other) return;
    throw new ValidationError(
      where,
      `the ${role} block ${cidr} overlaps the ${other.role} block ${other.cidr}; use the blocks of the address plan`,
    );
  });
}
