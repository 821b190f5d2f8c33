import { type AddressLock, LOCK_FILE, type LockEntry, RESTORE } from "../lock/address-lock";
import { AddressPlanError } from "../message/address-plan-error";
import { FreeSpace } from "./free-space";
import { Prefix } from "../prefix/prefix";
import { type BlockKind, type WantedBlock, type WantedSpace } from "../blocks/required-block";

/** A block with its place. */
export interface AllocatedBlock {
  /** Key in the lock; of a space, `primary` or `pods`. */
  readonly key: string;
  readonly prefix: Prefix;
  readonly asked: string;
  readonly kind: BlockKind;
  /** Who uses it, for people. */
  readonly owner: string;
  readonly children: readonly AllocatedBlock[];
}

/** A space with everything in its place. */
export interface AllocatedSpace extends AllocatedBlock {
  readonly key: WantedSpace["key"];
  readonly reserved: WantedSpace["reserved"];
}

/** What a run did to one allocation. */
export interface LockChange {
  /** `added`: new. `freed`: no longer asked for. `asked`: in its place, but for another demand. */
  readonly kind: "added" | "freed" | "asked";
  readonly key: string;
  readonly cidr: string;
  readonly asked: string;
}

/** The outcome of an allocation. */
export interface Allocation {
  readonly spaces: readonly AllocatedSpace[];
  readonly lock: AddressLock;
  /** Sorted by key. */
  readonly changes: readonly LockChange[];
}

interface Run {
  readonly locked: ReadonlyMap<string, LockEntry>;
  /** Every block's entry, with what happened to it. */
  readonly entries: (LockEntry & { readonly kind?: LockChange["kind"] })[];
}

/**
 * Gives every wanted block its place. What the lock holds stays where it is; what is new takes free space, larger
 * blocks first, in an order that depends on nothing but the plan. Space that is freed stays unused until the
 * next run, so that nothing is built where something is still being torn down.
 *
 * @param released keys whose blocks are given up on purpose; what is still wanted of them is placed anew
 * @default none
 * @throws AddressPlanError if the lock is damaged, a demand outgrew its allocation or something finds no room
 */
export function allocateTree(
  wanted: readonly WantedSpace[],
  lock: AddressLock,
  released: ReadonlySet<string> = new Set(),
): Allocation {
  const kept =
    released.size > 0 ? lock.allocations.filter(({ key }) => !released.has(key)) : lock.allocations;
  const locked = new Map(kept.map((entry) => [entry.key, entry]));
  const freed = [
    ...leftOver(wanted, locked),
    ...(released.size > 0 ? lock.allocations.filter(({ key }) => released.has(key)) : []),
  ];
  const freedPrefixes = freed.map(lockedPrefix).sort((a, b) => a.compare(b));
  const run: Run = { locked, entries: [] };

  const spaces = wanted.map((space): AllocatedSpace => {
    const free = new FreeSpace(space.prefix);
    for (const { prefix } of space.reserved) free.take(prefix.contains(space.prefix) ? space.prefix : prefix);
    const children = placeChildren(space, space.children, free, freedPrefixes, run);
    const { key, prefix, owner, reserved } = space;
    return { key, prefix, owner, reserved, asked: `/${prefix.length}`, kind: "pool", children };
  });
  run.entries.sort(byKey);
  const changes = freed.map((entry): LockChange => ({ kind: "freed", ...entry }));
  for (const { kind, key, cidr, asked } of run.entries) if (kind) changes.push({ kind, key, cidr, asked });
  return {
    spaces,
    lock: { version: 1, allocations: run.entries.map(({ key, cidr, asked }) => ({ key, cidr, asked })) },
    changes: freed.length > 0 ? changes.sort(byKey) : changes,
  };
}

function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
  return a.key === b.key ? 0 : a.key < b.key ? -1 : 1;
}

/** The locked entries that nobody wants any more. */
export function leftOver(
  wanted: readonly WantedSpace[],
  locked: ReadonlyMap<string, LockEntry>,
): LockEntry[] {
  let found = 0;
  const count = (block: WantedBlock): void => {
    if (locked.has(block.key)) found++;
    block.children.forEach(count);
  };
  if (locked.size > 0) for (const space of wanted) space.children.forEach(count);
  // Nearly always nothing is left over; only else is a copy of a large lock worth its memory.
  if (found === locked.size) return [];
  const left = new Map(locked);
  const claim = (block: WantedBlock): void => {
    left.delete(block.key);
    block.children.forEach(claim);
  };
  for (const space of wanted) space.children.forEach(claim);
  return [...left.values()];
}

interface Parent {
  readonly key: string;
  readonly prefix: Prefix;
  readonly reserved?: WantedSpace["reserved"];
}

