import { decide, DEFAULT_POLICY, type Observation, type ObservedSubnet } from "../../../src/runtime";
import { configOf, growthSubnet, minutesAgo, NOW, observationOf, podSubnet } from "../observation-fixture";

const MINUTE = 60_000;
const changes = (observation: Observation, config = configOf()) =>
  decide(observation, config).map((decision) =>
    "cidr" in decision ? `${decision.action} ${decision.cidr}` : decision.cause,
  );
const beside = (growth: ObservedSubnet, a = 64): Observation =>
  observationOf([podSubnet("a", a), podSubnet("b", 60), growth]);
const quarantined = (change: Partial<ObservedSubnet> = {}): ObservedSubnet =>
  growthSubnet("100.64.64.0/22", {
    discoverable: false,
    recorded: { state: "quarantined", since: NOW - 31 * MINUTE },
    ...change,
  });

test("an empty subnet is closed only if the zone keeps a quarter more than its target", () => {
  // The target is 32 prefixes.
  expect(changes(beside(growthSubnet("100.64.64.0/22"), 40))).toEqual(["deactivate 100.64.64.0/22"]);
  expect(changes(beside(growthSubnet("100.64.64.0/22"), 39))).toEqual([]);
});

test("all empty subnets that the zone can do without are closed at once, the youngest first", () => {
  const empty = (cidr: string, minutes: number) =>
    growthSubnet(cidr, {
      freePrefixes: 14,
      availableAddresses: 251,
      tags: { "cluster-ipam/created-at": minutesAgo(minutes), "cluster-ipam/empty-since": minutesAgo(99) },
    });
  const subnets = [
    podSubnet("a", 20),
    podSubnet("b", 60),
    empty("100.64.64.0/24", 500),
    empty("100.64.65.0/24", 300),
    empty("100.64.66.0/24", 400),
  ];
  // 62 prefixes are free, and 40 must be.
  expect(changes(observationOf(subnets))).toEqual(["deactivate 100.64.65.0/24"]);
  expect(changes(observationOf([podSubnet("a", 30), ...subnets.slice(1)]))).toEqual([
    "deactivate 100.64.65.0/24",
    "deactivate 100.64.66.0/24",
  ]);
});

test("a subnet is empty only if no interface is listed and EC2 counts every address as free", () => {
  expect(changes(beside(quarantined()))).toEqual(["delete 100.64.64.0/22"]);
  expect(changes(beside(quarantined({ availableAddresses: 1018 })))).toEqual(["mark-used 100.64.64.0/22"]);
  // Reserved addresses are free, although EC2 does not count them.
  expect(changes(beside(quarantined({ availableAddresses: 60, reservedAddresses: 959 })))).toEqual([
    "delete 100.64.64.0/22",
  ]);
  expect(changes(beside(quarantined({ availableAddresses: 59, reservedAddresses: 959 })))).toEqual([
    "mark-used 100.64.64.0/22",
  ]);
});

test("while a zone grows, none of its subnets is closed or deleted", () => {
  const growing = beside(quarantined({ state: "pending" }), 10);
  expect(changes(growing)).toEqual(["create 100.64.80.0/20"]);
});

test("a quarantine waits its time, and one that starts in the future starts now", () => {
  const since = (minutes: number) =>
    quarantined({ recorded: { state: "quarantined", since: NOW - minutes * MINUTE } });
  expect(changes(beside(since(29)))).toEqual([]);
  expect(changes(beside(since(30)))).toEqual(["delete 100.64.64.0/22"]);
  // Clocks may differ by five minutes.
  expect(changes(beside(since(-5)))).toEqual([]);
  expect(changes(beside(since(-6)))).toEqual(["deactivate 100.64.64.0/22"]);
});

test("a growth subnet that drains and is quarantined since the future is quarantined now", () => {
  const config = configOf({
    growthPools: { cidrs: ["100.64.128.0/18"], drainCidrs: ["100.64.64.0/18"] },
  });
  const since = (minutes: number) =>
    beside(quarantined({ recorded: { state: "quarantined", since: NOW - minutes * MINUTE } }));
  expect(changes(since(-6), config)).toEqual(["deactivate 100.64.64.0/22"]);
  expect(changes(since(30), config)).toEqual(["delete 100.64.64.0/22"]);
});

