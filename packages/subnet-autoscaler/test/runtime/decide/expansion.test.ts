import { decide, type Observation } from "../../../src/runtime";
import { configOf, growthSubnet, minutesAgo, NOW, observationOf, podSubnet } from "../observation-fixture";

const withPolicy = (change: object, more: Parameters<typeof configOf>[0] = {}) =>
  configOf({ policy: { ...configOf().policy, ...change }, ...more });

/** Two zones with these free prefixes, and what is observed of each. */
function zones(a: number, b: number, ofA: object = {}, ofB: object = {}): Observation {
  const observation = observationOf([podSubnet("a", a), podSubnet("b", b)]);
  return {
    ...observation,
    zones: observation.zones.map((zone) => ({ ...zone, ...(zone.zone === "a" ? ofA : ofB) })),
  };
}

const grown = (observation: Observation, config = configOf()) =>
  decide(observation, config).flatMap((decision) =>
    decision.action === "create" ? [[decision.zone, decision.cidr.split("/")[1]]] : [],
  );

test("of two zones and one block, the zone that runs out first gets it, whatever its name", () => {
  const config = withPolicy({ netmaskLengths: [24] }, { growthPools: { cidrs: ["100.64.64.0/24"] } });
  const slow = { prefixesPerMinute: 1, expectedPrefixes: 45 };
  const fast = { prefixesPerMinute: 3, expectedPrefixes: 90 };
  expect(grown(zones(29, 39, slow, fast), config)).toEqual([["b", "24"]]);
  expect(grown(zones(39, 29, fast, slow), config)).toEqual([["a", "24"]]);
});

test("a zone whose nodes lack prefixes is served before one that only runs low", () => {
  const config = withPolicy({ netmaskLengths: [24] }, { growthPools: { cidrs: ["100.64.64.0/24"] } });
  expect(grown(zones(3, 12, {}, { lackingPrefixes: 20 }), config)).toEqual([["b", "24"]]);
});

test("scarce space goes around: no zone gets a second subnet while another has none", () => {
  const config = withPolicy({ netmaskLengths: [24] }, { growthPools: { cidrs: ["100.64.64.0/23"] } });
  expect(grown(zones(0, 0, { lackingPrefixes: 60 }, { lackingPrefixes: 30 }), config)).toEqual([
    ["a", "24"],
    ["b", "24"],
  ]);
});

test("a run gives every zone as many subnets as it needs", () => {
  const config = withPolicy({ netmaskLengths: [24] });
  expect(grown(zones(0, 20), config)).toEqual([
    ["a", "24"],
    ["a", "24"],
    ["b", "24"],
    ["a", "24"],
  ]);
});

test("what the nodes of a full zone lack sizes its next subnet, although its use does not grow", () => {
  expect(grown(zones(0, 60), withPolicy({ netmaskLengths: [22, 20] }))).toEqual([["a", "22"]]);
  expect(grown(zones(0, 60, { lackingPrefixes: 100 }), withPolicy({ netmaskLengths: [22, 20] }))).toEqual([
    ["a", "20"],
  ]);
});

test("a zone waits for its cool-down, unless it runs out meanwhile", () => {
  const young = growthSubnet("100.64.64.0/22", {
    freePrefixes: 0,
    interfaces: 9,
    tags: { "cluster-ipam/created-at": minutesAgo(2) },
  });
  const with10 = (change: object): Observation => ({
    ...zones(10, 60, change),
    subnets: [podSubnet("a", 10), podSubnet("b", 60), young],
  });
  expect(grown(with10({ prefixesPerMinute: 2, expectedPrefixes: 60 }))).toEqual([]);
  expect(grown(with10({ prefixesPerMinute: 5, expectedPrefixes: 150 }))).toEqual([["a", "20"]]);
  expect(grown({ ...with10({}), subnets: [podSubnet("a", 0), podSubnet("b", 60), young] })).toEqual([
    ["a", "20"],
  ]);
});

