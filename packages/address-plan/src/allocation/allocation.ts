import { type ReservedRange } from "../blocks/required-block";
import { requiredPlan } from "../blocks/required-spaces";
import { checkDefinition } from "../demand/definition-check";
import { type PlanDefinition, type PlanDefinitionInput } from "../demand/plan-definition";
import { type AddressLock, EMPTY_LOCK, type LockedBlock, type LockEntry } from "../lock/address-lock";
import { LockedBlocks, lockedPrefix } from "../lock/locked-blocks";
import { type Prefix } from "../prefix/prefix";
import { type AllocatedBlock, type AllocatedSpace } from "./allocated-block";
import { allocatedTree } from "./allocated-tree";
import { BlockAllocator } from "./block-allocator";
import { claimLock } from "./claims";
import { leavingEntries, receipts } from "./leaving/leaving-entries";
import { type LockChange } from "./leaving/lock-change";
import { NO_PROOFS, type Proofs } from "./leaving/proofs";
import { applyRenames, checkClusters, renamesInUse } from "./renames";
import { checkReservedLeaving } from "./reserved-conflict";
import { checkSpaces } from "./space-check";
import { withFix } from "./space-fix";
import { checkVpcs } from "./vpc-check";

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
  return allocatePlan(checkDefinition(definition), lock);
}

/**
 * Allocates every block of a checked plan. Blocks in the lock stay, and new blocks take free space. A block that the plan
 * no longer requires stays taken until it is proven free. Space that is freed stays unused until the next run, so that
 * nothing is created where something is still being destroyed.
 *
 * @param proofs what is known of the deployed states @default nothing
 * @throws AddressPlanError if the lock is damaged or contradicts the plan, or no space is free: with the settings that
 * make it fit
 */
export function allocatePlan(
  plan: PlanDefinition,
  lock: AddressLock,
  proofs: Proofs = NO_PROOFS,
): Allocation {
  const locked = () => lock.spaces.map(({ space, cidr }) => lockedPrefix({ key: `space ${space}`, cidr }));
  return withFix(plan, (candidate) => allocateOnce(candidate, lock, proofs), locked);
}

function allocateOnce(plan: PlanDefinition, given: AddressLock, proofs: Proofs): Allocation {
  const { lock, changes } = applyRenames(plan, given);
  const { released } = proofs;
  const kept =
    released.size === 0
      ? lock
      : { ...lock, allocations: lock.allocations.filter(({ key }) => !released.has(key)) };
  const locked = new LockedBlocks(kept);
  checkClusters(plan, locked);
  checkSpaces(plan, locked);
  const dropped = lock.allocations.filter(({ key }) => released.has(key));
  const freedNow = new LockedBlocks({ ...lock, allocations: dropped }).all;
  const reserved = plan.reserved
    .map(({ cidr, owner }) => ({ prefix: cidr, owner }))
    .sort((a, b) => a.prefix.compare(b.prefix));
  const { allocator, leaving } = allocateBlocks(plan, locked, reserved, freedNow);

  const next = leavingEntries(plan, leaving, locked, proofs);
  const remaining = next.filter(({ entry }) => entry !== undefined).map(({ entry }) => entry!);
  const spaces = allocatedTree(allocator, remaining, reserved);
  checkVpcs(plan, spaces);
  const collected = collect(spaces, locked);
  const freed = [
    ...next.filter(({ change }) => change?.kind === "freed").map(({ change }) => change!),
    ...dropped.map(({ key, cidr }): LockChange => ({ kind: "freed", key, cidr, demand: "without proof" })),
  ];
  const allocations = merged(collected.entries, remaining.map(entryOf));
  return {
    spaces,
    lock: {
      version: 2,
      spaces: spaces.map(({ space, prefix }) => ({ space, cidr: prefix.toString() })),
      renamed: renamesInUse(plan, lock.renamed, allocations),
      allocations,
      freed: receipts(lock.freed, next, collected.added),
    },
    changes: merged(collected.changes, [
      ...changes,
      ...next
        .filter(({ change }) => change !== undefined && change.kind !== "freed")
        .map(({ change }) => change!),
      ...freed,
    ]),
  };
}

