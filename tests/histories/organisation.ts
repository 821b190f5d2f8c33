import { allocate, AddressPlan, type AddressLock, parseLock } from "@cluster-ipam/address-plan";
import { AddressPlanError } from "../../packages/address-plan/src/message/address-plan-error";
import { type StackState } from "@cluster-ipam/address-plan/states";
import { EMPTY_LOCK, renderLock } from "../../packages/address-plan/src/lock/address-lock";
import { mergeLocks } from "../../packages/address-plan/src/lock/lock-merge";
import { parseConflict } from "../../packages/address-plan/src/lock/lock-text";
import { freeBlocks } from "../../packages/address-plan/src/prefix/prefix-set";
import { type AddressesRun, runAddresses } from "./addresses-run";
import { adoption } from "./adoption";
import { type DeploymentOptions, World } from "./cloud/world";
import { type Edit, edited, isPlanEdit } from "./edits";
import {
  clusterOf,
  destroyedInUse,
  freedInUse,
  moves,
  overlaps,
  unknownDeployments,
  occupied,
  type Occupied,
} from "./invariants";
import { larger, lost } from "./reuse";
import { mergeData } from "./merge-plans";
import { parsedKey, prefixOf } from "./parsed";
import { asInput, firstPlan, type Plan, type PlanCluster, type Roominess } from "./plan";

/** Deployments until nothing changes: what leaves drains, retires and is freed, pools after what is inside. */
const MOST_ROUNDS = 8;

/** A commit: the plan and its lock. */
interface Commit {
  readonly plan: Plan;
  readonly lock: AddressLock;
}

/** A deployment of the main branch, and what it left in the cloud. */
export interface ObservedDeployment extends Commit {
  readonly addresses: AddressPlan;
  readonly states: readonly StackState[];
  readonly occupied: readonly Occupied[];
  /** Names in the cloud of the clusters that it destroyed, now or before. */
  readonly left: readonly string[];
}

/** A pull request. */
interface Branch {
  readonly base: Commit;
  head: Commit;
}

/** A violated invariant. */
export class Violation extends Error {}

/** An organisation that lives: its main branch, at most one pull request, and what it deployed. */
export class Organisation {
  readonly world = new World();
  private main: Commit;
  private branch: Branch | undefined;
  private readonly former = new Map<string, PlanCluster>();
  /** Refusals for which no fix was made, with how often. */
  readonly refusals = new Map<string, number>();

  /** @param observe is told of every deployment */
  constructor(
    roominess: Roominess,
    private readonly observe: (deployment: ObservedDeployment) => void = () => undefined,
  ) {
    this.main = { plan: firstPlan(roominess), lock: EMPTY_LOCK };
    this.commit(this.main.plan, this.main.lock);
    this.deploy();
  }

  get plan(): Plan {
    return this.main.plan;
  }

  get lock(): AddressLock {
    return this.main.lock;
  }

  /** Takes a step, and checks the invariants. @throws Violation */
  live(edit: Edit): void {
    if (isPlanEdit(edit.kind)) return this.edit(edit);
    const { which, how } = edit;
    switch (edit.kind) {
      case "update":
        return void this.commit(withoutRenames(this.main.plan), this.main.lock);
      case "deployAll":
        return this.deploy();
      case "deploySome":
        return this.deploy({ includes: (name) => (checksum(name) + which) % 3 !== 0 });
      case "deployNetworks":
        return this.deploy({ networksOnly: true });
      case "destroyByHand":
        return this.destroyByHand(which, how);
      case "release":
        return this.release(which, how);
      case "fork":
        this.branch ??= { base: this.main, head: this.main };
        return;
      case "merge":
        return this.merge(mergeLocks);
      case "conflict":
        return this.merge((first, second, base) =>
          mergeLocks(...parseConflict(conflictOf(first, second)), base),
        );
      case "restoreLock":
        return this.restoreLock();
      case "adopt":
        return this.adopt(which, how);
    }
  }

  /**
   * The end of a history: clusters shrink to the smallest size, all but one or two leave, and everything is deployed until
   * nothing changes.
   *
   * @returns the blocks that a new organisation with this plan would not have, with the reason
   * @throws Violation if a block of a cluster that left stays, or one of a pool that nothing needs
   */
  end(clusters: number): string[] {
    this.branch = undefined;
    const plan = withoutRenames(this.main.plan);
    for (const [index, [name, cluster]] of Object.entries(plan.clusters).entries())
      if (index >= clusters) delete plan.clusters[name];
      else Object.assign(cluster, { nodes: 1, pods: 1, growthPercent: 0 });
    if (!this.commit(plan, this.main.lock))
      throw new Violation(`refused: ${[...this.refusals.keys()].at(-1)}`);
    for (let round = 0, before = ""; before !== renderLock(this.main.lock); round++) {
      if (round > MOST_ROUNDS) throw new Violation(`the lock still changes after ${MOST_ROUNDS} deployments`);
      before = renderLock(this.main.lock);
      this.deploy();
      this.commit(this.main.plan, this.main.lock, this.releasable());
    }
    const { lock } = this.main;
    const fresh = freshLock(this.main.plan);
    this.check([...lost(lock, fresh), ...this.leftovers()]);
    return fresh === undefined ? [] : larger(lock, fresh);
  }

