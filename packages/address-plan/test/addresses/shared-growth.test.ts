import { AddressPlan, type AddressLock, allocate, compareLocks, parseLock, Prefix } from "../../src";
import { renderLock } from "../../src/lock/address-lock";
import { mergeLocks } from "../../src/lock/lock-merge";
import { examplePlan } from "../example-plan";

const GROWTH = "aws/eu-central-1/prod/growth-pods";

/** The example with another EKS cluster in prod, and shared growth space there. */
function sharingPlan(eksGrowth?: string, change: (plan: ReturnType<typeof examplePlan>) => void = () => {}) {
  const plan = examplePlan();
  plan.clusters["prod-orders"] = {
    ...plan.clusters["prod-payments"]!,
    growthPercent: 0,
    pods: 500,
    nodes: 10,
  };
  if (eksGrowth !== undefined) plan.environments["prod"]!.aws!.eksGrowth = eksGrowth;
  change(plan);
  return plan;
}
const growthIn = ({ allocations }: AddressLock) =>
  allocations.filter(({ key }) => key.startsWith(GROWTH)).map(({ key, cidr, state }) => [key, cidr, state]);

test("all clusters of an environment and Region know its growth pool, and no others do", () => {
  const plan = AddressPlan.from(sharingPlan("/16"), allocate(sharingPlan("/16")).lock);
  const shared = [{ name: "shared-growth-pods", cidr: "100.66.0.0/16", pool: GROWTH }];
  expect(plan.eks("prod-payments").sharedGrowth).toEqual(shared);
  expect(plan.eks("prod-orders").sharedGrowth).toEqual(shared);
  expect(plan.eks("prod-orders").growth).toEqual([]);
  expect(plan.eks("dev-apps").sharedGrowth).toEqual([]);
});

test("shared growth space moves nothing in an existing lock", () => {
  const { lock } = allocate(sharingPlan());
  const { changes } = allocate(sharingPlan("/16"), parseLock(renderLock(lock)));
  expect(changes).toEqual([{ kind: "added", key: GROWTH, cidr: "100.66.0.0/16", demand: "/16" }]);
});

test("its space is private, fenced in every Google network, and taken from everything else before it is used", () => {
  const plan = AddressPlan.from(sharingPlan("/16"), allocate(sharingPlan("/16")).lock);
  const pool = Prefix.parse("100.66.0.0/16");
  const covered = (cidrs: readonly string[]) => cidrs.some((cidr) => Prefix.parse(cidr).contains(pool));
  for (const { name, privateRanges } of plan.clusters)
    expect([name, covered(privateRanges)]).toEqual([name, true]);
  for (const name of ["dev-search", "prod-search"])
    expect(covered(plan.gke(name).fences.map(({ cidr }) => cidr))).toBe(true);
  for (const { podCidrs, growth } of [plan.eks("prod-payments"), plan.eks("prod-orders")])
    for (const { cidr } of [...podCidrs, ...growth]) expect(Prefix.parse(cidr).overlaps(pool)).toBe(false);
});

test("its IPAM pool lies beside the pools of pods, and allocates CIDRs of /20 to /26", () => {
  const pools = AddressPlan.from(sharingPlan("/16"), allocate(sharingPlan("/16")).lock).awsPools();
  expect(pools.find(({ key }) => key === GROWTH)).toEqual({
    ...{
      key: GROWTH,
      parent: "aws/eu-central-1/prod-pods",
      cidrs: ["100.66.0.0/16"],
      locale: "eu-central-1",
    },
    ...{ description: "prod EKS growth in eu-central-1", environment: "prod", reservations: [] },
    rules: {
      ...{ minNetmaskLength: 20, maxNetmaskLength: 26, defaultNetmaskLength: 24 },
      requiredTags: { environment: "prod" },
    },
  });
  const small = AddressPlan.from(sharingPlan("/25"), allocate(sharingPlan("/25")).lock).awsPools();
  expect(small.find(({ key }) => key === GROWTH)?.rules).toMatchObject({
    ...{ minNetmaskLength: 25, maxNetmaskLength: 26, defaultNetmaskLength: 25 },
  });
});