test("a zone's burst leaves the others their share of every budget", () => {
  const many = (count: number, change: object = {}) =>
    Array.from({ length: count }, (_, index) =>
      growthSubnet(`100.64.${64 + index}.0/24`, { freePrefixes: 0, interfaces: 3, ...change }),
    );
  const today = { tags: { "cluster-ipam/created-at": minutesAgo(60) } };
  const observation = (growth: ReturnType<typeof many>): Observation =>
    observationOf([podSubnet("a", 0), podSubnet("b", 0), ...growth]);
  const small = { netmaskLengths: [24], coolDownMinutes: 0, floorPrefixes: 10 };

  expect(grown(observation(many(4)), withPolicy({ ...small, maxSubnets: 6 }))).toEqual([["b", "24"]]);
  expect(
    grown(
      observation(many(4, today)),
      withPolicy({ ...small, maxSubnets: 60, budgets: { subnetsPerDay: 6 } }),
    ),
  ).toEqual([["b", "24"]]);
  expect(
    grown(
      observation(many(4)),
      withPolicy({ ...small, maxSubnets: 60, budgets: { subnetsPerDay: 60, addresses: 1536 } }),
    ),
  ).toEqual([["b", "24"]]);
});

test("subnets created in this run spend the daily budget", () => {
  const config = withPolicy({ netmaskLengths: [24], budgets: { subnetsPerDay: 2 } });
  expect(grown(zones(0, 0), config)).toHaveLength(2);
  expect(grown(zones(0, 60), config)).toHaveLength(1);
});

test("subnets created in this run count against the VPC's quota", () => {
  const config = configOf({
    quotas: { subnetsPerVpc: 3, cidrsPerVpc: 5 },
    policy: { ...configOf().policy, netmaskLengths: [24] },
  });
  expect(grown(zones(0, 0), config)).toHaveLength(1);
});

test("a growth subnet of another zone is not reopened for this one", () => {
  const quarantined = growthSubnet("100.64.64.0/22", {
    zone: "b",
    discoverable: false,
    recorded: { state: "quarantined", since: NOW },
  });
  const decisions = decide(observationOf([podSubnet("a", 0), podSubnet("b", 60), quarantined]), configOf());
  expect(decisions.map(({ action }) => action)).toEqual(["create"]);
});

test("as many quarantined subnets are reopened as are needed, the largest first", () => {
  const quarantined = (cidr: string, freePrefixes: number) =>
    growthSubnet(cidr, {
      freePrefixes,
      discoverable: false,
      recorded: { state: "quarantined", since: NOW - 60_000 },
    });
  const subnets = [
    podSubnet("a", 0),
    podSubnet("b", 60),
    quarantined("100.64.64.0/24", 14),
    quarantined("100.64.66.0/23", 29),
    quarantined("100.64.65.0/24", 14),
  ];
  expect(
    decide(observationOf(subnets), configOf()).map((one) => "subnetId" in one && [one.action, one.cidr]),
  ).toEqual([
    ["activate", "100.64.66.0/23"],
    ["activate", "100.64.64.0/24"],
  ]);
});

/** A growth subnet that was closed a while ago, of as many free prefixes. */
const closed = (cidr: string, freePrefixes: number, id = cidr) =>
  growthSubnet(cidr, {
    ...{ id, freePrefixes, discoverable: false },
    recorded: { state: "quarantined", since: NOW - 60_000 },
  });
const reopened = (observation: Observation) =>
  decide(observation, configOf()).flatMap((decision) =>
    decision.action === "activate" || decision.action === "create"
      ? [`${decision.action} ${decision.cidr}`]
      : [],
  );
const withGrowth = (a: number, ...growth: ReturnType<typeof growthSubnet>[]): Observation =>
  observationOf([podSubnet("a", a), podSubnet("b", 60), ...growth]);

test("closed subnets are reopened before any is created, the one with the most room first, and no more than needed", () => {
  const small = closed("100.64.64.0/24", 14);
  const large = closed("100.64.65.0/24", 15);
  // The target is 32 prefixes.
  expect(reopened(withGrowth(17, small, large))).toEqual(["activate 100.64.65.0/24"]);
  expect(reopened(withGrowth(16, small, large))).toEqual([
    "activate 100.64.65.0/24",
    "activate 100.64.64.0/24",
  ]);
  const [b, a] = [closed("100.64.64.0/24", 14, "subnet-b"), closed("100.64.65.0/24", 14, "subnet-a")];
  for (const pair of [
    [b, a],
    [a, b],
  ] as const)
    expect(reopened(withGrowth(20, ...pair))).toEqual(["activate 100.64.65.0/24"]);
  expect(reopened(withGrowth(32, small, large))).toEqual([]);
});

