import {
  type AddressLock,
  type LockChange,
  parseLock,
  parsePlan,
  PLAN_FILE,
  type PlanDefinition,
} from "@cluster-ipam/address-plan";
import { allocatePlan, EMPTY_LOCK, parseClusterKey, renderLock } from "@cluster-ipam/address-plan/adoption";
import { AddressPlanError, Prefix } from "@cluster-ipam/address-plan/prefix";
import { type Landscape } from "../landscape/landscape";
import { adoptedIds, type AdoptedIds } from "./adopted-ids";
import { type Candidate } from "./candidate";
import { type Choice, choose } from "./choices";
import { type Finding } from "./finding";
import { overlaps } from "./overlaps";
import { MOST_BITS_SMALLER, PlanDocument, withLittleDemand } from "./plan-document";
import { podsRunningOut } from "./pods-running-out";
import { foreignPools } from "./foreign-pools";
import { adoptedEntries } from "./pool-entries";
import { ADOPTED_MARK, type Reservation, reservations } from "./reservations";

/** The plan and the lock as they are. */
export interface CurrentPlan {
  /** Text of `addresses.yaml`. */
  readonly plan: string;
  /** Text of `addresses.lock.json`. @default there is none yet */
  readonly lock?: string;
}

/** What a takeover proposes. Nothing is written. */
export interface Adoption {
  /** Text of `addresses.yaml`. */
  readonly plan: string;
  /** Text of `addresses.lock.json`. */
  readonly lock: string;
  /** What it changes in the lock. */
  readonly changes: readonly LockChange[];
  /** The clusters that it takes under management, sorted by name. */
  readonly adopted: readonly Candidate[];
  /** The ids for the stacks, by environment, then by cluster. */
  readonly ids: Readonly<Record<string, Readonly<Record<string, AdoptedIds>>>>;
  readonly findings: readonly Finding[];
}

/**
 * Takes what exists into the plan: what is chosen becomes clusters, everything else is reserved. Nothing that exists moves, and
 * what the plan has stays. The same landscape twice changes nothing the second time.
 *
 * @throws AddressPlanError if the plan or its lock is invalid, or a space has no room for the pools of what is chosen
 */
export function adopt(landscape: Landscape, choice: Choice, current: CurrentPlan): Adoption {
  const plan = parsePlan(current.plan, PLAN_FILE);
  const lock = current.lock === undefined ? EMPTY_LOCK : parseLock(current.lock);
  const { candidates, findings } = choose(landscape, choice, plan, lock);
  const taken = take(landscape, candidates, current.plan, lock);
  const general = [
    ...overlaps(landscape.ranges),
    ...foreignPools(landscape, plan, lock),
    ...podsRunningOut(landscape),
  ];
  return { ...taken, findings: [...findings, ...taken.findings, ...general] };
}

function take(
  landscape: Landscape,
  candidates: readonly Candidate[],
  planText: string,
  lock: AddressLock,
): Adoption {
  const names = new Set(candidates.map(({ name }) => name));
  const keeps = stillTrue(landscape);
  const { roomy, pools, smaller } = withPools(landscape, candidates, planText, withoutClusters(lock, names));
  let locked = withoutClusters(pools, names);
  const findings: Finding[] = [];
  const refused = new Set<string>();
  for (const candidate of candidates) {
    const result = adoptedEntries(candidate, roomy, locked);
    if ("inTheWay" in result) {
      const { inTheWay, prefix } = result;
      refused.add(candidate.name);
      findings.push({
        kind: "not-adopted",
        subject: candidate.name,
        message: `its ${prefix} overlaps ${inTheWay.cidr}, which the plan has for ${inTheWay.key}; it stays reserved`,
      });
    } else locked = { ...locked, allocations: [...locked.allocations, ...result.entries] };
  }
  if (refused.size > 0) {
    const others = take(
      landscape,
      candidates.filter(({ name }) => !refused.has(name)),
      planText,
      lock,
    );
    return { ...others, findings: [...findings, ...others.findings] };
  }
  return completed({
    landscape,
    candidates,
    document: new PlanDocument(planText, smaller),
    lock,
    locked,
    keeps,
  });
}

/** The pools that the plan needs for what is adopted. */
interface Pooled {
  readonly roomy: PlanDefinition;
  readonly pools: AddressLock;
  /** Bits by which new pools are smaller than they would be in an empty space. */
  readonly smaller: number;
}

/**
 * Allocates the pools beside everything that exists, whatever is adopted: their own CIDRs, of the size that the plan gives them.
 * The pools of new Regions and environments are smaller where there is no room.
 *
 * @throws AddressPlanError if even the smallest ones have no room
 */
