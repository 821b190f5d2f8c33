import { isAround, parseClusterKey, renamedKey } from "../blocks/block-key";
import { type Prefix } from "../prefix/prefix";
import { freeBlocks } from "../prefix/prefix-set";
import {
  type AddressLock,
  type FreedBlock,
  type LeavingState,
  type LockedRename,
  type LockedSpace,
  type LockEntry,
} from "./address-lock";
import { lockedPrefix } from "./locked-blocks";

/** An entry of a merge. */
interface MergeEntry {
  readonly entry: LockEntry;
  readonly prefix: Prefix;
}

/**
 * Merges two locks. A block that only one side has stays, unless the other side freed it. Where both sides gave the same
 * addresses to different blocks, the first side keeps them, and the next update gives the second one others. A block that
 * leaves on one side leaves; an update restores it if the plan requires it.
 *
 * @param first the side whose allocations are kept: the main branch
 * @param base the common ancestor. A receipt that it has is of an earlier time, and frees nothing @default unknown
 * @throws AddressPlanError if a CIDR is invalid
 */
export function mergeLocks(first: AddressLock, second: AddressLock, base?: AddressLock): AddressLock {
  const renamed = mergeRenames(first, second, base);
  const [upper, lower] = [first, second].map((lock) => withNames(lock, renamed)) as [
    AddressLock,
    AddressLock,
  ];
  const theirs = new Map(lower.allocations.map((entry) => [entry.key, entry]));
  const ours = new Set(upper.allocations.map(({ key }) => key));
  const gone = [goneClusters(upper), goneClusters(lower)] as const;
  const [freedByFirst, freedBySecond] = [upper, lower].map((lock) => receiptsByKey(lock, base));
  const old = base && new Map(base.allocations.map((entry) => [entry.key, entry]));
  const merged = upper.allocations
    .filter((entry) => theirs.has(entry.key) || !isFreed(entry, freedBySecond!) || mayBeDeployed(entry, old))
    .map((entry) => {
      const other = theirs.get(entry.key);
      return withPrefix(other === undefined ? entry : mergeEntry(entry, other, upper.allocations, gone));
    });
  const onlyFirst = merged.filter(
    ({ entry }) => !theirs.has(entry.key) || theirs.get(entry.key)!.cidr !== entry.cidr,
  );
  const added = lower.allocations
    .filter((entry) => !ours.has(entry.key) && !isFreed(entry, freedByFirst!))
    .map(withPrefix);
  const spaces = mergeSpaces(first.spaces, second.spaces);
  const isOutside = ({ prefix }: MergeEntry) =>
    spaces.length > 0 && !spaces.some((space) => spacePrefix(space).contains(prefix));
  // EKS keeps a cluster in the zones that it was created in.
  const clusters = new Set(upper.allocations.map(({ key }) => parseClusterKey(key)?.cluster));
  const isLate = ({ entry }: MergeEntry) => {
    const { role, cluster } = parseClusterKey(entry.key) ?? {};
    return role === "control-plane" && clusters.has(cluster);
  };
  const lost = added.filter(
    (other) => isOutside(other) || isLate(other) || onlyFirst.some((own) => collide(own, other)),
  );
  // A subnet is lost with the CIDR around it, also if the first side has another CIDR under the same key.
  const cidrs = new Map(merged.map(({ entry }) => [entry.key, entry.cidr]));
  const others = lower.allocations
    .filter(({ key, cidr }) => (cidrs.get(key) ?? cidr) !== cidr)
    .map(withPrefix);
  const inLost = ({ entry, prefix }: MergeEntry) =>
    [...lost, ...others].some(
      (outer) =>
        isAround(outer.entry.key, entry.key) && outer.prefix.contains(prefix) && !isIn(merged, entry, prefix),
    );
  const allocations = [...merged, ...added.filter((other) => !lost.includes(other) && !inLost(other))];
  return {
    version: 2,
    spaces,
    renamed,
    allocations: allocations.map(({ entry }) => entry),
    freed: unique([...upper.freed, ...lower.freed], ({ key }) => key).filter(
      ({ key, cidr }) => !allocations.some(({ entry }) => entry.key === key && entry.cidr === cidr),
    ),
  };
}

/**
 * The renames of both sides. One of the second side is over if the first side gave its name to a new cluster, or freed the
 * renamed one: a cluster that came back under the name was created with it.
 */
function mergeRenames(
  first: AddressLock,
  second: AddressLock,
  base: AddressLock | undefined,
): readonly LockedRename[] {
  const isKnown = (renames: readonly LockedRename[], { cluster, createdAs }: LockedRename) =>
    renames.some((rename) => rename.cluster === cluster && rename.createdAs === createdAs);
  const clusters = new Set(first.allocations.map(({ key }) => parseClusterKey(key)?.cluster));
  const lasting = second.renamed.filter(
    (rename) =>
      isKnown(first.renamed, rename) ||
      !(clusters.has(rename.cluster) || isKnown(base?.renamed ?? [], rename)),
  );
  return unique([...first.renamed, ...lasting], ({ createdAs }) => createdAs);
}

