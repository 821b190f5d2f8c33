import fc from "fast-check";

import {
  AddressPlan,
  type AddressLock,
  type AllocatedBlock,
  allocate,
  type PlanDefinitionInput,
  Prefix,
} from "../../src";
import { allocatePlan } from "../../src/allocation/allocation";
import { NO_PROOFS } from "../../src/allocation/leaving/proofs";
import { checkDefinition } from "../../src/demand/definition-check";
import { EMPTY_LOCK, renderLock } from "../../src/lock/address-lock";
import { examplePlan } from "../example-plan";

type Clusters = PlanDefinitionInput["clusters"];

const zonesOf = (region: string, dash: string, count: number): string[] =>
  ["a", "b", "c"].slice(0, count).map((letter) => `${region}${dash}${letter}`);

const eks = fc
  .record({
    environment: fc.constantFrom("dev", "prod"),
    region: fc.constantFrom("eu-central-1", "eu-west-1"),
    zones: fc.integer({ min: 2, max: 3 }),
    nodes: fc.integer({ min: 1, max: 40 }),
    podsPerNode: fc.integer({ min: 10, max: 60 }),
    growthPercent: fc.constantFrom(0, 30, 100),
  })
  .map((demand): Clusters[string] => ({
    ...{ ...demand, cloud: "aws", instanceType: "m7i.2xlarge", pods: demand.nodes * 10 },
    zones: zonesOf(demand.region, "", demand.zones),
  }));
const gke = fc
  .record({
    environment: fc.constantFrom("dev", "prod"),
    zones: fc.integer({ min: 1, max: 3 }),
    nodes: fc.integer({ min: 1, max: 40 }),
    podsPerNode: fc.integer({ min: 8, max: 64 }),
    growthPercent: fc.constantFrom(0, 30, 100),
  })
  .map((demand): Clusters[string] => ({
    ...{ ...demand, cloud: "google", region: "europe-west3", pods: demand.nodes },
    zones: zonesOf("europe-west3", "-", demand.zones),
  }));
const clusters = fc.dictionary(
  fc.constantFrom(..."abcdefgh".split("").map((letter) => `cluster-${letter}`)),
  fc.oneof(eks, gke),
  {
    noNullPrototype: true,
  },
);

const withClusters = (clusters: Clusters): PlanDefinitionInput => ({ ...examplePlan(), clusters });

/** The allocations in a lock that violate an invariant. */
function violations(plan: PlanDefinitionInput, lock: AddressLock): string[] {
  const reserved = (plan.reserved ?? []).map(({ cidr }) => Prefix.parse(cidr));
  const wrong: string[] = [];
  const visit = ({ key, prefix, children }: AllocatedBlock): void => {
    for (const [index, child] of children.entries()) {
      if (!prefix.contains(child.prefix)) wrong.push(`${child.key} outside ${key}`);
      // A pool may have a reserved range inside.
      const isTaken = child.kind !== "reserved" && child.kind !== "pool";
      if (isTaken && reserved.some((range) => range.overlaps(child.prefix)))
        wrong.push(`${child.key} in a reserved range`);
      for (const other of children.slice(index + 1))
        if (child.prefix.overlaps(other.prefix)) wrong.push(`${child.key} overlaps ${other.key}`);
      visit(child);
    }
  };
  allocate(plan, lock).spaces.forEach(visit);
  // A misaligned block has host bits, which the parser rejects.
  for (const { cidr } of lock.allocations) if (`${Prefix.parse(cidr)}` !== cidr) wrong.push(cidr);
  return wrong;
}

