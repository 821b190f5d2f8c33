import { isAround, parseClusterKey } from "../blocks/block-key";
import { requiredPlan } from "../blocks/required-spaces";
import { checkDefinition } from "../demand/definition-check";
import { type PlanDefinition, type PlanDefinitionInput } from "../demand/plan-definition";
import {
  type AddressLock,
  EMPTY_LOCK,
  type FreedBlock,
  type LeavingState,
  type LockedBlock,
  type LockEntry,
} from "../lock/address-lock";
import { LockedBlocks, lockedPrefix } from "../lock/locked-blocks";
import { Prefix } from "../prefix/prefix";
import { type AllocatedBlock, type AllocatedSpace } from "./allocated-block";
import { allocatedTree } from "./allocated-tree";
import { BlockAllocator } from "./block-allocator";
import { claimLock } from "./claims";
import { type LockChange } from "./lock-change";
import { applyRenames, checkClusters, renamesInUse } from "./renames";
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

/** Blocks that are known to be free, and those that nothing uses any more. */
export interface Proofs {
  /** The proof that a retired block is free, by key. */
  readonly freed: ReadonlyMap<string, string>;
  /** Keys of draining blocks that nothing uses any more. */
  readonly drained: ReadonlySet<string>;
  /** Keys of blocks to free without proof; those that are required are allocated again. */
  readonly released: ReadonlySet<string>;
}

/** Nothing is known of the deployed states. */
export const NO_PROOFS: Proofs = { freed: new Map(), drained: new Set(), released: new Set() };

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
  const required = requiredPlan(plan, locked);
  const { claims, leaving } = claimLock(required.spaces, locked);
  const dropped = lock.allocations.filter(({ key }) => released.has(key));
  const taken = [...leaving, ...new LockedBlocks({ ...lock, allocations: dropped }).all].map(
    ({ prefix }) => prefix,
  );
  const reserved = plan.reserved
    .map(({ cidr, owner }) => ({ prefix: cidr, owner }))
    .sort((a, b) => a.prefix.compare(b.prefix));
  taken.sort((a, b) => a.compare(b));
  const allocator = new BlockAllocator(claims, { reserved, leaving, taken });
  allocator.allocate(required);

  const next = leavingEntries(plan, leaving, locked, proofs);
  const remaining = next.filter(({ entry }) => entry !== undefined).map(({ entry }) => entry!);
  const spaces = allocatedTree(required.spaces, allocator.containers, remaining, reserved);
  checkVpcs(plan, spaces);
  const before = new Map(
    given.allocations.length === 0 ? [] : kept.allocations.map((entry) => [entry.key, entry]),
  );
  const collected = collect(spaces, before);
  const freed = [
    ...next.filter(({ change }) => change?.kind === "freed").map(({ change }) => change!),
    ...dropped.map(({ key, cidr }): LockChange => ({ kind: "freed", key, cidr, demand: "without proof" })),
  ];
  const allocations = [...collected.entries, ...remaining.map(entryOf)].sort(byKey);
  return {
    spaces,
    lock: {
      version: 2,
      spaces: spaces.map(({ space, prefix }) => ({ space, cidr: prefix.toString() })),
      renamed: renamesInUse(plan, lock.renamed, allocations),
      allocations,
      freed: receipts(lock.freed, next, collected.added),
    },
    changes: [
      ...changes,
      ...next
        .filter(({ change }) => change !== undefined && change.kind !== "freed")
        .map(({ change }) => change!),
      ...freed,
      ...collected.changes,
    ].sort(byKey),
  };
}

function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
  return a.key === b.key ? 0 : a.key < b.key ? -1 : 1;
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

