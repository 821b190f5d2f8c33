import { cloudName } from "../allocation/renames";
import { baseOf, isSharedGrowth, parseClusterKey, placeOf } from "../blocks/block-key";
import { type PlanDefinition } from "../demand/plan-definition";
import { type AddressLock, type LockEntry } from "../lock/address-lock";
import { Prefix } from "../prefix/prefix";
import { cidrsIn, type OccupiedCidr, growsInto, mentions, type StackState } from "../states";

/** Whether a block is free, or no longer used: the proof, or one sentence that says why it stays. */
export type Answer = { readonly proof: string } | { readonly reason: string };

/** Name in the cloud of the cluster that a block belongs to. Undefined for a pool. */
export function clusterOf(lock: AddressLock, key: string): string | undefined {
  const cluster = parseClusterKey(key)?.cluster;
  return cluster === undefined ? undefined : cloudName(lock, cluster);
}

/** Whether the cluster of a block is in the plan. */
export function lives(plan: PlanDefinition, key: string): boolean {
  const cluster = parseClusterKey(key)?.cluster;
  return cluster !== undefined && Object.hasOwn(plan.clusters, cluster);
}

/**
 * Names in the cloud of the clusters that may have CIDRs of a growth pool: those of its environment and Region. Undefined
 * stands for the IPAM pools.
 */
export function sharersOf(lock: AddressLock, key: string): ReadonlySet<string | undefined> {
  const { region, environment } = placeOf(key);
  const here = lock.allocations.filter((entry) => {
    const place = placeOf(entry.key);
    return place.cloud === "aws" && place.region === region && place.environment === environment;
  });
  return new Set(here.map((entry) => clusterOf(lock, entry.key)));
}

/** What the states say of a block that leaves: a draining one may be unused, a retired one free. */
export function stateAnswer(
  plan: PlanDefinition,
  lock: AddressLock,
  entry: LockEntry,
  states: readonly StackState[],
): Answer {
  const cluster = clusterOf(lock, entry.key);
  const pools = states.filter((candidate) => candidate.cluster === undefined);
  if (isSharedGrowth(entry.key) && entry.state === "draining") {
    const sharers = sharersOf(lock, entry.key);
    return undrawnAnswer(
      entry,
      states.filter((candidate) => sharers.has(candidate.cluster)),
    );
  }
  if (isPoolOfVpc(plan, entry))
    return poolAnswer(entry, `${parseClusterKey(entry.key)!.pool}/${cluster}`, pools);
  const own = states.filter((candidate) => candidate.cluster === cluster);
  return answerFor(plan, entry, cluster, own);
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
  if (states.length === 0) return noPools(entry);
  return absentAnswer(entry, states, ({ use, pool: other = pool }) => use === "pool" && other === pool);
}

function noPools({ key }: LockEntry): { readonly reason: string } {
  return { reason: `no stack with IPAM pools is recorded; ${releaseHint("if there are none", key)}` };
}

/**
 * No autoscaler draws CIDRs from shared growth space. IPAM knows whether VPCs still have some: no state has them.
 *
 * @param states of the stacks with IPAM pools, and of the clusters that share the pool
 */
function undrawnAnswer(entry: LockEntry, states: readonly StackState[]): Answer {
  if (!states.some(({ cluster }) => cluster === undefined)) return noPools(entry);
  const missing = owners(states, entry.key);
  if (missing !== undefined) return missing;
  for (const state of states) {
    if (state.kind !== "autoscaler") continue;
    if (state.status === "unreadable") return { reason: state.reason! };
    const grows = growingAnswer(state, entry.cidr);
    if (grows !== undefined) return grows;
  }
  return { proof: "unused" };
}

/** A reason if an autoscaler creates subnets in a CIDR. */
function growingAnswer(state: StackState, cidr: string): { readonly reason: string } | undefined {
  const grows = growsInto(state, cidr);
  if (grows === undefined) return undefined;
  return {
    reason: `${grows} in the state of ${state.app}/${state.stack} creates subnets in it; deploy the stack, which drains it`,
  };
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
      const grows = growingAnswer(state, cidr);
      if (grows !== undefined) return grows;
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