/** A lock with the names that clusters have after the merge: one side may have renamed what the other side grew. */
function withNames(lock: AddressLock, renamed: readonly LockedRename[]): AddressLock {
  const names = new Map<string, string>();
  for (const { cluster, createdAs } of renamed) {
    const own = lock.renamed.find((rename) => rename.createdAs === createdAs)?.cluster ?? createdAs;
    if (own !== cluster) names.set(own, cluster);
  }
  if (names.size === 0) return lock;
  return {
    ...lock,
    allocations: lock.allocations.map((entry) => ({ ...entry, key: renamedKey(entry.key, names) })),
    freed: lock.freed.map((receipt) => ({ ...receipt, key: renamedKey(receipt.key, names) })),
  };
}

/** The CIDRs of both sides. Of one that overlaps another one of the first side, the rest. */
function mergeSpaces(first: readonly LockedSpace[], second: readonly LockedSpace[]): LockedSpace[] {
  const taken = first.map(spacePrefix);
  return [
    ...first,
    ...second.flatMap((other) =>
      freeBlocks(spacePrefix(other), taken).map((rest) => ({ space: other.space, cidr: rest.toString() })),
    ),
  ];
}

function spacePrefix({ space, cidr }: LockedSpace): Prefix {
  return lockedPrefix({ key: `space ${space}`, cidr });
}

/**
 * Whether the main branch may have deployed a block after another branch freed it: it has it in use, or had when that
 * branch began. If nothing requires it, the next update frees it again.
 */
function mayBeDeployed(
  { key, cidr, state }: LockEntry,
  base: ReadonlyMap<string, LockEntry> | undefined,
): boolean {
  if (state === undefined || base === undefined) return state === undefined;
  const before = base.get(key);
  return before?.cidr !== cidr || before.state === undefined;
}

/** The receipts that a side added, by key. */
function receiptsByKey(
  { freed }: AddressLock,
  base: AddressLock | undefined,
): ReadonlyMap<string, FreedBlock> {
  const isOld = ({ cidr, proof }: FreedBlock) =>
    base?.freed.some((old) => old.cidr === cidr && old.proof === proof) === true;
  return new Map(freed.filter((receipt) => !isOld(receipt)).map((receipt) => [receipt.key, receipt]));
}

/** Whether a receipt covers a block: its own, or that of a block around it. */
function isFreed({ key, cidr }: LockEntry, receipts: ReadonlyMap<string, FreedBlock>): boolean {
  if (receipts.size === 0) return false;
  if (receipts.get(key)?.cidr === cidr) return true;
  const prefix = lockedPrefix({ key, cidr });
  return [...receipts.values()].some(
    (receipt) => isAround(receipt.key, key) && lockedPrefix(receipt).contains(prefix),
  );
}

/** The clusters whose blocks are all retired: they left the plan. */
function goneClusters({ allocations }: AddressLock): ReadonlySet<string> {
  const [gone, living] = [new Set<string>(), new Set<string>()];
  for (const { key, state } of allocations) {
    const cluster = parseClusterKey(key)?.cluster;
    if (cluster !== undefined) (state === "retired" ? gone : living).add(cluster);
  }
  return new Set([...gone].filter((cluster) => !living.has(cluster)));
}

/**
 * @param own the allocations of the side of `entry`
 * @param gone the clusters that left the plan on either side
 */
function mergeEntry(
  entry: LockEntry,
  other: LockEntry,
  own: readonly LockEntry[],
  [ownGone, otherGone]: readonly [ReadonlySet<string>, ReadonlySet<string>],
): LockEntry {
  const wider = isWidened(entry, other, own) ? other : entry;
  const { state: _own, ...kept } = entry;
  const { cluster = "" } = parseClusterKey(entry.key) ?? {};
  const state =
    ownGone.has(cluster) === otherGone.has(cluster)
      ? further(entry.state, other.state)
      : // One side retired the whole cluster. If it stays in the plan, only the other side knows what leaves.
        (ownGone.has(cluster) ? other : entry).state;
  return { ...kept, cidr: wider.cidr, demand: wider.demand, ...(state !== undefined && { state }) };
}

/** Whether the other side widened a primary range in place, and this side did not use the space beside it. */
function isWidened(entry: LockEntry, other: LockEntry, own: readonly LockEntry[]): boolean {
  if (entry.cidr === other.cidr || !WIDENED.test(entry.key)) return false;
  const wide = withPrefix(other);
  return (
    wide.prefix.contains(lockedPrefix(entry)) &&
    !own.some((block) => block.key !== entry.key && collide(wide, withPrefix(block)))
  );
}

/** The only blocks that ever get another CIDR: the primary ranges of GKE clusters. */
const WIDENED = /^google\/.*\/nodes(#\d+)?$/;

function further(a: LeavingState | undefined, b: LeavingState | undefined): LeavingState | undefined {
  if (a === "retired" || b === "retired") return "retired";
  return a ?? b;
}

function withPrefix(entry: LockEntry): MergeEntry {
  return { entry, prefix: lockedPrefix(entry) };
}

/** Whether a block is in one that is around it by plan. */
function isIn(blocks: readonly MergeEntry[], { key }: LockEntry, prefix: Prefix): boolean {
  return blocks.some((outer) => isAround(outer.entry.key, key) && outer.prefix.contains(prefix));
}

/** Whether two blocks have the same addresses without one being inside the other by plan. */
function collide(a: MergeEntry, b: MergeEntry): boolean {
  if (!a.prefix.overlaps(b.prefix)) return false;
  const [outer, inner] = a.prefix.contains(b.prefix) ? [a, b] : [b, a];
  return !isAround(outer.entry.key, inner.entry.key);
}

function unique<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map(items.toReversed().map((item) => [keyOf(item), item])).values()].toReversed();
}
