import { baseOf, parseClusterKey, placeOf } from "../blocks/block-key";
import { type BlockKind, type RequiredSpace, type ReservedRange } from "../blocks/required-block";
import { type LockedBlock } from "../lock/address-lock";
import { type AllocatedBlock, type AllocatedSpace } from "./allocated-block";
import { type Container, type PlacedBlock } from "./container";

/** A block whose children are still added. */
interface GrowingBlock extends AllocatedBlock {
  children: GrowingBlock[];
}

/**
 * The spaces with everything in them as a tree: the blocks, those that leave the plan, and reserved ranges.
 *
 * @param leaving blocks in the lock that leave the plan
 */
export function allocatedTree(
  spaces: readonly RequiredSpace[],
  containers: ReadonlyMap<string, Container>,
  leaving: readonly LockedBlock[],
  reserved: readonly ReservedRange[],
): AllocatedSpace[] {
  const roots = spaces.flatMap(({ key, owner }) =>
    containers.get(key)!.cidrs.map((cidr): AllocatedSpace & GrowingBlock => ({
      key: cidr.key,
      space: key,
      prefix: cidr.prefix,
      demand: `/${cidr.prefix.length}`,
      kind: "pool",
      owner,
      children: childrenOf(cidr.placed, containers),
    })),
  );
  for (const block of leaving) insert(roots, leavingBlock(block));
  for (const { prefix, owner } of reserved)
    insert(roots, {
      key: `reserved/${prefix}`,
      prefix,
      demand: `/${prefix.length}`,
      kind: "reserved",
      owner,
      children: [],
    });
  return roots;
}

/** Of most blocks, until something is inserted. */
const NO_CHILDREN: GrowingBlock[] = [];

function childrenOf(
  placed: readonly PlacedBlock[],
  containers: ReadonlyMap<string, Container>,
): GrowingBlock[] {
  return placed
    .map((block): GrowingBlock => {
      const { key, prefix, block: required } = block;
      const { kind, owner, podsPerNode, vpcCidr } = required;
      const inner = required.size.kind === "exact" ? undefined : containers.get(required.key)!;
      const cidr = inner?.cidrs.find((own) => own.key === key);
      const children = cidr === undefined ? NO_CHILDREN : childrenOf(cidr.placed, containers);
      return { key, prefix, demand: demandOf(block, inner), kind, owner, podsPerNode, vpcCidr, children };
    })
    .sort((a, b) => a.prefix.compare(b.prefix));
}

/** Size and reason of one CIDR of a block, for display. */
function demandOf({ prefix, block }: PlacedBlock, container: Container | undefined): string {
  const { size, demand } = block;
  if (size.kind === "content") return `/${prefix.length}: ${demand}`;
  if (size.kind === "exact" && prefix.length < size.length)
    return demand.replace(/^\/\d+/, `/${prefix.length}`);
  return container !== undefined && container.cidrs.length > 1
    ? `/${prefix.length}: part of ${demand}`
    : demand;
}

function leavingBlock({ key, prefix, demand, state, podsPerNode, vpcCidr }: LockedBlock): GrowingBlock {
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
function insert(roots: readonly GrowingBlock[], block: GrowingBlock): void {
  for (const root of roots) {
    if (block.prefix.contains(root.prefix) && block.kind === "reserved") {
      place(root, { ...block, prefix: root.prefix });
    } else if (root.prefix.contains(block.prefix)) {
      let parent = root;
      for (let next: GrowingBlock | undefined = root; next !== undefined;) {
        parent = next;
        next = parent.children.find(({ prefix, kind }) => kind !== "subnet" && prefix.contains(block.prefix));
      }
      place(parent, block);
      return;
    }
  }
}

function place(parent: GrowingBlock, block: GrowingBlock): void {
  parent.children = [...parent.children, block].sort((a, b) => a.prefix.compare(b.prefix));
}