/**
 * Allocates the blocks that the plan requires. What it requires can be collected as garbage afterwards.
 *
 * @param freedNow blocks that this run frees: their space stays taken until the next one
 */
function allocateBlocks(
  plan: PlanDefinition,
  locked: LockedBlocks,
  reserved: readonly ReservedRange[],
  freedNow: readonly LockedBlock[],
): { readonly allocator: BlockAllocator; readonly leaving: readonly LockedBlock[] } {
  const required = requiredPlan(plan, locked);
  const { claims, leaving } = claimLock(required.spaces, locked);
  checkReservedLeaving(reserved, leaving);
  const taken = [...leaving, ...freedNow].map(({ prefix }) => prefix).sort((a, b) => a.compare(b));
  const allocator = new BlockAllocator(claims, { reserved, leaving, taken });
  allocator.allocate(required);
  return { allocator, leaving };
}

interface Keyed {
  readonly key: string;
}

function byKey(a: Keyed, b: Keyed): number {
  return a.key < b.key ? -1 : Number(a.key > b.key);
}

/** Both lists in one, sorted by key. @param first is sorted, and comes after others of the same key */
function merged<Item extends Keyed>(first: Item[], others: readonly Item[]): Item[] {
  return others.length === 0 ? first : [...others, ...first].sort(byKey);
}

function entryOf({ key, cidr, demand, podsPerNode, vpcCidr, state }: LockEntry): LockEntry {
  return {
    key,
    cidr,
    demand,
    ...(podsPerNode !== undefined && { podsPerNode }),
    ...(vpcCidr !== undefined && { vpcCidr }),
    ...(state !== undefined && { state }),
  };
}

/** The entries of all required blocks, and what changed. Both sorted by key. */
function collect(spaces: readonly AllocatedSpace[], before: LockedBlocks) {
  const blocks: AllocatedBlock[] = [];
  for (const { children } of spaces) addInUse(children, blocks);
  blocks.sort(byOwnKey);
  const isNew = before.all.length === 0;
  const entries: LockEntry[] = [];
  const changes: LockChange[] = [];
  const added: Prefix[] = [];
  for (const { key, prefix, demand, podsPerNode, vpcCidr } of blocks) {
    const cidr = prefix.toString();
    // Nearly all entries have nothing else, and a fleet has 100,000.
    const isPlain = podsPerNode === undefined && vpcCidr === undefined;
    const entry = isPlain ? { key, cidr, demand } : entryOf({ key, cidr, demand, podsPerNode, vpcCidr });
    entries.push(entry);
    const old = isNew ? undefined : before.get(key);
    if (old === undefined) added.push(prefix);
    const kind = kindOfChange(old, entry);
    if (kind === "demand-changed") changes.push({ kind, key, cidr, demand, recorded: old!.demand });
    else if (kind !== undefined) changes.push({ kind, key, cidr, demand });
  }
  return { entries, changes, added };
}

/** Adds the blocks that the plan requires, with those inside. */
function addInUse(blocks: readonly AllocatedBlock[], inUse: AllocatedBlock[]): void {
  for (const block of blocks) {
    if (block.kind === "reserved") continue;
    if (block.state === undefined) inUse.push(block);
    if (block.children.length > 0) addInUse(block.children, inUse);
  }
}

/** For keys that are all different. */
function byOwnKey(a: Keyed, b: Keyed): number {
  return a.key < b.key ? -1 : 1;
}

function kindOfChange(
  old: LockEntry | undefined,
  { cidr, demand, vpcCidr }: LockEntry,
): LockChange["kind"] | undefined {
  if (old === undefined) return "added";
  if (old.cidr !== cidr) return "widened";
  if (old.state !== undefined) return "restored";
  return old.demand === demand && old.vpcCidr === vpcCidr ? undefined : "demand-changed";
}