/** The entries of all required blocks, and what changed. */
function collect(spaces: readonly AllocatedSpace[], before: ReadonlyMap<string, LockEntry>) {
  const entries: LockEntry[] = [];
  const changes: LockChange[] = [];
  const added: Prefix[] = [];
  const visit = (block: AllocatedBlock): void => {
    if (block.kind === "reserved") return;
    if (block.state === undefined) {
      const { key, demand } = block;
      const cidr = block.prefix.toString();
      const entry = entryOf({ ...block, cidr });
      entries.push(entry);
      const old = before.get(key);
      if (old === undefined) added.push(block.prefix);
      const kind = kindOfChange(old, entry);
      if (kind) changes.push({ kind, key, cidr, demand });
    }
    block.children.forEach(visit);
  };
  for (const space of spaces) space.children.forEach(visit);
  return { entries, changes, added };
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

/** A block that leaves the plan: what the lock has of it after this run, and what changed. */
interface LeavingEntry {
  readonly block: LockedBlock;
  /** Absent if it is freed. */
  readonly entry?: LockedBlock;
  readonly change?: LockChange;
}

function leavingEntries(
  plan: PlanDefinition,
  leaving: readonly LockedBlock[],
  locked: LockedBlocks,
  { freed, drained: unused }: Proofs,
): LeavingEntry[] {
  if (leaving.length === 0) return [];
  const drained = withWholeSubnets(leaving, unused);
  const remaining = locked.all.filter(({ key }) => !freed.has(key));
  return leaving.map((block): LeavingEntry => {
    const { key, cidr, demand } = block;
    const proof = freed.get(key);
    if (proof !== undefined) return { block, change: { kind: "freed", key, cidr, demand: proof } };
    const state = leavingState(plan, block, remaining, drained);
    const entry = { ...block, state };
    return state === block.state
      ? { block, entry }
      : { block, entry, change: { kind: state, key, cidr, demand } };
  });
}

/** A further subnet of a GKE cluster and its pod range, which have the same number, retire together. */
function withWholeSubnets(leaving: readonly LockedBlock[], unused: ReadonlySet<string>): ReadonlySet<string> {
  if (unused.size === 0) return unused;
  const subnetOf = (key: string): string | undefined => {
    const { cluster, role, zone, number } = parseClusterKey(key) ?? {};
    const isPart = key.startsWith("google/") && zone === undefined && (role === "nodes" || role === "pods");
    return isPart && number! > 1 ? `${cluster}#${number}` : undefined;
  };
  const used = new Set(
    leaving
      .filter(({ key, state }) => state !== "retired" && !unused.has(key))
      .map(({ key }) => subnetOf(key))
      .filter((subnet) => subnet !== undefined),
  );
  return new Set([...unused].filter((key) => !used.has(subnetOf(key)!)));
}

/** The next state of a block that leaves: a pool drains as long as it has blocks, a block as long as its cluster lives. */
function leavingState(
  plan: PlanDefinition,
  { key, prefix, state }: LockedBlock,
  remaining: readonly LockedBlock[],
  drained: ReadonlySet<string>,
): LeavingState {
  const cluster = parseClusterKey(key)?.cluster;
  if (cluster === undefined) {
    const isEmpty = !remaining.some((other) => isAround(key, other.key) && prefix.contains(other.prefix));
    return isEmpty ? "retired" : "draining";
  }
  if (state === "retired" || drained.has(key)) return "retired";
  return Object.hasOwn(plan.clusters, cluster) ? "draining" : "retired";
}

/** The receipts of freed blocks, the outermost ones only, without those whose space is allocated again. */
function receipts(
  old: readonly FreedBlock[],
  leaving: readonly LeavingEntry[],
  added: readonly Prefix[],
): FreedBlock[] {
  const fresh = leaving.filter(({ change }) => change?.kind === "freed");
  const outermost = fresh.filter(
    ({ block }) => !fresh.some((other) => other !== undefined && surrounds(other.block, block)),
  );
  const news = outermost.map(({ change }): FreedBlock => ({
    key: change!.key,
    cidr: change!.cidr,
    proof: change!.demand,
  }));
  const keys = new Set(news.map(({ key }) => key));
  const all = [...old.filter(({ key }) => !keys.has(key)), ...news];
  if (all.length === 0) return all;
  const used = [...added].sort((a, b) => a.compare(b));
  return all.filter(({ cidr }) => !used.some((prefix) => prefix.overlaps(Prefix.parse(cidr)))).sort(byKey);
}

function surrounds(outer: LockedBlock, inner: LockedBlock): boolean {
  return outer.key !== inner.key && outer.prefix.contains(inner.prefix) && !outer.prefix.equals(inner.prefix);
}
