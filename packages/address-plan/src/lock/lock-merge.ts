import { isAround, parseClusterKey, renamedKey } from "../blocks/block-key";
import { type Prefix } from "../prefix/prefix";
import {
  type AddressLock,
  type FreedBlock,
  type LeavingState,
  type LockedRename,
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
 * @throws AddressPlanError if a CIDR is invalid
 */
export function mergeLocks(first: AddressLock, second: AddressLock): AddressLock {
  const renamed = unique([...first.renamed, ...second.renamed], ({ createdAs }) => createdAs);
  const [upper, lower] = [first, second].map((lock) => withNames(lock, renamed)) as [
    AddressLock,
    AddressLock,
  ];
  const theirs = new Map(lower.allocations.map((entry) => [entry.key, entry]));
  const ours = new Set(upper.allocations.map(({ key }) => key));
  const [upperGone, lowerGone] = [goneClusters(upper), goneClusters(lower)];
  const [freedByFirst, freedBySecond] = [upper.freed, lower.freed].map(receiptsByKey);
  const merged = upper.allocations
    .filter(({ key, cidr }) => theirs.has(key) || !isFreed(key, cidr, freedBySecond!))
    .map((entry) => withPrefix(mergeEntry(entry, theirs.get(entry.key), [upperGone, lowerGone])));
  const onlyFirst = merged.filter(
    ({ entry }) => !theirs.has(entry.key) || theirs.get(entry.key)!.cidr !== entry.cidr,
  );
  const added = lower.allocations
    .filter(({ key, cidr }) => !ours.has(key) && !isFreed(key, cidr, freedByFirst!))
    .map(withPrefix);
  const lost = added.filter((other) => onlyFirst.some((own) => collide(own, other)));
  const inLost = ({ entry, prefix }: MergeEntry) =>
    lost.some((outer) => isAround(outer.entry.key, entry.key) && outer.prefix.contains(prefix));
  const allocations = [...merged, ...added.filter((other) => !lost.includes(other) && !inLost(other))];
  return {
    version: 2,
    spaces: unique([...first.spaces, ...second.spaces], ({ space, cidr }) => `${space} ${cidr}`),
    renamed,
    allocations: allocations.map(({ entry }) => entry),
    freed: unique([...upper.freed, ...lower.freed], ({ key }) => key).filter(
      ({ key, cidr }) => !allocations.some(({ entry }) => entry.key === key && entry.cidr === cidr),
    ),
  };
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
  };
}

function receiptsByKey(freed: readonly FreedBlock[]): ReadonlyMap<string, FreedBlock> {
  return new Map(freed.map((receipt) => [receipt.key, receipt]));
}

/** Whether a receipt covers a block: its own, or that of a block around it. */
function isFreed(key: string, cidr: string, receipts: ReadonlyMap<string, FreedBlock>): boolean {
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

/** @param gone the clusters that left the plan on either side */
function mergeEntry(
  entry: LockEntry,
  other: LockEntry | undefined,
  [ownGone, otherGone]: readonly [ReadonlySet<string>, ReadonlySet<string>],
): LockEntry {
  if (other === undefined) return entry;
  const wider = withPrefix(other).prefix.contains(withPrefix(entry).prefix) ? other : entry;
  const { state: _own, ...kept } = entry;
  const { cluster = "" } = parseClusterKey(entry.key) ?? {};
  const state =
    ownGone.has(cluster) === otherGone.has(cluster)
      ? further(entry.state, other.state)
      : // One side retired the whole cluster. If it stays in the plan, only the other side knows what leaves.
        (ownGone.has(cluster) ? other : entry).state;
  return { ...kept, cidr: wider.cidr, demand: wider.demand, ...(state !== undefined && { state }) };
}

function further(a: LeavingState | undefined, b: LeavingState | undefined): LeavingState | undefined {
  if (a === "retired" || b === "retired") return "retired";
  return a ?? b;
}

function withPrefix(entry: LockEntry): MergeEntry {
  return { entry, prefix: lockedPrefix(entry) };
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
