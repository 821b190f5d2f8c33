import { decide, type Observation, type ScalingPolicy } from "../../../src/runtime";
import { cidrLengths } from "../../../src/runtime/decide/shared-pool";
import { configOf, growthSubnet, minutesAgo, NOW, observationOf, podSubnet } from "../observation-fixture";

const sharing = (change: Partial<ScalingPolicy> = {}, cidrsPerVpc = 50): ReturnType<typeof configOf> =>
  configOf({
    growthPools: { cidrs: [], shared: { ipamPoolId: "ipam-pool-shared", cidrs: ["100.96.0.0/16"] } },
    policy: { ...configOf().policy, floorPrefixes: 8, attachLeadMinutes: 0, ...change },
    quotas: { subnetsPerVpc: 200, cidrsPerVpc },
  });

const attached = (...cidrs: string[]): Pick<Observation, "vpcCidrs"> => ({
  vpcCidrs: ["10.0.0.0/20", "100.64.0.0/18", ...cidrs].map((cidr) => ({
    associationId: `assoc-${cidr}`,
    cidr,
    state: "associated",
  })),
});

const changes = (observation: Observation, config = sharing()) =>
  decide(observation, config).map((decision) =>
    decision.action === "attach-shared"
      ? `attach /${decision.netmaskLength}`
      : "cidr" in decision
        ? `${decision.action} ${decision.cidr}`
        : `${decision.action} ${decision.cause}`,
  );

test("CIDRs as large as the subnets that need them are drawn", () => {
  // Each zone lacks what is missing to the floor of 8, and half of the floor ahead: 12 and 6 prefixes.
  const short = observationOf([podSubnet("a", 0), podSubnet("b", 6)], attached());
  expect(changes(short)).toEqual(["attach /24", "attach /25"]);
  expect(changes({ ...short, ...attached("100.96.0.0/24", "100.96.1.0/25") })).toEqual([
    "create 100.96.0.0/24",
    "create 100.96.1.0/25",
  ]);
});

test("a cluster's own growth space is used first", () => {
  const config = sharing();
  const own = { ...config, growthPools: { ...config.growthPools, cidrs: ["100.64.64.0/18"] } };
  expect(changes(observationOf([podSubnet("a", 0), podSubnet("b", 60)]), own)).toEqual([
    "create 100.64.64.0/22",
  ]);
});

test("an allocation of the pool that holds the shared pool does not take the shared CIDRs", () => {
  const short = observationOf([podSubnet("a", 0), podSubnet("b", 60)], {
    ...attached("100.96.0.0/24"),
    foreignCidrs: ["100.96.0.0/16"],
  });
  expect(changes(short)).toEqual(["create 100.96.0.0/24"]);
});

test("what was drawn from a part of the pool that drains is detached when it is empty, and nothing is drawn there", () => {
  const config = sharing();
  const shared = { ipamPoolId: "ipam-pool-shared", cidrs: ["100.96.0.0/16"], drainCidrs: ["100.98.0.0/15"] };
  const draining = { ...config, growthPools: { cidrs: [], shared } };
  const drawn = observationOf([podSubnet("a", 60), podSubnet("b", 60), growthSubnet("100.98.1.0/24")], {
    ...attached("100.98.0.0/24", "100.98.1.0/24"),
  });
  expect(changes(drawn, draining)).toContain("detach-cidr 100.98.0.0/24");
  expect(changes(drawn, draining)).not.toContain("detach-cidr 100.98.1.0/24");
  const short = observationOf([podSubnet("a", 0), podSubnet("b", 60)], attached("100.98.0.0/24"));
  expect(changes(short, draining)).toEqual(["detach-cidr 100.98.0.0/24", "attach /24"]);
  const left = { cidrs: [], shared: { ...shared, cidrs: [], drainCidrs: ["100.96.0.0/14"] } };
  expect(changes(short, { ...config, growthPools: left })).toEqual([
    "none pool-empty",
    "detach-cidr 100.98.0.0/24",
  ]);
});

