import { baseOf, parseClusterKey } from "../blocks/block-key";
import { type LockedClusterBlock, type LockedClusters } from "../blocks/locked-cluster";
import { type LockedPlan, type LockedSpaceCidr } from "../blocks/required-spaces";
import { AddressPlanError } from "../message/address-plan-error";
import { Prefix } from "../prefix/prefix";
import { type AddressLock, LOCK_FILE, type LockedBlock, type LockEntry, RESTORE } from "./address-lock";

/** The prefix of an entry. @throws AddressPlanError if its CIDR is invalid */
export function lockedPrefix(entry: Pick<LockEntry, "key" | "cidr">): Prefix {
  try {
    return Prefix.parse(entry.cidr, 4);
  } catch (error) {
    throw new AddressPlanError(`${LOCK_FILE}: ${entry.key}`, `${(error as Error).message} (${RESTORE})`);
  }
}

/** The allocations of a lock, by the key of the first block of each kind: `…/eks` also finds `…/eks#2`. */
export class LockedBlocks implements LockedPlan {
  private readonly byBase = new Map<string, LockedBlock[]>();
  /** The blocks of every cluster, by its name in the plan. */
  readonly clusters: LockedClusters;
  readonly spaces: readonly LockedSpaceCidr[];
  /** All blocks. */
  readonly all: readonly LockedBlock[];

  /** @throws AddressPlanError if a CIDR is invalid */
  constructor(readonly lock: AddressLock) {
    const clusters = new Map<string, LockedClusterBlock[]>();
    const all: LockedBlock[] = [];
    for (const entry of lock.allocations) {
      const prefix = lockedPrefix(entry);
      const block = { ...entry, prefix };
      all.push(block);
      push(this.byBase, baseOf(entry.key)[0], block);
      const parsed = parseClusterKey(entry.key);
      if (parsed)
        push(clusters, parsed.cluster, {
          ...parsed,
          key: entry.key,
          prefix,
          state: entry.state,
          podsPerNode: entry.podsPerNode,
        });
    }
    this.clusters = clusters;
    this.all = all;
    this.spaces = lock.spaces.map(({ space, cidr }) => {
      const prefix = lockedPrefix({ key: `space ${space}`, cidr });
      return { space, prefix, inUse: all.some((block) => prefix.contains(block.prefix)) };
    });
  }

  /** All blocks of a kind, in the order of their numbers. */
  of(base: string): readonly LockedBlock[] {
    const blocks = this.byBase.get(base);
    if (blocks === undefined) return NONE;
    return blocks.length === 1 ? blocks : blocks.sort((a, b) => baseOf(a.key)[1] - baseOf(b.key)[1]);
  }
}

const NONE: readonly LockedBlock[] = [];

function push<Item>(groups: Map<string, Item[]>, key: string, item: Item): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
}
