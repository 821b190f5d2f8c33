import fc from "fast-check";

import {
  AddressPlan,
  type AddressLock,
  type AllocatedBlock,
  allocate,
  type PlanDefinitionInput,
  Prefix,
} from "../../src";
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
      if (reserved.some((range) => range.overlaps(child.prefix)))
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

test("no remaining allocation moves in any history of additions and removals", () => {
  fc.assert(
    fc.property(fc.array(clusters, { minLength: 2, maxLength: 6 }), (history) => {
      let lock = EMPTY_LOCK;
      let known: Clusters = {};
      for (const step of history) {
        // A name keeps its first demand, so that no demand outgrows its allocation. Only growth may change.
        const demand = Object.fromEntries(
          Object.entries(step).map(([name, cluster]) => {
            const { growthPercent } = cluster;
            return [name, { ...(known[name] ?? cluster), growthPercent }];
          }),
        );
        known = { ...known, ...demand };
        const plan = withClusters(demand);
        const before = new Map(lock.allocations.map(({ key, cidr }) => [key, cidr]));
        const { lock: next, changes } = allocate(plan, lock);
        const freed = changes.filter(({ kind }) => kind === "freed").map(({ cidr }) => Prefix.parse(cidr));
        const moved = next.allocations.filter(({ key, cidr }) => before.has(key) && before.get(key) !== cidr);
        expect(moved).toEqual([]);
        const fresh = next.allocations
          .filter(({ key }) => !before.has(key))
          .map(({ cidr }) => Prefix.parse(cidr));
        expect(fresh.filter((prefix) => freed.some((other) => other.overlaps(prefix)))).toEqual([]);
        expect(violations(plan, next)).toEqual([]);
        expect(renderLock(allocate(plan, next).lock)).toBe(renderLock(next));
        lock = next;
      }
    }),
    { numRuns: 40 },
  );
});

test("a reduced demand keeps its block", () => {
  const plan = examplePlan();
  const { lock } = allocate(plan);
  plan.clusters["prod-payments"]!.pods = 600;
  const smaller = allocate(plan, lock);
  expect(smaller.changes.map(({ kind }) => kind)).toEqual(smaller.changes.map(() => "demand-changed"));
  expect(smaller.changes.map(({ key, cidr, demand }) => `${key} ${cidr} ${demand}`)).toContain(
    "aws/eu-central-1/prod/eks-pods/prod-payments/pods 100.64.64.0/18 /19: 3 × /21",
  );
});

const growthIn = (lock: AddressLock, cluster: string): string[] =>
  lock.allocations
    .filter(({ key }) => key.includes(`/${cluster}/growth`))
    .map(({ key, cidr, asked }) => `${key.split("/").at(-1)} ${cidr} ${asked}`);

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
    "growth-2 100.64.128.0/17 /17: part of 300 % of the pods",
  ]);
  lock = raised(310, lock);
  expect(growthIn(lock, "prod-payments").at(-1)).toBe(
    "growth-3 100.65.0.0/21 /21: part of 310 % of the pods",
  );
  // Lower growth frees nothing, because the blocks may be in use.
  lock = raised(50, lock);
  expect(growthIn(lock, "prod-payments")).toEqual([
    "growth 100.64.0.0/18 /18: part of 50 % of the pods",
    "growth-2 100.64.128.0/17 /17: part of 50 % of the pods",
    "growth-3 100.65.0.0/21 /21: part of 50 % of the pods",
  ]);
  lock = raised(0, lock);
  expect(growthIn(lock, "prod-payments")).toEqual([]);
});

test("growth is limited by the largest secondary CIDR", () => {
  const plan = examplePlan();
  const { lock } = allocate(plan);
  plan.clusters["prod-payments"]!.growthPercent = 600;
  expect(() => allocate(plan, lock)).toThrow(
    new Error(
      "prod-payments/growthPercent: 600 % of the pods' /18 needs another /15, but the largest secondary CIDR is a /16; use at most 500",
    ),
  );
  plan.clusters["prod-payments"]!.growthPercent = 500;
  expect(growthIn(allocate(plan, lock).lock, "prod-payments")).toHaveLength(2);
});