test("an interface that arrives in a closed subnet reopens it", () => {
  const arrived = quarantined({ interfaces: 1, availableAddresses: 1002 });
  expect(decide(beside(arrived), configOf())[0]).toMatchObject({
    action: "activate",
    cause: "used-again",
    cidr: "100.64.64.0/22",
  });
});

test("a person's reservation is reported, and does not keep the subnet", () => {
  const reserved = quarantined({
    availableAddresses: 1003,
    reservedAddresses: 16,
    foreignReservations: ["100.64.65.0/28"],
  });
  expect(decide(beside(reserved), configOf())).toMatchObject([
    { action: "delete", cidr: "100.64.64.0/22" },
    { action: "none", cause: "foreign-reservation", zone: "a" },
  ]);
});

test("an open growth subnet without its reservations gets them, with prefix delegation", () => {
  const open = growthSubnet("100.64.64.0/22", {
    interfaces: 3,
    tags: {},
    missingReservations: ["100.64.64.64/26"],
  });
  expect(changes(beside(open, 20))).toEqual(["reserve 100.64.64.0/22"]);
  const cni = { ...beside(open, 20).cni, prefixDelegation: false };
  expect(changes({ ...beside(open, 20), cni })).not.toContain("reserve 100.64.64.0/22");
});

test("of subnets of the same age, the one with the lower id is closed first", () => {
  const empty = (cidr: string, id: string) =>
    growthSubnet(cidr, { id, freePrefixes: 14, availableAddresses: 251 });
  const [b, a] = [empty("100.64.64.0/24", "subnet-b"), empty("100.64.65.0/24", "subnet-a")];
  for (const pair of [
    [b, a],
    [a, b],
  ])
    expect(changes(observationOf([podSubnet("a", 30), podSubnet("b", 60), ...pair]))).toEqual([
      "deactivate 100.64.65.0/24",
    ]);
});

test("waiting times end with their minute", () => {
  const emptyFor = (minutes: number) => ({ "cluster-ipam/empty-since": minutesAgo(minutes) });
  const { emptyMinutes } = DEFAULT_POLICY.reclaim!;
  const idle = (minutes: number) =>
    changes(beside(growthSubnet("100.64.64.0/22", { tags: emptyFor(minutes) })));
  expect(idle(emptyMinutes - 1)).toEqual([]);
  expect(idle(emptyMinutes)).toEqual(["deactivate 100.64.64.0/22"]);
  expect(changes(beside(quarantined({ tags: emptyFor(29) })))).toEqual([]);
  expect(changes(beside(quarantined({ tags: emptyFor(30) })))).toEqual(["delete 100.64.64.0/22"]);
});

test("a subnet that drains is deleted when it was closed and empty for long enough", () => {
  const config = configOf({
    growthPools: { cidrs: ["100.64.128.0/18"], drainCidrs: ["100.64.64.0/18"] },
  });
  const after = (closed: number, empty: number) =>
    changes(
      beside(
        quarantined({
          recorded: { state: "quarantined", since: NOW - closed * MINUTE },
          tags: { "cluster-ipam/empty-since": minutesAgo(empty) },
        }),
      ),
      config,
    );
  expect([after(29, 99), after(99, 29)]).toEqual([[], []]);
  expect(after(30, 30)).toEqual(["delete 100.64.64.0/22"]);
});

test("only what is open, wired and recorded as active is closed, and only what is closed and quarantined deleted", () => {
  const alone = (change: Partial<ObservedSubnet>) => changes(beside(growthSubnet("100.64.64.0/22", change)));
  const since = NOW - 9999 * MINUTE;
  expect(alone({ wired: false })).toEqual(["rewire 100.64.64.0/22"]);
  expect(alone({ recorded: { state: "quarantined", since } })).toEqual(["close 100.64.64.0/22"]);
  expect(alone({ recorded: { state: "created" }, tags: {} })).toEqual(["activate 100.64.64.0/22"]);
  // Without a reference subnet nothing is finished first.
  const withoutReference = (change: Partial<ObservedSubnet>) => {
    const observation = beside(growthSubnet("100.64.64.0/22", change));
    const zones = observation.zones.map((zone) => ({ ...zone, referenceSubnetId: undefined }));
    return changes({ ...observation, zones }).filter((change) => change !== "no-reference-subnet");
  };
  expect(withoutReference({ discoverable: false })).toEqual([]);
  expect(withoutReference({ recorded: { state: "created" }, tags: {} })).toEqual([]);
  expect(withoutReference({ recorded: { state: "quarantined", since } })).toEqual([]);
});
