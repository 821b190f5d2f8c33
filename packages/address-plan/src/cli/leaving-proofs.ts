import { type Proofs } from "../allocation/leaving/proofs";
import { cloudName } from "../allocation/renames";
import { type AwsAnswer, awsAnswer } from "../aws/aws-answer";
import { type AwsListing } from "../aws/aws-listing";
import { awsQueries } from "../aws/aws-queries";
import { listFromAws } from "../aws/list-from-aws";
import { recordedAws } from "../aws/recorded-aws";
import { isSharedGrowth, parseClusterKey } from "../blocks/block-key";
import { type PlanDefinition } from "../demand/plan-definition";
import { type AddressLock, LOCK_FILE, type LockEntry } from "../lock/address-lock";
import { AddressPlanError } from "../message/address-plan-error";
import { recordedApps, withoutStacks, writeStackRecord } from "../stacks";
import { readStates, type StackState } from "../states";
import { heldBlocks } from "./held-blocks";
import { pendingRanges } from "./pending-ranges";
import { type Answer, clusterOf, lives, sharersOf, stateAnswer } from "./state-answer";

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
  /** The AWS blocks that are free or unused according to the states. */
  readonly provenInAws: readonly LockEntry[];
  /** What of AWS could not be read, and why. Each once. */
  readonly unlisted: readonly string[];
}

/** What else is known when blocks leave. */
export interface LeavingEvidence {
  /** Keys of blocks that the same update adds. @default none */
  readonly added?: readonly string[];
  /** Of `listingOf`. @default AWS is not queried, and no receipt mentions it */
  readonly listing?: AwsListing;
}

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
  const clusters = new Set(
    leaving.flatMap(({ key }) => [
      clusterOf(lock, key),
      ...(isSharedGrowth(key) ? sharersOf(lock, key) : []),
    ]),
  );
  // The state with the IPAM pools.
  if (leaving.some(({ key }) => key.startsWith("aws/"))) clusters.add(undefined);
  return readStates(recordedApps(root), env, (stack) => clusters.has(stack.cluster));
}

/**
 * What AWS lists in blocks that are free or unused according to the states.
 *
 * @param provenInAws of `leavingProofs`
 * @returns undefined if there are none
 */
export async function listingOf(
  provenInAws: readonly LockEntry[],
  states: readonly StackState[],
): Promise<AwsListing | undefined> {
  if (provenInAws.length === 0) return undefined;
  return listFromAws(awsQueries(provenInAws, recordedAws(states)));
}

/**
 * What the states, and AWS, prove of the blocks that leave the plan.
 *
 * @param states of `statesOfLeaving`
 */
export function leavingProofs(
  plan: PlanDefinition,
  lock: AddressLock,
  states: readonly StackState[],
  { added = [], listing }: LeavingEvidence = {},
): LeavingProofs {
  const leaving = lock.allocations.filter(({ state }) => state !== undefined);
  const recorded = recordedAws(listing === undefined ? [] : states);
  const freed = new Map<string, string>();
  const drained = new Set<string>();
  const kept: KeptBlock[] = [];
  const provenInAws: LockEntry[] = [];
  const unlisted = new Set<string>();
  for (const entry of leaving) {
    const { key, cidr, state } = entry;
    let answer = stateAnswer(plan, lock, entry, states);
    if ("proof" in answer && isAllocatedByIpam(plan, entry)) {
      provenInAws.push(entry);
      const aws = listing && awsAnswer(entry, recorded, listing);
      if (aws !== undefined && "unlisted" in aws) for (const clause of aws.unlisted) unlisted.add(clause);
      answer = aws === undefined ? answer : withAws(answer, aws);
    }
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
  return { proofs: { freed, drained, attached }, kept, provenInAws, unlisted: [...unlisted] };
}

/** Whether IPAM knows a block. It knows no subnets, but those of a cluster that left stay with their VPC. */
function isAllocatedByIpam(plan: PlanDefinition, { key }: LockEntry): boolean {
  return key.startsWith("aws/") && (parseClusterKey(key)?.zone === undefined || !lives(plan, key));
}

function withAws({ proof }: { readonly proof: string }, answer: AwsAnswer): Answer {
  return "reason" in answer ? answer : { proof: [proof, ...answer.proof, ...answer.unlisted].join("; ") };
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
