import { baseOf, parseClusterKey } from "../blocks/block-key";
import { addToGroup } from "../blocks/group";
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

/** The allocations of a lock, by their key, by the key of the first block of their kind, and by cluster. */
export class LockedBlocks implements LockedPlan {
  private readonly byKey = new Map<string, LockedBlock>();
  /** Blocks from the second of each kind on, by the key of the first. */
  private readonly further = new Map<string, LockedBlock[]>();
  /** The blocks of every cluster, by its name in the plan. */
  readonly clusters: LockedClusters;
  readonly spaces: readonly LockedSpaceCidr[];
  /** All blocks. */
  readonly all: readonly LockedBlock[];

  /** @throws AddressPlanError if a CIDR is invalid */
  constructor(readonly lock: AddressLock) {
    const clusters = new Map<string, (LockedBlock & LockedClusterBlock)[]>();
    this.clusters = clusters;
    this.all = lock.allocations.map((entry) => {
      const prefix = lockedPrefix(entry);
      const parsed = parseClusterKey(entry.key);
      if (parsed === undefined) return this.add({ ...entry, prefix }, baseOf(entry.key));
      const { key, cidr, demand, podsPerNode, vpcCidr, state } = entry;
      const { pool, cluster, role, zone, number } = parsed;
      const block = {
        key,
        cidr,
        demand,
        podsPerNode,
        vpcCidr,
        state,
        prefix,
        pool,
        cluster,
        role,
        zone,
        number,
      };
      addToGroup(clusters, cluster, block);
      return this.add(block, number === 1 ? [key, 1] : baseOf(key));
    });
    this.spaces = lock.spaces.map(({ space, cidr }) => {
      const prefix = lockedPrefix({ key: `space ${space}`, cidr });
      return { space, prefix, inUse: this.all.some((block) => prefix.contains(block.prefix)) };
    });
  }

  /** The block of a key. */
  get(key: string): LockedBlock | undefined {
    return this.byKey.get(key);
  }

  /** All blocks of a kind, in the order of their numbers: `…/eks` and `…/eks#2`. */
  of(base: string): readonly LockedBlock[] {
    const first = this.byKey.get(base);
    const further = this.further.get(base);
    if (further === undefined) return first === undefined ? NONE : [first];
    further.sort((a, b) => baseOf(a.key)[1] - baseOf(b.key)[1]);
    return first === undefined ? further : [first, ...further];
  }

  private add(block: LockedBlock, [base, number]: readonly [string, number]): LockedBlock {
    this.byKey.set(block.key, block);
    if (number > 1) addToGroup(this.further, base, block);
    return block;
  }
}

const NONE: readonly LockedBlock[] = [];
