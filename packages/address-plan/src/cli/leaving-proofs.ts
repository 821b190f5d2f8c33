import { type Proofs } from "../allocation/leaving/proofs";
import { cloudName } from "../allocation/renames";
import { baseOf, parseClusterKey } from "../blocks/block-key";
import { type PlanDefinition } from "../demand/plan-definition";
import { type AddressLock, LOCK_FILE, type LockEntry } from "../lock/address-lock";
import { AddressPlanError } from "../message/address-plan-error";
import { Prefix } from "../prefix/prefix";
import { heldBlocks } from "./held-blocks";
import { pendingRanges } from "./pending-ranges";
import { recordedApps, withoutStacks, writeStackRecord } from "../stacks";
import { cidrsIn, type OccupiedCidr, growsInto, mentions, readStates, type StackState } from "../states";

/** Why a block that leaves the plan stays in the lock. */
export interface KeptBlock {
  readonly key: string;
  readonly cidr: string;
  readonly state: "draining" | "retired";
  /** One sentence. */
  readonly reason: string;
}

/** What the deployed states prove of the blocks that leave the plan. */
export interface LeavingProofs {
  readonly proofs: Pick<Proofs, "freed" | "drained" | "attached">;
  readonly kept: readonly KeptBlock[];
}

/** The answer to whether a block is free or no longer used. */
type Answer = { readonly proof: string } | { readonly reason: string };

/**
 * Reads the states of the stacks that may use the blocks that leave the plan.
 *
 * @param lock with the blocks that leave
 * @param root folder of `addresses.yaml`
 * @param env has the backends' variables and credentials
 */
