import { parseClusterKey, placeOf, baseOf } from "../blocks/block-key";
import { type Prefix } from "../prefix/prefix";
import { type AddressLock, type FreedBlock, type LeavingState, type LockEntry } from "./address-lock";
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
  const theirs = new Map(second.allocations.map((entry) => [entry.key, entry]));
  const ours = new Set(first.allocations.map(({ key }) => key));
  const [freedByFirst, freedBySecond] = [first.freed, second.freed].map(receiptsByKey);
  const merged = first.allocations
    .filter(({ key, cidr }) => theirs.has(key) || !isFreed(key, cidr, freedBySecond!))
    .map((entry) => withPrefix(mergeEntry(entry, theirs.get(entry.key))));
  const onlyFirst = merged.filter(
    ({ entry }) => !theirs.has(entry.key) || theirs.get(entry.key)!.cidr !== entry.cidr,
  );
  const added = second.allocations
    .filter(({ key, cidr }) => !ours.has(key) && !isFreed(key, cidr, freedByFirst!))
    .map(withPrefix)
    .filter(({ entry, prefix }) => !onlyFirst.some((other) => collide(other, { entry, prefix })));
  const allocations = [...merged, ...added];
  return {
    version: 2,
    spaces: unique([...first.spaces, ...second.spaces], ({ space, cidr }) => `${space} ${cidr}`),
    renamed: unique([...first.renamed, ...second.renamed], ({ cluster }) => cluster),
    allocations: allocations.map(({ entry }) => entry),
    freed: unique([...first.freed, ...second.freed], ({ key }) => key).filter(
      ({ key, cidr }) => !allocations.some(({ entry }) => entry.key === key && entry.cidr === cidr),
    ),
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

function mergeEntry(entry: LockEntry, other: LockEntry | undefined): LockEntry {
  if (other === undefined) return entry;
  const state = further(entry.state, other.state);
  const wider = withPrefix(other).prefix.contains(withPrefix(entry).prefix) ? other : entry;
  return { ...entry, cidr: wider.cidr, demand: wider.demand, ...(state !== undefined && { state }) };
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

/** Whether the block of one key may have the other inside: a pool its pools and clusters, a VPC its subnets. */
export function isAround(outer: string, inner: string): boolean {
  const [pool, block] = [parseClusterKey(outer), parseClusterKey(inner)];
  if (pool !== undefined)
    return (
      block?.cluster === pool.cluster &&
      block.pool === pool.pool &&
      block.zone !== undefined &&
      pool.zone === undefined &&
      (pool.role === "vpc" ? block.role !== "pods" : pool.role === block.role)
    );
  const [outerSegments, innerSegments] = [baseOf(outer)[0], baseOf(inner)[0]].map((key) => key.split("/"));
  if (outerSegments!.length >= innerSegments!.length) return false;
  if (outerSegments!.length === 4) return block?.pool === baseOf(outer)[0];
  const [around, within] = [placeOf(baseOf(outer)[0]), placeOf(inner)];
  // Regions and environments have the name of their space as a suffix.
  const isPart = (name: string, full: string) =>
    full === name || full.startsWith(`${name}-`) || name.startsWith(`${full}-`);
  if (around.cloud !== within.cloud || !isPart(within.region, around.region)) return false;
  return around.environment === undefined || isPart(within.environment ?? "", around.environment);
}

function unique<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map(items.toReversed().map((item) => [keyOf(item), item])).values()].toReversed();
}