  /** The blocks that only `--release` frees: no stack is recorded any more, and they came back by a merge. */
  private releasable(): ReadonlySet<string> {
    const result = runAddresses(this.main.plan, this.main.lock, this.world.states);
    const kept = result instanceof Error ? [] : result.kept;
    const clusters = new Set(kept.flatMap(({ reason }) => /--release ([\w-]+)$/.exec(reason)?.[1] ?? []));
    const keys = this.main.lock.allocations.map(({ key }) => key);
    return new Set(keys.filter((key) => clusters.has(parsedKey(key)?.cluster ?? "")));
  }

  /** What exists of clusters that left. */
  private leftovers(): string[] {
    return this.world.resources
      .filter(({ stack }) => stack.cluster !== undefined && !this.isLiving(stack.cluster))
      .map(({ stack, address }) => `${stack.id}/${address} still exists`);
  }

  /** Deploys the main branch. */
  deploy(options: DeploymentOptions = {}): void {
    const { plan, lock } = this.main;
    const addresses = AddressPlan.from(asInput(plan), lock);
    let destroyed;
    try {
      destroyed = this.world.deploy(addresses, options);
    } catch (error) {
      throw new Violation(`the deployment fails: ${(error as Error).message}`, { cause: error });
    }
    this.check([...destroyedInUse(destroyed, lock), ...unknownDeployments(lock, this.world)]);
    const { states } = this.world;
    this.observe({ plan, lock, addresses, states, occupied: occupied(this.world), left: this.world.emptied });
  }

  private edit(edit: Edit): void {
    const target = edit.branch && this.branch ? this.branch.head : this.main;
    const free = () => freeCidrs(target.lock, target.plan);
    const plan = edited(target.plan, edit, { former: this.former, free });
    if (plan === undefined) return;
    if (target === this.main) {
      this.remember(target.plan, plan);
      this.commit(plan, target.lock);
    } else {
      const head = this.addresses(plan, target.lock, target);
      if (head !== undefined) this.branch!.head = head;
    }
  }

  private remember(before: Plan, after: Plan): void {
    for (const [name, cluster] of Object.entries(before.clusters))
      if (!(name in after.clusters)) {
        const { renamedFrom: _, ...definition } = cluster;
        this.former.set(name, definition);
      }
  }

  /** Runs `npm run addresses` on the main branch and commits. @returns whether it was accepted */
  private commit(plan: Plan, lock: AddressLock, released: ReadonlySet<string> = new Set()): boolean {
    const next = this.addresses(plan, lock, this.main, released);
    if (next === undefined) return false;
    this.main = next;
    this.check(unknownDeployments(next.lock, this.world));
    return true;
  }

  /** Runs `npm run addresses`, and checks what it did. @param before the commit that it changes */
  private addresses(
    plan: Plan,
    lock: AddressLock,
    before: Commit,
    released: ReadonlySet<string> = new Set(),
  ): Commit | undefined {
    const result = runAddresses(plan, lock, this.world.states, released);
    if (result instanceof Error) {
      const reason = result.message.replace(/\d[\d.,]*(\/\d+)?/g, "N");
      this.refusals.set(reason, (this.refusals.get(reason) ?? 0) + 1);
      return undefined;
    }
    this.checkRun(result, lock, before, released);
    const names = Object.keys(result.plan.clusters).map((name) => clusterName(result.lock, name));
    this.world.record(names);
    if (before === this.main)
      this.world.dropEmptied(
        new Set([
          ...names,
          ...result.lock.allocations.flatMap(({ key }) => clusterOf(result.lock, key) ?? []),
        ]),
      );
    return { plan: result.plan, lock: result.lock };
  }

  private checkRun(
    { plan, lock }: AddressesRun,
    given: AddressLock,
    before: Commit,
    released: ReadonlySet<string>,
  ): void {
    this.check([
      ...overlaps(lock, plan),
      ...moves(before.lock, lock, released),
      ...freedInUse(given, lock, this.world, released, before === this.main),
    ]);
    const text = renderLock(lock);
    if (renderLock(parseLock(text)) !== text) throw new Violation("the lock changes when it is read");
    let plan2: AddressPlan;
    try {
      plan2 = AddressPlan.from(asInput(plan), lock);
    } catch (error) {
      throw new Violation(`the lock is not up to date: ${(error as Error).message}`, { cause: error });
    }
    this.check(
      plan2.clusters.flatMap(({ key, capacity, demand }) =>
        capacity.nodes < demand.nodes
          ? [`${key} has room for ${capacity.nodes} of ${demand.nodes} nodes`]
          : [],
      ),
    );
  }

