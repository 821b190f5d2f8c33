import { baseOf, parseClusterKey, placeOf } from "../blocks/block-key";
import { type BlockKind, type ReservedRange } from "../blocks/required-block";
import { type LockedBlock } from "../lock/address-lock";
import { type AllocatedSpace } from "./allocated-block";
import { type BlockAllocator } from "./block-allocator";
import { type PlacedBlock } from "./placed-block";

/**
 * The spaces with everything in them as a tree: the blocks, those that leave the plan, and reserved ranges.
 *
 * @param leaving blocks in the lock that leave the plan
 */
export function allocatedTree(
  { spaces, containers }: BlockAllocator,
  leaving: readonly LockedBlock[],
  reserved: readonly ReservedRange[],
): readonly AllocatedSpace[] {
  for (const { cidrs } of containers.values()) for (const { placed } of cidrs) sortByAddress(placed);
  for (const block of leaving) insert(spaces, leavingBlock(block));
  for (const { prefix, owner } of reserved)
    insert(spaces, {
      key: `reserved/${prefix}`,
      prefix,
      demand: `/${prefix.length}`,
      kind: "reserved",
      owner,
      children: [],
    });
  return spaces;
}

function sortByAddress(blocks: PlacedBlock[]): void {
  // New blocks are in order. A fleet has 10,000 lists, and each sort() makes 1.4 kB of garbage.
  for (let index = 1; index < blocks.length; index++)
    if (blocks[index - 1]!.prefix.compare(blocks[index]!.prefix) > 0) {
      blocks.sort((a, b) => a.prefix.compare(b.prefix));
      return;
    }
}

function leavingBlock({ key, prefix, demand, state, podsPerNode, vpcCidr }: LockedBlock): PlacedBlock {
  const cluster = parseClusterKey(key);
  const kind = cluster === undefined ? "pool" : kindOf(cluster.role, cluster.zone);
  return {
    key,
    prefix,
    demand,
    kind,
    owner: cluster?.cluster ?? ownerOfPool(key),
    state,
    podsPerNode,
    vpcCidr,
    children: [],
  };
}

function kindOf(role: string, zone: string | undefined): BlockKind {
  if (role === "vpc") return "cluster";
  if (role === "growth" || (role === "pods" && zone === undefined)) return role;
  return "subnet";
}

function ownerOfPool(key: string): string {
  const [base] = baseOf(key);
  const { cloud, region, environment } = placeOf(base);
  return environment === undefined ? `${cloud} ${region}` : environment;
}

/** Inserts a block, or the part of it that is in a space, at the deepest block around it. */
function insert(roots: readonly PlacedBlock[], block: PlacedBlock): void {
  for (const root of roots) {
    if (block.prefix.contains(root.prefix) && block.kind === "reserved") {
      place(root, { ...block, prefix: root.prefix });
    } else if (root.prefix.contains(block.prefix)) {
      let parent = root;
      for (let next: PlacedBlock | undefined = root; next !== undefined;) {
        parent = next;
        next = parent.children.find(({ prefix, kind }) => kind !== "subnet" && prefix.contains(block.prefix));
      }
      place(parent, block);
      return;
    }
  }
}

function place(parent: PlacedBlock, block: PlacedBlock): void {
  parent.children = [...parent.children, block].sort((a, b) => a.prefix.compare(b.prefix));
}
