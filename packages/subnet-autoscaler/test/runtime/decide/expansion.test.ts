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