  private check([problem, ...others]: readonly string[]): void {
    if (problem !== undefined)
      throw new Violation(others.length === 0 ? problem : `${problem} (and ${others.length} more)`);
  }

  /** Merges the pull request. What it freed or allocated is checked against the main branch. */
  private merge(merged: (first: AddressLock, second: AddressLock, base: AddressLock) => AddressLock): void {
    if (this.branch === undefined) return;
    const { base, head } = this.branch;
    this.branch = undefined;
    const plan = mergedPlan(base.plan, this.main.plan, head.plan);
    const lock = merged(this.main.lock, head.lock, base.lock);
    this.remember(this.main.plan, plan);
    this.commit(plan, lock);
  }

  /** Someone runs `terraform destroy`. */
  private destroyByHand(which: number, how: number): void {
    const names = [...new Set(this.world.resources.flatMap(({ stack }) => stack.cluster ?? []))];
    const name = names[which % Math.max(1, names.length)];
    if (name === undefined) return;
    if (how % 2 === 0 && this.isLiving(name)) return;
    this.world.destroy(name);
  }

  private isLiving(name: string): boolean {
    return Object.keys(this.main.plan.clusters).some((key) => clusterName(this.main.lock, key) === name);
  }

  /** Releases a cluster that is not deployed, or was destroyed for that: an acknowledged `--release`. */
  private release(which: number, how: number): void {
    const { plan, lock } = this.main;
    const keys = [...new Set(lock.allocations.flatMap(({ key }) => parsedKey(key)?.cluster ?? []))];
    const key = keys[which % Math.max(1, keys.length)];
    if (key === undefined) return;
    const name = clusterName(lock, key);
    if (how % 2 === 0 && key in plan.clusters) return;
    const released = lock.allocations.filter((entry) => parsedKey(entry.key)?.cluster === key);
    // Destroying the cluster does not destroy the pool of its VPC, which the network app has.
    if (released.some(({ vpcCidr }) => vpcCidr === "ipam-assigned")) return;
    this.world.destroy(name);
    this.commit(plan, lock, new Set(released.map((entry) => entry.key)));
  }

  /** A VPC that exists is taken into the plan, and imported by the next deployment. */
  private adopt(which: number, how: number): void {
    const adopted = adoption(this.main.plan, this.main.lock, which, how);
    if (adopted === undefined || !this.commit(adopted.plan, adopted.lock)) return;
    const { plan, lock } = this.main;
    this.world.adopt(AddressPlan.from(asInput(plan), lock).eks(adopted.name));
  }

  /** The lock is lost. A new one would be refused; git has it. */
  private restoreLock(): void {
    this.commit(this.main.plan, parseLock(renderLock(this.main.lock)));
  }
}

/** The name of a cluster in the cloud. */
function clusterName(lock: AddressLock, key: string): string {
  return lock.renamed.find(({ cluster }) => cluster === key)?.createdAs ?? key;
}

function withoutRenames(plan: Plan): Plan {
  const copy = structuredClone(plan);
  for (const cluster of Object.values(copy.clusters)) delete cluster.renamedFrom;
  return copy;
}

/** A plan that was changed on two branches. A person resolves a rename of what the other branch changed. */
function mergedPlan(base: Plan, ours: Plan, theirs: Plan): Plan {
  const plan = structuredClone(mergeData(base, ours, theirs));
  for (const { renamedFrom } of Object.values(plan.clusters))
    if (renamedFrom !== undefined) delete plan.clusters[renamedFrom];
  return plan;
}

/** The lock as git leaves it in a conflict of whole files. */
function conflictOf(first: AddressLock, second: AddressLock): string {
  return `<<<<<<< HEAD\n${renderLock(first)}=======\n${renderLock(second)}>>>>>>> branch\n`;
}

/** Free CIDRs in the pools of a lock. */
function freeCidrs({ allocations }: AddressLock, { reserved }: Plan): string[] {
  const prefixes = [...allocations, ...reserved].map(({ cidr }) => prefixOf(cidr));
  return allocations
    .filter(({ key }) => parsedKey(key) === undefined)
    .slice(0, 12)
    .flatMap(({ cidr }) => {
      const pool = prefixOf(cidr);
      return freeBlocks(
        pool,
        prefixes.filter((prefix) => pool.contains(prefix) && !prefix.equals(pool)),
      );
    })
    .map(String);
}

function checksum(text: string): number {
  return [...text].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
}

/** The lock of a new organisation. Undefined if the plan does not fit anew, because blocks of its past were kept. */
function freshLock(plan: Plan): AddressLock | undefined {
  try {
    return allocate(asInput(plan)).lock;
  } catch (error) {
    if (error instanceof AddressPlanError) return undefined;
    throw error;
  }
}