function withPools(
  landscape: Landscape,
  candidates: readonly Candidate[],
  planText: string,
  lock: AddressLock,
): Pooled {
  const names = new Set(candidates.map(({ name }) => name));
  for (let smaller = 0; ; smaller++) {
    const document = new PlanDocument(planText, smaller);
    for (const candidate of candidates) document.addCluster(candidate);
    const around = reservations(landscape.ranges, parsePlan(document.text, PLAN_FILE), lock);
    document.setReserved(around.entries, stillTrue(landscape));
    const roomy = parsePlan(document.text, PLAN_FILE);
    try {
      return { roomy, smaller, pools: allocatePlan(withLittleDemand(roomy, names), lock).lock };
    } catch (error) {
      if (!(error instanceof AddressPlanError) || smaller === MOST_BITS_SMALLER) throw error;
    }
  }
}

interface Taken {
  readonly landscape: Landscape;
  readonly candidates: readonly Candidate[];
  /** The plan before it is changed. */
  readonly document: PlanDocument;
  readonly lock: AddressLock;
  /** The lock with what is adopted. */
  readonly locked: AddressLock;
  readonly keeps: (entry: Reservation) => boolean;
}

/** Allocates what the adopted clusters lack, and compares with the lock that was there. */
function completed({ landscape, candidates, document, lock, locked, keeps }: Taken): Adoption {
  for (const candidate of candidates) document.addCluster(candidate);
  const beside = reservations(landscape.ranges, parsePlan(document.text, PLAN_FILE), locked);
  const drop = (entry: Reservation) => keeps(entry) && !isTaken(entry, locked);
  document.setReserved(beside.entries, drop);
  const plan = parsePlan(document.text, PLAN_FILE);
  const allocation = allocatePlan(plan, locked);
  return {
    plan: document.text,
    lock: renderLock(allocation.lock),
    changes: lockChanges(lock, allocation.lock),
    adopted: candidates,
    ids: adoptedIds(candidates),
    findings: [...beside.findings, ...additionsOf(candidates, allocation.lock, locked)],
  };
}

/** What the plan adds to an adopted network: it lacks something that the plan needs. */
function additionsOf(candidates: readonly Candidate[], next: AddressLock, locked: AddressLock): Finding[] {
  const before = new Set(locked.allocations.map(({ key }) => key));
  return candidates.flatMap(({ name }) => {
    const added = next.allocations.filter(
      ({ key }) => !before.has(key) && parseClusterKey(key)?.cluster === name,
    );
    if (added.length === 0) return [];
    const blocks = added.map(({ key, cidr }) => `${key.split(`/${name}/`)[1] ?? "vpc"} ${cidr}`).join(", ");
    return [{ kind: "adopted-with", subject: name, message: `the plan adds ${blocks}` } as const];
  });
}

function lockChanges(before: AddressLock, after: AddressLock): LockChange[] {
  const old = new Map(before.allocations.map((entry) => [entry.key, entry]));
  return after.allocations.flatMap(({ key, cidr, demand }): LockChange[] => {
    const entry = old.get(key);
    if (entry === undefined) return [{ kind: "added", key, cidr, demand }];
    return entry.cidr === cidr ? [] : [{ kind: "widened", key, cidr, demand }];
  });
}

/** The lock without the blocks of some clusters: a killed takeover may have left them. */
function withoutClusters(lock: AddressLock, names: ReadonlySet<string>): AddressLock {
  const stays = ({ key }: { readonly key: string }) => !names.has(parseClusterKey(key)?.cluster ?? "");
  return { ...lock, allocations: lock.allocations.filter(stays) };
}

/** Whether an entry that `adopt` wrote once is still true: only what was looked at can be gone. */
function stillTrue({ seen, ranges }: Landscape): (entry: Reservation) => boolean {
  const places = seen.map(({ cloud, owner, region }) =>
    [cloud, owner, ...(region === "*" ? [] : [region])].join(" "),
  );
  const isDocumented = ranges.some(({ kind }) => kind === "documented");
  return ({ owner }) => {
    const label = owner.slice(ADOPTED_MARK.length);
    const isOfCloud = /^(aws|google) /.test(label);
    return isOfCloud ? !places.some((place) => label.startsWith(`${place} `)) : !isDocumented;
  };
}

function isTaken({ cidr }: Reservation, { allocations }: AddressLock): boolean {
  const prefix = Prefix.parse(cidr);
  return allocations.some(
    (entry) => parseClusterKey(entry.key) !== undefined && Prefix.parse(entry.cidr).overlaps(prefix),
  );
}
