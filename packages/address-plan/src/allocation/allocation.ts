import { type BlockKind, type RequiredBlock, type RequiredSpace } from "../blocks/required-block";
import { requiredSpaces } from "../blocks/required-spaces";
import { checkDefinition } from "../demand/definition-check";
import { type PlanDefinitionInput } from "../demand/plan-definition";
import { type AddressLock, EMPTY_LOCK, LOCK_FILE, type LockEntry, RESTORE } from "../lock/address-lock";
import { checkOutgrown, lockedPrefix, unclaimedEntries } from "../lock/locked-blocks";
import { lockedGrowth } from "../lock/locked-growth";
import { AddressPlanError } from "../message/address-plan-error";
import { type Prefix } from "../prefix/prefix";
import { FreeSpace } from "./free-space";

/** A block with its prefix. */
export interface AllocatedBlock {
  /** Key in the lock; for a space, `primary` or `pods`. */
  readonly key: string;
  readonly prefix: Prefix;
  /** Size and reason, for display. */
  readonly demand: string;
  readonly kind: BlockKind;
  /** Owner, for display. */
  readonly owner: string;
  readonly children: readonly AllocatedBlock[];
}

/** A space with all blocks allocated in it. */
export interface AllocatedSpace extends AllocatedBlock {
  readonly key: RequiredSpace["key"];
  readonly reserved: RequiredSpace["reserved"];
}

/** A change to one allocation. */
export interface LockChange {
  /** `added`: new. `freed`: no longer required. `demand-changed`: the same CIDR for a different demand. */
  readonly kind: "added" | "freed" | "demand-changed";
  readonly key: string;
  readonly cidr: string;
  /** Size and reason, for display. */
  readonly demand: string;
}

/** The result of an allocation. */
export interface Allocation {
  readonly spaces: readonly AllocatedSpace[];
  readonly lock: AddressLock;
  /** Sorted by key. */
  readonly changes: readonly LockChange[];
}

/**
 * Allocates every block of a plan. Existing allocations in the lock stay.
 *
 * @param lock existing allocations @default none
 * @throws AddressPlanError if the plan is invalid, the lock is damaged or a space is too small
 */
export function allocate(definition: PlanDefinitionInput, lock: AddressLock = EMPTY_LOCK): Allocation {
  return allocateSpaces(requiredSpaces(checkDefinition(definition), lockedGrowth(lock)), lock);
}

interface Run {
  readonly locked: ReadonlyMap<string, LockEntry>;
  /** The entry of every block, with its change if there is one. */
  readonly entries: (LockEntry & { readonly kind?: LockChange["kind"] })[];
}

/**
 * Allocates every required block. Allocations in the lock stay; new blocks take free space, larger blocks first, in
 * an order that depends only on the plan. Freed space stays unused until the next run, so that nothing is created
 * where something is still being destroyed.
 *
 * @param released keys of allocations to release; those that are still required are allocated again @default none
 * @throws AddressPlanError if the lock is damaged, a demand outgrew its allocation or no space is free
 */
export function allocateSpaces(
  required: readonly RequiredSpace[],
  lock: AddressLock,
  released: ReadonlySet<string> = new Set(),
): Allocation {
  const retained =
    released.size > 0 ? lock.allocations.filter(({ key }) => !released.has(key)) : lock.allocations;
  const locked = new Map(retained.map((entry) => [entry.key, entry]));
  const freed = [
    ...unclaimedEntries(required, locked),
    ...(released.size > 0 ? lock.allocations.filter(({ key }) => released.has(key)) : []),
  ];
  const freedPrefixes = freed.map(lockedPrefix).sort((a, b) => a.compare(b));
  const run: Run = { locked, entries: [] };

  const spaces = required.map((space): AllocatedSpace => {
    const free = new FreeSpace(space.prefix);
    for (const { prefix } of space.reserved) free.take(prefix.contains(space.prefix) ? space.prefix : prefix);
    const children = allocateChildren(space, space.children, free, freedPrefixes, run);
    const { key, prefix, owner, reserved } = space;
    return { key, prefix, owner, reserved, demand: `/${prefix.length}`, kind: "pool", children };
  });
  run.entries.sort(byKey);
  const changes = freed.map(({ key, cidr, asked }): LockChange => ({
    kind: "freed",
    key,
    cidr,
    demand: asked,
  }));
  for (const { kind, key, cidr, asked } of run.entries)
    if (kind) changes.push({ kind, key, cidr, demand: asked });
  return {
    spaces,
    lock: { version: 1, allocations: run.entries.map(({ key, cidr, asked }) => ({ key, cidr, asked })) },
    changes: freed.length > 0 ? changes.sort(byKey) : changes,
  };
}