test("blocks are aligned, inside their parents, without overlap and outside reserved ranges", () => {
  fc.assert(
    fc.property(clusters, (demand) => {
      const plan = withClusters(demand);
      expect(violations(plan, allocate(plan).lock)).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

test("the order of the plan does not matter", () => {
  const permuted = clusters.chain((demand) =>
    fc.tuple(
      fc.constant(demand),
      fc.shuffledSubarray(Object.keys(demand), { minLength: Object.keys(demand).length }),
    ),
  );
  fc.assert(
    fc.property(permuted, ([demand, order]) => {
      const plan = withClusters(demand);
      const other = withClusters(Object.fromEntries(order.map((name) => [name, demand[name]!])));
      other.regions = {
        google: plan.regions.google,
        aws: Object.fromEntries(Object.entries(plan.regions.aws!).reverse()),
      };
      other.reserved = [...plan.reserved!].reverse();
      for (const cluster of Object.values(other.clusters)) cluster.zones = [...cluster.zones].reverse();
      expect(allocate(other).lock).toEqual(allocate(plan).lock);
    }),
    { numRuns: 50 },
  );
});

/** One step of a history: clusters, larger or smaller pools, and whether the states prove what leaves to be free. */
const step = fc.record({ demand: clusters, bits: fc.integer({ min: -1, max: 1 }), proven: fc.boolean() });

test("nothing moves in any history, what leaves stays until it is proven free, and a second run changes nothing", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 6 }), (history) => {
      let lock = EMPTY_LOCK;
      let known: Clusters = {};
      for (const { demand, bits, proven } of history) {
        // A cluster cannot move: a name keeps its cloud, region and environment. Everything else may grow and shrink.
        const placed = Object.fromEntries(
          Object.entries(demand).map(([name, cluster]) => {
            const first = known[name] ?? cluster;
            if (first.cloud !== cluster.cloud) return [name, first];
            const { environment, region } = first;
            const zones = zonesOf(region, first.cloud === "aws" ? "" : "-", cluster.zones.length);
            return [name, { ...cluster, environment, region, zones, vpcCidrQuota: 50 } as typeof cluster];
          }),
        );
        for (const cluster of Object.values(placed))
          if (cluster.cloud === "google") delete (cluster as { vpcCidrQuota?: number }).vpcCidrQuota;
        known = { ...known, ...placed };
        const plan = withClusters(placed);
        plan.environments["prod"]!.aws!.eks = `/${16 - bits}`;
        plan.environments["prod"]!.google!.gke = `/${14 - bits}`;
        const { lock: next, changes } = allocate(plan, lock);
        const after = new Map(next.allocations.map(({ key, cidr }) => [key, Prefix.parse(cidr)]));
        for (const { key, cidr } of lock.allocations) {
          const now = after.get(key);
          expect(now?.contains(Prefix.parse(cidr))).toBe(true);
          if (!/^google.*nodes/.test(key)) expect(`${now}`).toBe(cidr);
        }
        expect(violations(plan, next)).toEqual([]);
        expect(changes.some(({ kind }) => kind === "freed")).toBe(false);
        expect(allocate(plan, next).changes).toEqual([]);
        expect(renderLock(allocate(plan, next).lock)).toBe(renderLock(next));
        expect(AddressPlan.from(plan, next).clusters).toHaveLength(Object.keys(placed).length);
        lock = proven ? withoutLeaving(plan, next) : next;
      }
    }),
    { numRuns: 40 },
  );
});

/** The lock after the states have proven everything that leaves to be unused, and then to be free. */
function withoutLeaving(plan: PlanDefinitionInput, lock: AddressLock): AddressLock {
  const definition = checkDefinition(plan);
  let current = lock;
  for (let step = 0; step < 8; step++) {
    const leaving = current.allocations.filter(({ state }) => state !== undefined);
    if (leaving.length === 0) return current;
    const freed = leaving
      .filter(({ state }) => state === "retired")
      .map(({ key }) => [key, "proof"] as const);
    const drained = leaving.filter(({ state }) => state === "draining").map(({ key }) => key);
    const proofs = { ...NO_PROOFS, freed: new Map(freed), drained: new Set(drained) };
    current = allocatePlan(definition, current, proofs).lock;
  }
  throw new Error("blocks that leave are never freed");
}

