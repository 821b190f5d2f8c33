import { isAround, isSharedGrowth, parseClusterKey } from "../../blocks/block-key";
import { type PlanDefinition } from "../../demand/plan-definition";
import { type FreedBlock, type LeavingState, type LockedBlock } from "../../lock/address-lock";
import { type LockedBlocks } from "../../lock/locked-blocks";
import { Prefix } from "../../prefix/prefix";
import { type LockChange } from "./lock-change";
import { type Proofs } from "./proofs";

/** A block that leaves the plan: what the lock has of it after this run, and what changed. */
export interface LeavingEntry {
  readonly block: LockedBlock;
  /** Absent if it is freed. */
  readonly entry?: LockedBlock;
  readonly change?: LockChange;
}

/** What becomes of the blocks that leave the plan. */
export function leavingEntries(
  plan: PlanDefinition,
  leaving: readonly LockedBlock[],
  locked: LockedBlocks,
  { freed, drained, attached }: Pick<Proofs, "freed" | "drained" | "attached">,
): LeavingEntry[] {
  if (leaving.length === 0) return [];
  const isBack = (cluster: string) => cameBack(locked, cluster);
  const remaining = locked.all.filter(({ key }) => !freed.has(key));
  return leaving.map((block): LeavingEntry => {
    const { key, cidr, demand } = block;
    const proof = freed.get(key);
    if (proof !== undefined) return { block, change: { kind: "freed", key, cidr, demand: proof } };
    const state = leavingState(plan, block, remaining, { drained, attached, isBack });
    const entry = { ...block, state };
    return state === block.state
      ? { block, entry }
      : { block, entry, change: { kind: state, key, cidr, demand } };
  });
}

/**
 * The next state of a block that leaves: a pool drains as long as it has blocks, a block as long as its cluster lives, and
 * shared growth space as long as clusters may have CIDRs in it, which the lock does not have.
 */
function leavingState(
  plan: PlanDefinition,
  { key, prefix, state, vpcCidr }: LockedBlock,
  remaining: readonly LockedBlock[],
  {
    drained,
    attached,
    isBack,
  }: Pick<Proofs, "drained" | "attached"> & { readonly isBack: (cluster: string) => boolean },
): LeavingState {
  const cluster = parseClusterKey(key)?.cluster;
  if (isSharedGrowth(key)) return state === "retired" || drained.has(key) ? "retired" : "draining";
  if (cluster === undefined) {
    const isEmpty = !remaining.some((other) => isAround(key, other.key) && prefix.contains(other.prefix));
    return isEmpty ? "retired" : "draining";
  }
  const lives = Object.hasOwn(plan.clusters, cluster);
  // It retired because its cluster left, so the cluster may still use it.
  if (lives && state === "retired" && (isBack(cluster) || attached.has(key))) return "draining";
  if (state === "retired" || drained.has(key)) return "retired";
  // The VPC that IPAM assigned has a pool of its own, which stays until the VPC is gone.
  return lives || vpcCidr !== undefined ? "draining" : "retired";
}

/** Whether a cluster left the plan before: all its blocks retired, but for a VPC with a pool of its own. */
function cameBack({ clusters }: LockedBlocks, cluster: string): boolean {
  const blocks = clusters.get(cluster) ?? [];
  return (
    blocks.length > 0 && blocks.every(({ state, vpcCidr }) => state === "retired" || vpcCidr !== undefined)
  );
}

/** The receipts of freed blocks, the outermost ones only, without those whose space is allocated again. */
export function receipts(
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
  return all.filter(({ cidr }) => !used.some((prefix) => prefix.overlaps(Prefix.parse(cidr))));
}

function surrounds(outer: LockedBlock, inner: LockedBlock): boolean {
  return outer.key !== inner.key && outer.prefix.contains(inner.prefix) && !outer.prefix.equals(inner.prefix);
}