export async function statesOfLeaving(
  lock: AddressLock,
  root: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly StackState[]> {
  const leaving = lock.allocations.filter(({ state }) => state !== undefined);
  if (leaving.length === 0) return [];
  const clusters = new Set(leaving.map(({ key }) => clusterOf(lock, key)));
  if (leaving.some(({ vpcCidr }) => vpcCidr !== undefined)) clusters.add(undefined);
  return readStates(recordedApps(root), env, (stack) => clusters.has(stack.cluster));
}

/**
 * What the states prove of the blocks that leave the plan.
 *
 * @param states of `statesOfLeaving`
 * @param added keys of blocks that the same update adds @default none
 */
export function leavingProofs(
  plan: PlanDefinition,
  lock: AddressLock,
  states: readonly StackState[],
  added: readonly string[] = [],
): LeavingProofs {
  const leaving = lock.allocations.filter(({ state }) => state !== undefined);
  const freed = new Map<string, string>();
  const drained = new Set<string>();
  const kept: KeptBlock[] = [];
  for (const entry of leaving) {
    const { key, cidr, state } = entry;
    const cluster = clusterOf(lock, key);
    const own = states.filter((candidate) => candidate.cluster === cluster);
    const pools = states.filter((candidate) => candidate.cluster === undefined);
    const answer = isPoolOfVpc(plan, entry)
      ? poolAnswer(entry, `${parseClusterKey(key)!.pool}/${cluster}`, pools)
      : answerFor(plan, entry, cluster, own);
    if ("reason" in answer) kept.push({ key, cidr, state: state!, reason: answer.reason });
    else if (state === "draining") drained.add(key);
    else freed.set(key, answer.proof);
  }
  const pending = pendingRanges(lock, states);
  const attached = new Set(
    kept
      .filter(({ key, state }) => state === "retired" && pending.has(key) && lives(plan, key))
      .map(({ key }) => key),
  );
  for (const [key, reason] of heldBlocks(lock, drained, { added, pending })) {
    drained.delete(key);
    kept.push({ key, cidr: leaving.find((entry) => entry.key === key)!.cidr, state: "draining", reason });
  }
  return { proofs: { freed, drained, attached }, kept };
}

/**
 * Removes the stacks of clusters that left the plan from the records of their apps, once their states are empty.
 *
 * @param root folder of `addresses.yaml`
 * @returns the removed stacks, as `<app>/<stack>`
 */
export async function dropEmptiedStacks(
  plan: PlanDefinition,
  lock: AddressLock,
  root: string,
  env: NodeJS.ProcessEnv,
): Promise<string[]> {
  const living = new Set([
    ...Object.keys(plan.clusters).map((name) => cloudName(lock, name)),
    ...lock.allocations.map(({ key }) => clusterOf(lock, key)),
  ]);
  const apps = recordedApps(root);
  const gone = ({ cluster }: { readonly cluster?: string }) => cluster !== undefined && !living.has(cluster);
  if (!apps.some(({ record }) => record.stacks.some(gone))) return [];
  const states = await readStates(apps, env, gone);
  const empty = states.filter(({ status }) => status === "empty");
  for (const { app, folder, record } of apps) {
    const ids = empty.filter((state) => state.app === app).map(({ stack }) => stack);
    if (ids.length > 0) writeStackRecord(folder, withoutStacks(record, ids));
  }
  return empty.map(({ app, stack }) => `${app}/${stack}`);
}

/**
 * A lost lock must not be replaced by a new one: the same plan may be allocated differently.
 *
 * @throws AddressPlanError if an app of the repository has recorded stacks
 */
export function checkNothingRecorded(root: string): void {
  const [stack, ...others] = recordedApps(root).flatMap(({ app, record }) =>
    record.stacks.map(({ id }) => `${app}/${id}`),
  );
  if (stack === undefined) return;
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  throw new AddressPlanError(
    LOCK_FILE,
    `is missing, but ${stack}${more} may be deployed with its addresses; restore it: git checkout HEAD -- ${LOCK_FILE}`,
  );
}

/** Name in the cloud of the cluster that a block belongs to. Undefined for a pool. */
function clusterOf(lock: AddressLock, key: string): string | undefined {
  const cluster = parseClusterKey(key)?.cluster;
  return cluster === undefined ? undefined : cloudName(lock, cluster);
}

/** Whether the cluster of a block is in the plan. */
function lives(plan: PlanDefinition, key: string): boolean {
  const cluster = parseClusterKey(key)?.cluster;
  return cluster !== undefined && Object.hasOwn(plan.clusters, cluster);
}

/** @param key of the block to release, or the name of the cluster */
function releaseHint(condition: string, key: string): string {
  return `${condition}, release it: npm run addresses -- --release ${key}`;
}

function answerFor(
  plan: PlanDefinition,
  entry: LockEntry,
  cluster: string | undefined,
  states: readonly StackState[],
): Answer {
  if (cluster === undefined) return poolAnswer(entry, baseOf(entry.key)[0], states);
  if (states.length === 0)
    return {
      reason: `no stack of ${cluster} is recorded, so no state can prove that nothing uses it; ${releaseHint("if it was never deployed", parseClusterKey(entry.key)!.cluster)}`,
    };
  if (!lives(plan, entry.key)) return emptyAnswer(states);
  return entry.state === "draining" ? drainedAnswer(entry, states) : absentAnswer(entry, states);
}

/** Whether only the pool of a VPC that IPAM assigned is left: the VPC is gone with its cluster. */
function isPoolOfVpc({ clusters }: PlanDefinition, { key, vpcCidr, state }: LockEntry): boolean {
  const lives = Object.hasOwn(clusters, parseClusterKey(key)?.cluster ?? "");
  return vpcCidr !== undefined && state === "retired" && !lives;
}

/**
 * A pool of AWS is in the state of a stack without a cluster. Google has no pools. AWS deletes no pool with something
 * inside, and the pools around it, which may have the same CIDR, and their reservations stay.
 *
 * @param pool key of the pool in the cloud
 */
function poolAnswer(entry: LockEntry, pool: string, states: readonly StackState[]): Answer {
  if (entry.state === "draining") return { reason: "it still has blocks; it retires when they are free" };
  if (entry.key.startsWith("google/")) return { proof: "Google Cloud has no resource for a pool" };
  if (states.length === 0)
    return { reason: `no stack with IPAM pools is recorded; ${releaseHint("if there are none", entry.key)}` };
  return absentAnswer(entry, states, ({ use, pool: other = pool }) => use === "pool" && other === pool);
}

function emptyAnswer(states: readonly StackState[]): Answer {
  for (const state of states) {
    if (state.status === "holds") return { reason: holds(state) };
    if (state.status !== "empty") return { reason: state.reason! };
  }
  return { proof: receipt(states) };
}

function holds({ app, stack, resources }: StackState): string {
  const count = resources.filter(({ mode }) => mode === "managed").length;
  const what = count === 1 ? "a resource" : `${count} resources`;
  return `the state of ${app}/${stack} holds ${what}; deploy the emptied stack, which destroys ${count === 1 ? "it" : "them"}`;
}

/** No state has a resource inside the block. On Google, the reservation stays until the block is freed. */
function absentAnswer(
  { key, cidr }: LockEntry,
  states: readonly StackState[],
  counts = ({ use }: OccupiedCidr) => !(use === "reservation" && key.startsWith("google/")),
): Answer {
  const block = Prefix.parse(cidr, 4);
  for (const state of states) {
    if (state.status === "unreadable") return { reason: state.reason! };
    const resource = cidrsIn(state).find(
      (occupied) => block.contains(Prefix.parse(occupied.cidr)) && counts(occupied),
    );
    if (resource !== undefined)
      return {
        reason: `the state of ${state.app}/${state.stack} has ${resource.address} with ${resource.cidr}; deploy the stack, which removes it`,
      };
  }
  return owners(states, key) ?? { proof: receipt(states.filter(({ status }) => status !== "missing")) };
}

/** No consumer mentions the block, unless it drains it: the subnet autoscaler. AWS detaches only empty CIDRs. */
function drainedAnswer({ key, cidr }: LockEntry, states: readonly StackState[]): Answer {
  const networks = states.filter(({ kind }) => kind === "network");
  const missing = owners(states, key);
  if (missing !== undefined) return missing;
  for (const state of states) {
    if (state.kind === "network") continue;
    if (state.status === "unreadable") return { reason: state.reason! };
    if (state.kind === "autoscaler") {
      const grows = growsInto(state, cidr);
      if (grows !== undefined)
        return {
          reason: `${grows} in the state of ${state.app}/${state.stack} creates subnets in it; deploy the stack, which drains it`,
        };
      continue;
    }
    const [mention] = mentions(state, cidr, networks);
    if (mention !== undefined)
      return {
        reason: `${mention.address} in the state of ${state.app}/${state.stack} uses it (${mention.attribute}: ${mention.value}); deploy the stack without it`,
      };
  }
  return { proof: "unused" };
}

/** A reason, unless the state of a network or of a stack without a cluster exists: the backend is the right one. */
function owners(states: readonly StackState[], key: string): { readonly reason: string } | undefined {
  const own = states.filter(({ kind, cluster }) => kind === "network" || cluster === undefined);
  const unread = own.find(({ status }) => status === "missing" || status === "unreadable");
  if (own.length > 0 && unread === undefined) return undefined;
  return {
    reason:
      unread?.reason ??
      `no stack with the network is recorded; ${releaseHint("if nothing is deployed in it", key)}`,
  };
}

function receipt(states: readonly StackState[]): string {
  return states
    .map(({ stack, lineage = "", serial }) => `${stack} ${lineage.slice(0, 8)}:${serial}`)
    .join(", ");
}