test("subnets are no larger than the budget of addresses", () => {
  const short = observationOf([podSubnet("a", 0), podSubnet("b", 60)], attached());
  const budgets = { subnetsPerDay: 12, addresses: 64 };
  expect(changes(short, sharing({ budgets }))).toEqual(["none budget-spent"]);
  expect(changes(short, sharing({ budgets: { ...budgets, addresses: 500 } }))).toEqual(["attach /25"]);
});

test.each([
  [384, 48, [24, 25]],
  [64, 48, [26]],
  [20, 48, [26]],
  [5000, 48, [20, 23, 24, 25, 26]],
  // With few CIDRs left each is large, so that the last is a /20.
  [384, 8, [23]],
  [64, 3, [22]],
  [64, 2, [21]],
  [64, 1, [20]],
  [9000, 2, [20, 20]],
  [64, 0, []],
])("%i addresses with %i CIDRs left are %j", (addresses, slots, lengths) => {
  expect(cidrLengths(addresses, slots)).toEqual(lengths);
});

const used = (cidr: string, minutes: number) =>
  growthSubnet(cidr, {
    freePrefixes: 0,
    interfaces: 9,
    tags: { "cluster-ipam/created-at": minutesAgo(minutes) },
  });

test("what was added within the lead is kept free, up to a quarter of the pod subnets", () => {
  const lead = sharing({ attachLeadMinutes: 60 });
  const pods = [podSubnet("a", 10), podSubnet("b", 10)];
  const space = attached("100.96.0.0/23", "100.96.2.0/23");
  const added = [used("100.96.0.0/23", 50), used("100.96.2.0/24", 20)];
  // 768 addresses were added, of 2,816 in pod subnets; 320 are free in subnets and 256 beside them.
  expect(changes(observationOf([...pods, ...added], space), lead)).toEqual(["attach /24"]);
  expect(changes(observationOf([...pods, ...added], space), sharing({ attachLeadMinutes: 0 }))).toEqual([]);
  expect(changes(observationOf([...pods, ...added], { ...space, now: NOW + 45 * 60_000 }), lead)).toEqual([]);
});

test("empty CIDRs are detached unless the lead needs them, and never those of the network stack", () => {
  const pods = [podSubnet("a", 10), podSubnet("b", 10)];
  const space = attached("100.96.0.0/24", "100.96.1.0/24", "100.96.2.0/24");
  expect(changes(observationOf([...pods, used("100.96.1.0/24", 999)], space))).toEqual([
    "detach-cidr 100.96.2.0/24",
    "detach-cidr 100.96.0.0/24",
  ]);
  expect(changes(observationOf(pods, space), sharing({ reclaim: undefined }))).toEqual([]);
});

test("at the quota of CIDRs the advice says so", () => {
  const short = observationOf([podSubnet("a", 0), podSubnet("b", 60)], attached());
  expect(changes(short, sharing({}, 2))).toEqual(["none quota-reached"]);
});

test("near the quota, the smallest CIDR is emptied into a much larger one, then detached", () => {
  const config = sharing({}, 5);
  const pods = [podSubnet("a", 10), podSubnet("b", 10)];
  const small = used("100.96.16.0/24", 999);
  const space = attached("100.96.0.0/20", "100.96.16.0/24");
  const large = growthSubnet("100.96.0.0/21", { freePrefixes: 40, interfaces: 9, tags: {} });
  expect(changes(observationOf([...pods, small, large], space), config)).toEqual(["close 100.96.16.0/24"]);
  expect(changes(observationOf([...pods, large], space), config)).toEqual(["detach-cidr 100.96.16.0/24"]);
  // With CIDRs to spare, or none that is much larger, nothing is merged.
  expect(changes(observationOf([...pods, small, large], space), sharing({}, 6))).toEqual([]);
  expect(
    changes(observationOf([...pods, small], attached("100.96.0.0/23", "100.96.16.0/24")), config),
  ).not.toContain("close 100.96.16.0/24");
});