test("a reduced demand keeps its block", () => {
  const plan = examplePlan();
  const { lock } = allocate(plan);
  plan.clusters["prod-payments"]!.pods = 600;
  const smaller = allocate(plan, lock);
  expect(smaller.changes.map(({ kind }) => kind)).toEqual(smaller.changes.map(() => "demand-changed"));
  expect(smaller.changes.map(({ key, cidr, demand }) => `${key} ${cidr} ${demand}`)).toContain(
    "aws/eu-central-1/prod/eks-pods/prod-payments/pods/eu-central-1a 100.64.64.0/20 /20: 200 pods on 20 nodes + 2 surge",
  );
});

const growthIn = (lock: AddressLock, cluster: string): string[] =>
  lock.allocations
    .filter(({ key }) => key.includes(`/${cluster}/growth`))
    .map(({ key, cidr, demand, state }) => [key.split("/").at(-1), cidr, state ?? demand].join(" "));

test("raised growth adds one block for the missing space", () => {
  const plan = examplePlan();
  const payments = plan.clusters["prod-payments"]!;
  const raised = (percent: number, lock: AddressLock): AddressLock => {
    payments.growthPercent = percent;
    return allocate(plan, lock).lock;
  };
  let lock = allocate(plan).lock;
  expect(growthIn(lock, "prod-payments")).toEqual(["growth 100.64.0.0/18 /18: 100 % of the pods"]);
  lock = raised(300, lock);
  expect(growthIn(lock, "prod-payments")).toEqual([
    "growth 100.64.0.0/18 /18: part of 300 % of the pods",
    "growth#2 100.64.128.0/17 /17: part of 300 % of the pods",
  ]);
  lock = raised(310, lock);
  expect(growthIn(lock, "prod-payments").at(-1)).toBe(
    "growth#3 100.65.0.0/21 /21: part of 310 % of the pods",
  );
  // Lower growth drains the last blocks, which may be in use.
  lock = raised(50, lock);
  expect(growthIn(lock, "prod-payments")).toEqual([
    "growth 100.64.0.0/18 /18: 50 % of the pods",
    "growth#2 100.64.128.0/17 draining",
    "growth#3 100.65.0.0/21 draining",
  ]);
  lock = raised(0, lock);
  expect(growthIn(lock, "prod-payments")[0]).toBe("growth 100.64.0.0/18 draining");
  lock = raised(250, lock);
  expect(growthIn(lock, "prod-payments")).toEqual([
    "growth 100.64.0.0/18 /18: part of 250 % of the pods",
    "growth#2 100.64.128.0/17 /17: part of 250 % of the pods",
    "growth#3 100.65.0.0/21 draining",
  ]);
});

test("growth beyond the largest secondary CIDR is in several", () => {
  const plan = examplePlan();
  const { lock } = allocate(plan);
  plan.clusters["prod-payments"]!.growthPercent = 600;
  expect(growthIn(allocate(plan, lock).lock, "prod-payments")).toEqual([
    "growth 100.64.0.0/18 /18: part of 600 % of the pods",
    "growth#2 100.65.0.0/16 /16: part of 600 % of the pods",
    "growth#3 100.64.128.0/18 /18: part of 600 % of the pods",
  ]);
});

test("a plan returns the growth blocks of its lock in order", () => {
  const plan = examplePlan();
  let { lock } = allocate(plan);
  plan.clusters["prod-payments"] = {
    ...plan.clusters["prod-payments"]!,
    vpcCidrQuota: 6,
  } as Clusters[string];
  for (const percent of [150, 200, 250]) {
    plan.clusters["prod-payments"]!.growthPercent = percent;
    lock = allocate(plan, lock).lock;
  }
  const { growth } = AddressPlan.from(plan, lock).eks("prod-payments");
  expect(growth.map(({ name }) => name)).toEqual(["growth", "growth-2", "growth-3", "growth-4"]);
});