function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
  return a.key === b.key ? 0 : a.key < b.key ? -1 : 1;
}

interface Parent {
  readonly key: string;
  readonly prefix: Prefix;
  readonly reserved?: RequiredSpace["reserved"];
}

/** A block with its prefix, before its children are allocated. */
interface PlacedBlock {
  readonly block: RequiredBlock;
  readonly prefix: Prefix;
  readonly kind?: LockChange["kind"];
}

const NO_CHILDREN: readonly AllocatedBlock[] = [];

function allocateChildren(
  parent: Parent,
  required: readonly RequiredBlock[],
  free: FreeSpace,
  freed: readonly Prefix[],
  run: Run,
): AllocatedBlock[] {
  const placed: PlacedBlock[] = [];
  const added: RequiredBlock[] = [];
  for (const block of required) {
    const entry = run.locked.get(block.key);
    if (entry === undefined) added.push(block);
    else placed.push(takeLocked(parent, block, entry, free, placed));
  }
  const freedInParent = prefixesInside(freed, parent.prefix);
  // Of two nested freed blocks the outer one comes first; taking the inner one then has no effect.
  for (const prefix of freedInParent) free.take(prefix);
  added.sort((a, b) => a.length - b.length || byKey(a, b));
  for (const block of added)
    placed.push({ block, kind: "added", prefix: takeFree(parent, block, free, freedInParent.length > 0) });
  placed.sort((a, b) => a.prefix.compare(b.prefix));
  return placed.map(({ block, prefix, kind }): AllocatedBlock => {
    const { key, demand, owner } = block;
    run.entries.push({ key, cidr: prefix.toString(), asked: demand, kind });
    const children =
      block.children.length > 0
        ? allocateChildren({ key, prefix }, block.children, new FreeSpace(prefix), freedInParent, run)
        : NO_CHILDREN;
    return { key, prefix, demand, kind: block.kind, owner, children };
  });
}

/** The prefixes inside `outer`. @param sorted searched by bisection, because a run can free thousands */
function prefixesInside(sorted: readonly Prefix[], outer: Prefix): Prefix[] {
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

function takeLocked(
  parent: Parent,
  block: RequiredBlock,
  entry: LockEntry,
  free: FreeSpace,
  siblings: readonly PlacedBlock[],
): PlacedBlock {
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
      `${prefix} overlaps the reserved ${reserved?.prefix} (${reserved?.owner}); reserve a different range, or release the allocation: npm run addresses -- --release ${block.key}`,
    );
  }
  return { block, prefix, kind: entry.asked === block.demand ? undefined : "demand-changed" };
}

function takeFree(parent: Parent, block: RequiredBlock, free: FreeSpace, freed: boolean): Prefix {
  if (block.length < parent.prefix.length)
    throw new AddressPlanError(
      block.key,
      `a /${block.length} does not fit into ${parent.prefix} of ${parent.key}; ${block.fix}`,
    );
  const prefix = free.allocate(block.length);
  if (prefix === undefined)
    throw new AddressPlanError(
      block.key,
      `no aligned /${block.length} is free in ${parent.prefix} of ${parent.key}; ${block.fix}${freed ? ", or run npm run addresses once without it: freed space is available from the next run" : ""}`,
    );
  return prefix;
}