test("a plan returns the growth blocks of its lock in order", () => {
  const plan = examplePlan();
  let { lock } = allocate(plan);
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
  plan.clusters = { renamed: payments };
  const second = allocate(plan, first).lock;
  const cidr = (lock: AddressLock, cluster: string): string | undefined =>
    lock.allocations.find(({ key }) => key === `aws/eu-central-1/prod/eks/${cluster}`)?.cidr;
  expect(cidr(second, "renamed")).not.toBe(cidr(first, "prod-payments"));
  plan.clusters = { renamed: payments, third: payments };
  expect(cidr(allocate(plan, second).lock, "third")).toBe(cidr(first, "prod-payments"));
});

test.each<[string, (plan: PlanDefinitionInput) => void, string]>([
  [
    "more pods",
    (plan) => (plan.clusters["prod-payments"]!.pods = 6600) && (plan.clusters["prod-payments"]!.nodes = 120),
    "aws/eu-central-1/prod/eks-pods/prod-payments/pods: the plan requires /17: 3 × /19, but addresses.lock.json has 100.64.64.0/18 and an allocation never moves; reduce the demand, leave the rest to the growth CIDR (growthPercent), or release the allocation: npm run addresses -- --release aws/eu-central-1/prod/eks-pods/prod-payments/pods",
  ],
  [
    "a larger pool",
    (plan) => (plan.environments["prod"]!.aws!.eks = "/15"),
    "aws/eu-central-1/prod/eks: the plan requires /15, but addresses.lock.json has 10.208.0.0/16 and an allocation never moves; reduce the demand, place new clusters in another region or environment, or release the allocation: npm run addresses -- --release aws/eu-central-1/prod/eks",
  ],
])("rejects a demand that outgrew its allocation: %s", (_, change, message) => {
  const plan = examplePlan();
  const { lock } = allocate(plan);
  change(plan);
  expect(() => allocate(plan, lock)).toThrow(new Error(message));
});

test.each<[string, (plan: PlanDefinitionInput) => void, string]>([
  [
    "a block larger than its parent",
    (plan) => (plan.environments["prod"]!.aws!.primary = "/11"),
    "aws/eu-central-1/prod: a /11 does not fit into 10.208.0.0/12 of aws/eu-central-1; use a smaller block in environments.prod.aws or a larger one for eu-central-1",
  ],
  [
    "a full pool",
    (plan) => (plan.environments["prod"]!.aws!.eksPods = "/18"),
    "aws/eu-central-1/prod/eks-pods/prod-payments/pods: no aligned /18 is free in 100.64.0.0/18 of aws/eu-central-1/prod/eks-pods; use a larger environments.prod.aws.eksPods or split the cluster",
  ],
  [
    "a fully reserved space",
    (plan) => (plan.reserved = [{ cidr: "10.0.0.0/7", owner: "on-premises" }]),
    "aws/eu-central-1: no aligned /12 is free in 10.0.0.0/8 of primary; use a smaller block in regions.aws.eu-central-1 or a larger space",
  ],
  [
    "pods beyond a /16 subnet",
    (plan) => Object.assign(plan.clusters["prod-payments"]!, { nodes: 6000, pods: 600_000 }),
    "prod-payments/pods: pods need 18,380 /28 prefixes per zone, but the largest subnet, a /16, has 4,094; add a zone or split the cluster",
  ],
  [
    "pods beyond a /16 secondary CIDR",
    (plan) => Object.assign(plan.clusters["prod-payments"]!, { nodes: 900, pods: 60_000 }),
    "prod-payments/pods: 60,000 pods in 3 zones need a /14, but the largest secondary CIDR is a /16; use fewer pods or nodes, or split the cluster",
  ],
  [
    "growth beyond a /16 secondary CIDR",
    (plan) => (plan.clusters["prod-payments"]!.growthPercent = 500),
    "prod-payments/growthPercent: 500 % of the pods' /18 is a /15, but the largest secondary CIDR is a /16; use at most 400",
  ],
  [
    "a GKE growth range beyond a /9",
    (plan) =>
      Object.assign(plan.clusters["prod-search"]!, { nodes: 15_000, podsPerNode: 256, growthPercent: 200 }),
    "prod-search/growthPercent: 200 % of the pods' /9 is a /8, but the largest range is a /9; use at most 100",
  ],
])("rejects %s", (_, change, message) => {
  const plan = examplePlan();
  change(plan);
  expect(() => allocate(plan)).toThrow(new Error(message));
});