test("freed space is reused by the next run, not the same one", () => {
  const plan = examplePlan();
  const first = allocate(plan).lock;
  const payments = plan.clusters["prod-payments"]!;
  plan.clusters = { other: payments };
  const second = allocate(plan, first).lock;
  const cidr = (lock: AddressLock, cluster: string): string | undefined =>
    lock.allocations.find(({ key }) => key === `aws/eu-central-1/prod/eks/${cluster}`)?.cidr;
  expect(cidr(second, "other")).not.toBe(cidr(first, "prod-payments"));
  const third = withoutLeaving(plan, second);
  expect(cidr(third, "prod-payments")).toBeUndefined();
  expect(cidr(third, "other")).toBe(cidr(second, "other"));
  plan.clusters = { other: payments, third: payments };
  expect(cidr(allocate(plan, third).lock, "third")).toBe(cidr(first, "prod-payments"));
});

test.each<[string, (plan: PlanDefinitionInput) => void, string]>([
  [
    "a block larger than its parent",
    (plan) => (plan.environments["prod"]!.aws!.primary = "/11"),
    "aws/eu-central-1/prod: no aligned /11 is free in 10.208.0.0/12 of aws/eu-central-1; set regions.aws.eu-central-1.primary to /11",
  ],
  [
    "a full pool",
    (plan) => (plan.environments["prod"]!.aws!.eksPods = "/18"),
    "aws/eu-central-1/prod/eks-pods/prod-payments/pods: no aligned /18 is free in 100.64.0.0/18 of aws/eu-central-1/prod/eks-pods; set environments.prod.aws.eksPods to /17",
  ],
  [
    "a fully reserved space",
    (plan) => (plan.reserved = [{ cidr: "10.0.0.0/7", owner: "on-premises" }]),
    "aws/eu-central-1: no aligned /12 is free in 10.0.0.0/8 of primary; add 172.16.0.0/12 to spaces.primary and add a public range that you own to spaces.primary",
  ],
  [
    "a full pool whose environment and Region are full too",
    (plan) => Object.assign(plan.clusters["prod-payments"]!, { nodes: 6000, pods: 600_000 }),
    "aws/eu-central-1/prod/eks-pods/prod-payments/growth#11: no aligned /16 is free in 100.64.0.0/15 of aws/eu-central-1/prod/eks-pods; set environments.prod.aws.eksPods to /11 and set environments.prod.aws.pods to /11 and set regions.aws.eu-central-1.pods to /11",
  ],
  [
    "a VPC with more CIDRs than its quota",
    (plan) => {
      Object.assign(plan.clusters["prod-payments"]!, { nodes: 900, pods: 60_000 });
      Object.assign(plan.environments["prod"]!.aws!, { eksPods: "/13", pods: "/13" });
    },
    "clusters.prod-payments.vpcCidrQuota: its VPC needs 8 CIDRs (10.208.0.0/21, 100.64.0.0/16, 100.65.0.0/16, 100.66.0.0/16, 100.67.0.0/16, 100.68.0.0/16, 100.69.0.0/16, 100.70.0.0/16), but the quota is 5; set clusters.prod-payments.vpcCidrQuota to 8, and request the quota L-83CA0A9D of the account before you deploy",
  ],
  [
    "a GKE growth range for which no private range is left",
    (plan) =>
      Object.assign(plan.clusters["prod-search"]!, { nodes: 15_000, podsPerNode: 256, growthPercent: 200 }),
    "google/europe-west3/prod/gke/prod-search/growth: no aligned /9 is free in 10.240.0.0/14 of google/europe-west3/prod/gke; set environments.prod.google.gke to /7 and set environments.prod.google.primary to /7 and set regions.google.europe-west3.primary to /6 and add a public range that you own to spaces.primary",
  ],
])("rejects %s", (_, change, message) => {
  const plan = examplePlan();
  change(plan);
  expect(() => allocate(plan)).toThrow(new Error(message));
});