function placeChildren(
  parent: Parent,
  wanted: readonly WantedBlock[],
  free: FreeSpace,
  freed: readonly Prefix[],
  run: Run,
): AllocatedBlock[] {
  const placed: Placed[] = [];
  const fresh: WantedBlock[] = [];
  for (const block of wanted) {
    const entry = run.locked.get(block.key);
    if (entry === undefined) fresh.push(block);
    else placed.push(keepLocked(parent, block, entry, free, placed));
  }
  const inParent = inside(freed, parent.prefix);
  // Of two nested freed blocks the outer one comes first; taking the inner one then changes nothing.
  for (const prefix of inParent) free.take(prefix);
  fresh.sort((a, b) => a.length - b.length || byKey(a, b));
  for (const block of fresh)
    placed.push({ block, kind: "added", prefix: place(parent, block, free, inParent.length > 0) });
  placed.sort((a, b) => a.prefix.compare(b.prefix));
  return placed.map(({ block, prefix, kind }): AllocatedBlock => {
    const { key, asked, owner } = block;
    run.entries.push({ key, cidr: prefix.toString(), asked, kind });
    const children =
      block.children.length > 0
        ? placeChildren({ key, prefix }, block.children, new FreeSpace(prefix), inParent, run)
        : NONE;
    return { key, prefix, asked, kind: block.kind, owner, children };
  });
}

/** A block in its place, with what happened to it. */
interface Placed {
  readonly block: WantedBlock;
  readonly prefix: Prefix;
  readonly kind?: LockChange["kind"];
}

const NONE: readonly AllocatedBlock[] = [];

/** The prefixes inside an outer one. @param sorted in order: a fleet can free thousands in one run */
function inside(sorted: readonly Prefix[], outer: Prefix): Prefix[] {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]!.first < outer.first) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < sorted.length && sorted[end]!.first <= outer.last) end++;
  return sorted.slice(low, end).filter((prefix) => outer.contains(prefix));
}

function keepLocked(
  parent: Parent,
  block: WantedBlock,
  entry: LockEntry,
  free: FreeSpace,
  siblings: readonly Placed[],
): Placed {
  const path = `${LOCK_FILE}: ${block.key}`;
  const prefix = lockedPrefix(entry);
  if (!parent.prefix.contains(prefix))
    throw new AddressPlanError(path, `${prefix} is outside ${parent.prefix} of ${parent.key}; ${RESTORE}`);
  checkOutgrown(block, entry);
  if (!free.take(prefix)) {
    const sibling = siblings.find((other) => other.prefix.overlaps(prefix));
    if (sibling)
      throw new AddressPlanError(
        path,
        `${prefix} overlaps ${sibling.prefix} of ${sibling.block.key}; ${RESTORE}`,
      );
    const reserved = parent.reserved?.find((other) => other.prefix.overlaps(prefix));
    throw new AddressPlanError(
      path,
      `${prefix} overlaps the reserved ${reserved?.prefix} (${reserved?.owner}); reserve another range, or give the block up: npm run addresses -- --release ${block.key}`,
    );
  }
  return { block, prefix, kind: entry.asked === block.asked ? undefined : "asked" };
}

/** @throws AddressPlanError if the plan asks for more than the lock holds */
export function checkOutgrown(block: WantedBlock, entry: LockEntry): void {
  if (lockedPrefix(entry).length <= block.length) return;
  throw new AddressPlanError(
    block.key,
    `the plan asks for ${block.asked} but ${LOCK_FILE} holds ${entry.cidr}, and an allocation never moves; ask for less${growthHint(block)}, or move it on purpose: npm run addresses -- --release ${block.key}`,
  );
}

function growthHint(block: WantedBlock): string {
  if (block.kind === "pool") return " or put new clusters into another region or environment";
  return block.kind === "pods" || block.key.includes("/pods/")
    ? " or leave the rest to the growth CIDR (growthPercent)"
    : "";
}

function lockedPrefix(entry: LockEntry): Prefix {
  try {
    return Prefix.parse(entry.cidr, 4);
  } catch (error) {
    throw new AddressPlanError(`${LOCK_FILE}: ${entry.key}`, `${(error as Error).message} (${RESTORE})`);
  }
}

function place(parent: Parent, block: WantedBlock, free: FreeSpace, freed: boolean): Prefix {
  if (block.length < parent.prefix.length)
    throw new AddressPlanError(
      block.key,
      `a /${block.length} does not fit into ${parent.prefix} of ${parent.key}; ${block.fix}`,
    );
  const prefix = free.allocate(block.length);
  if (prefix === undefined)
    throw new AddressPlanError(
      block.key,
      `no aligned /${block.length} is free in ${parent.prefix} of ${parent.key}; ${block.fix}${freed ? ", or run npm run addresses once before the plan asks for it: space is reused one run after it is freed" : ""}`,
    );
  return prefix;
}