test("more is a further CIDR beside the first, and less lets the last CIDR drain although the lock has nothing in it", () => {
  const first = allocate(sharingPlan("/16")).lock;
  const second = allocate(sharingPlan("/15"), first).lock;
  expect(growthIn(second)).toEqual([
    [GROWTH, "100.66.0.0/16", undefined],
    [`${GROWTH}#2`, "100.67.0.0/16", undefined],
  ]);
  const shrunk = allocate(sharingPlan("/16"), second).lock;
  expect(growthIn(shrunk)).toEqual([
    [GROWTH, "100.66.0.0/16", undefined],
    [`${GROWTH}#2`, "100.67.0.0/16", "draining"],
  ]);
  const plan = AddressPlan.from(sharingPlan("/16"), shrunk);
  expect(plan.eks("prod-orders").sharedGrowth).toEqual([
    { name: "shared-growth-pods", cidr: "100.66.0.0/16", pool: GROWTH },
    { name: "shared-growth-pods-2", cidr: "100.67.0.0/16", pool: GROWTH, state: "draining" },
  ]);
  // Clusters may still have CIDRs in it.
  expect(plan.awsPools().find(({ key }) => key === GROWTH)?.cidrs).toHaveLength(2);
  expect(growthIn(allocate(sharingPlan("/15"), shrunk).lock)).toEqual(growthIn(second));
});

test.each<[string, (plan: ReturnType<typeof examplePlan>) => void]>([
  ["the setting", (plan) => delete plan.environments["prod"]!.aws!.eksGrowth],
  [
    "the last clusters",
    (plan) => ["prod-payments", "prod-orders"].forEach((name) => delete plan.clusters[name]),
  ],
])("the pool drains without %s, and the pools around it stay", (_, change) => {
  const { lock } = allocate(sharingPlan("/16", change), allocate(sharingPlan("/16")).lock);
  expect(growthIn(lock)).toEqual([[GROWTH, "100.66.0.0/16", "draining"]]);
  const around = lock.allocations.filter(
    ({ key }) => key.endsWith("prod-pods") || key.endsWith("eu-central-1-pods"),
  );
  expect(around.map(({ state }) => state)).not.toContain("retired");
});

test("a pool whose clusters' pods moved to another space drains, and one with another name is there", () => {
  const moved = sharingPlan("/18", (plan) => {
    Object.assign(plan.spaces, { extra: "240.0.0.0/8" });
    Object.assign(plan.regions.aws!["eu-central-1"]!, { extra: "/12" });
    Object.assign(plan.environments["prod"]!.aws!, { podsFrom: "extra", extra: "/14" });
  });
  const { lock } = allocate(moved, allocate(sharingPlan("/18")).lock);
  expect(AddressPlan.from(moved, lock).eks("prod-orders").sharedGrowth).toMatchObject([
    { name: "shared-growth-extra", pool: "aws/eu-central-1/prod/growth-extra" },
    { name: "shared-growth-pods", pool: GROWTH, state: "draining" },
  ]);
});

test("two branches that add the same pool merge into one", () => {
  const base = allocate(sharingPlan()).lock;
  const [one, other] = [allocate(sharingPlan("/16"), base).lock, allocate(sharingPlan("/17"), base).lock];
  const merged = mergeLocks(one, other, base);
  expect(growthIn(merged)).toEqual([[GROWTH, "100.66.0.0/16", undefined]]);
  expect(compareLocks(one, allocate(sharingPlan("/16"), merged).lock)).toEqual(compareLocks(one, one));
});

test.each([
  ["/27", '"/27" is not a block size from /1 to /26 such as /16'],
  ["/13", "set environments.prod.aws.pods to /12"],
])("a pool of %s is refused with a fix", (size, error) => {
  expect(() => allocate(sharingPlan(size))).toThrow(error);
});
