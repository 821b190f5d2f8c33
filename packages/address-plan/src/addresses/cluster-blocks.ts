import { type AllocatedBlock } from "../allocation/allocated-block";
import { type ClusterBlockKey, numberedName, parseClusterKey } from "../blocks/block-key";
import { type ZoneSubnet } from "../capacity/zone-subnet";
import { type NamedBlock, type SubnetSet } from "./cluster-addresses";

/** A block of a cluster with its key taken apart. */
export interface ClusterBlock extends ClusterBlockKey {
  readonly block: AllocatedBlock;
}

/** The blocks of every cluster, by its name in the plan. */
export function clusterBlocks(roots: readonly AllocatedBlock[]): Map<string, ClusterBlock[]> {
  const blocks = new Map<string, ClusterBlock[]>();
  const visit = (block: AllocatedBlock): void => {
    const parsed =
      block.kind === "pool" || block.kind === "reserved" ? undefined : parseClusterKey(block.key);
    if (parsed !== undefined) {
      const own = blocks.get(parsed.cluster);
      if (own) own.push({ ...parsed, block });
      else blocks.set(parsed.cluster, [{ ...parsed, block }]);
    }
    block.children.forEach(visit);
  };
  roots.forEach(visit);
  return blocks;
}

/** The blocks of a role that are not subnets, in the order of their numbers. */
export function rangesOf(blocks: readonly ClusterBlock[], role: string): ClusterBlock[] {
  return blocks
    .filter((block) => block.role === role && block.zone === undefined)
    .sort((a, b) => a.number - b.number);
}

/** The blocks of a role by name, without retired ones. */
export function namedBlocks(blocks: readonly ClusterBlock[], role: string): NamedBlock[] {
  return rangesOf(blocks, role)
    .filter(({ block }) => block.state !== "retired")
    .map(namedBlock);
}

/** A block with its name. */
export function namedBlock({ role, number, block }: ClusterBlock): NamedBlock {
  return { name: numberedName(role, number), cidr: block.prefix.toString(), ...draining(block) };
}

/** The subnets of a role, by set, in the order of the zones. Retired ones are left out. */
export function subnetSets(
  blocks: readonly ClusterBlock[],
  role: string,
  order: (zone: string) => number,
): SubnetSet[] {
  const sets = new Map<number, { zone: string; subnet: ZoneSubnet }[]>();
  for (const { role: own, zone, number, block } of blocks) {
    if (own !== role || zone === undefined || block.state === "retired") continue;
    const subnet = { zone, cidr: block.prefix.toString(), ...draining(block) };
    sets.set(number, [...(sets.get(number) ?? []), { zone, subnet }]);
  }
  return [...sets]
    .sort(([a], [b]) => a - b)
    .map(([number, subnets]) => ({
      name: numberedName(role, number),
      subnets: subnets.sort((a, b) => order(a.zone) - order(b.zone)).map(({ subnet }) => subnet),
    }));
}

function draining({ state }: AllocatedBlock): { state?: "draining" } {
  return state === undefined ? {} : { state: "draining" };
}