test("a subnet whose opening is finished in the same run counts for its zone alone, and is not reopened twice", () => {
  const unfinished = growthSubnet("100.64.64.0/24", {
    ...{ freePrefixes: 14, discoverable: false, tags: {} },
    recorded: { state: "created" },
  });
  expect(reopened(withGrowth(18, unfinished))).toEqual(["activate 100.64.64.0/24"]);
  expect(reopened(withGrowth(17, unfinished))).toEqual(["activate 100.64.64.0/24", "create 100.64.80.0/20"]);
  const used = growthSubnet("100.64.65.0/24", {
    ...{ freePrefixes: 10, interfaces: 2, discoverable: false },
    recorded: { state: "quarantined", since: NOW - 60_000 },
  });
  expect(reopened(withGrowth(0, used, closed("100.64.66.0/24", 22)))).toEqual([
    "activate 100.64.65.0/24",
    "activate 100.64.66.0/24",
  ]);
  const both = observationOf([podSubnet("a", 60), podSubnet("b", 20), unfinished]);
  expect(reopened(both)).toEqual(["activate 100.64.64.0/24", "create 100.64.68.0/22"]);
});

test("a rewired subnet gives its zone nothing that it did not have", () => {
  const unwired = growthSubnet("100.64.64.0/24", { freePrefixes: 2, interfaces: 5, tags: {}, wired: false });
  expect(reopened(withGrowth(29, unwired))).toEqual(["create 100.64.80.0/20"]);
});

test("the cool-down ends with its minute, and a subnet of unknown age starts none", () => {
  const aged = (tags: Record<string, string>) =>
    withGrowth(10, growthSubnet("100.64.64.0/22", { freePrefixes: 0, interfaces: 9, tags }));
  const { coolDownMinutes } = configOf().policy;
  const at = (minutes: number) => aged({ "cluster-ipam/created-at": minutesAgo(minutes) });
  expect(reopened(at(coolDownMinutes - 1))).toEqual([]);
  expect(reopened(at(coolDownMinutes))).toEqual(["create 100.64.80.0/20"]);
  expect(reopened(aged({}))).toEqual(["create 100.64.80.0/20"]);
  // Two prefixes a minute: the last is gone when the cool-down ends.
  const rate = (prefixesPerMinute: number) => {
    const observation = at(coolDownMinutes - 5);
    return { ...observation, zones: observation.zones.map((zone) => ({ ...zone, prefixesPerMinute })) };
  };
  expect(reopened(rate(2))).toEqual([]);
  expect(reopened(rate(2.1))).toEqual(["create 100.64.80.0/20"]);
});

test("a step is one that is enough; where there is no room for it, the largest that fits", () => {
  // 22 prefixes are missing: 59 of a /22, 29 of a /23, 14 of a /24.
  const steps = (netmaskLengths: readonly number[], cidrs: readonly string[], free = 10) =>
    grown(zones(free, 60), withPolicy({ netmaskLengths }, { growthPools: { cidrs } }));
  expect(steps([24, 22], ["100.64.64.0/18"])).toEqual([["a", "22"]]);
  expect(steps([24, 22], ["100.64.64.0/18"], 18)).toEqual([["a", "24"]]);
  expect(steps([22, 24, 23], ["100.64.64.0/23"])).toEqual([["a", "23"]]);
  expect(steps([24, 25], ["100.64.64.0/24"])).toEqual([["a", "24"]]);
  expect(steps([25, 24], ["100.64.64.0/24"])).toEqual([["a", "24"]]);
  const [advice] = decide(
    zones(10, 60),
    withPolicy({ netmaskLengths: [23, 25] }, { growthPools: { cidrs: ["100.64.64.0/26"] } }),
  );
  expect(advice).toMatchObject({ cause: "pool-empty", reason: expect.stringContaining("no free /25") });
});

test("each subnet of a run is the next step, and exactly what is left of the addresses may be spent", () => {
  const config = (addresses: number) =>
    withPolicy({ netmaskLengths: [24, 23], budgets: { ...configOf().policy.budgets, addresses } });
  expect(grown(zones(0, 60, { lackingPrefixes: 20 }), config(100_000))).toEqual([
    ["a", "23"],
    ["a", "23"],
  ]);
  // Half of the budget is the other zone's.
  expect(grown(zones(18, 60), config(512))).toEqual([["a", "24"]]);
  expect(grown(zones(18, 60), config(510))).toEqual([]);
});
