import { type Cause, changeId, decide, type Decision, type Observation } from "../../../src/runtime";
import { isChange } from "../../../src/runtime/decide/decision";
import { cniFromRelease } from "../../../src/runtime/network/cni";
import {
  CNI,
  configOf,
  growthSubnet,
  minutesAgo,
  NOW,
  observationOf,
  podSubnet,
} from "../observation-fixture";

const ample = podSubnet("b", 60);
const short = observationOf([podSubnet("a", 10), ample]);
const zoneA = (change: object): Observation => ({
  ...short,
  zones: short.zones.map((zone) => (zone.zone === "a" ? { ...zone, ...change } : zone)),
});
const withPolicy = (change: object) => configOf({ policy: { ...configOf().policy, ...change } });
const attaching = configOf({
  growthPools: {
    ipamPoolId: "ipam-pool-1",
    cidrs: ["100.64.64.0/18", "100.64.128.0/18"],
    attachCidrs: ["100.64.128.0/18"],
  },
});
const fullGrowth = growthSubnet("100.64.64.0/18", { freePrefixes: 1022, interfaces: 5 });

const table: [Cause, string, Observation, ReturnType<typeof configOf>][] = [
  ["full", "create", short, configOf()],
  [
    "fragmented",
    "create",
    observationOf([podSubnet("a", 10, { availableAddresses: 700 }), ample]),
    configOf(),
  ],
  [
    "running-out",
    "create",
    { ...zoneA({ prefixesPerMinute: 3, expectedPrefixes: 90 }), subnets: [podSubnet("a", 60), ample] },
    configOf(),
  ],
  [
    "unfinished",
    "activate",
    observationOf([
      podSubnet("a", 10),
      ample,
      growthSubnet("100.64.64.0/22", { discoverable: false, wired: false, recorded: { state: "created" } }),
    ]),
    configOf(),
  ],
  [
    "unfinished",
    "rewire",
    observationOf([
      podSubnet("a", 60),
      ample,
      growthSubnet("100.64.64.0/22", { wired: false, interfaces: 1 }),
    ]),
    configOf(),
  ],
  [
    "full",
    "activate",
    observationOf([
      podSubnet("a", 10),
      ample,
      growthSubnet("100.64.64.0/22", {
        discoverable: false,
        recorded: { state: "quarantined", since: NOW - 60_000 },
      }),
    ]),
    configOf(),
  ],
  [
    "idle",
    "deactivate",
    observationOf([podSubnet("a", 64), ample, growthSubnet("100.64.64.0/22")]),
    configOf(),
  ],
  [
    "idle",
    "delete",
    observationOf([
      podSubnet("a", 64),
      ample,
      growthSubnet("100.64.64.0/22", {
        discoverable: false,
        recorded: { state: "quarantined", since: NOW - 31 * 60_000 },
      }),
    ]),
    configOf(),
  ],
  [
    "cooling-down",
    "none",
    observationOf([
      podSubnet("a", 10),
      ample,
      growthSubnet("100.64.64.0/22", {
        freePrefixes: 0,
        interfaces: 9,
        tags: { "cluster-ipam/created-at": minutesAgo(2) },
      }),
    ]),
    configOf(),
  ],
  [
    "budget-spent",
    "none",
    observationOf([podSubnet("a", 10), ample, growthSubnet("100.64.64.0/22", { freePrefixes: 0 })]),
    withPolicy({ maxSubnets: 1 }),
  ],
  ["budget-spent", "none", short, withPolicy({ budgets: { subnetsPerDay: 1, addresses: 64 } })],
  ["quota-reached", "none", short, configOf({ quotas: { subnetsPerVpc: 2, cidrsPerVpc: 5 } })],
  ["pool-empty", "none", { ...short, foreignCidrs: ["100.64.64.0/18"] }, configOf()],
  [
    "growth-space-short",
    "attach-cidr",
    { ...observationOf([podSubnet("a", 64), ample, fullGrowth]), poolCidrs: ["100.64.0.0/16"] },
    attaching,
  ],
  [
    "quota-reached",
    "none",
    { ...observationOf([podSubnet("a", 64), ample, fullGrowth]), poolCidrs: ["100.64.0.0/16"] },
    { ...attaching, quotas: { subnetsPerVpc: 200, cidrsPerVpc: 3 } },
  ],
  [
    "pool-empty",
    "none",
    { ...observationOf([podSubnet("a", 64), ample, fullGrowth]), poolCidrs: ["100.64.0.0/17"] },
    attaching,
  ],
  [
    "idle",
    "detach-cidr",
    {
      ...observationOf([podSubnet("a", 64), ample]),
      vpcCidrs: [
        ...short.vpcCidrs,
        { associationId: "assoc-3", cidr: "100.64.128.0/18", state: "associated" },
      ],
    },
    attaching,
  ],
  ["eni-slots-exhausted", "none", zoneA({ fullNodes: 3 }), configOf()],
  [
    "node-subnet-short",
    "none",
    observationOf([
      podSubnet("a", 60),
      ample,
      podSubnet("a", 0, {
        id: "subnet-node-a",
        cidr: "10.0.0.0/27",
        availableAddresses: 3,
        discoverable: false,
        tags: { "cluster-ipam/role": "node" },
      }),
    ]),
    configOf(),
  ],
  ["discovery-off", "none", { ...short, cni: { ...CNI, subnetDiscovery: false } }, configOf()],
  ["custom-networking", "none", { ...short, cni: { ...CNI, customNetworking: true } }, configOf()],
  ["cni-too-old", "none", { ...short, cni: cniFromRelease("v1.18.2", CNI) }, configOf()],
  ["no-reference-subnet", "none", zoneA({ referenceSubnetId: undefined }), configOf()],
  [
    "not-used",
    "none",
    observationOf([
      podSubnet("a", 0),
      ample,
      growthSubnet("100.64.64.0/22", { recorded: { state: "active", since: NOW - 20 * 60_000 } }),
    ]),
    configOf(),
  ],
];

const matching = (decisions: readonly Decision[], cause: Cause, action: string) =>
  decisions.filter((decision) => decision.cause === cause && decision.action === action);

test.each(table)("%s: %s", (cause, action, observation, config) => {
  const [decision] = matching(decide(observation, config), cause, action);
  expect(decision?.reason).toMatch(/\w/);
  expect(decision?.action === "none" ? decision.advice : "-").not.toBe("");
  // A healthy cluster does not have the cause.
  const healthy = { ...observationOf([podSubnet("a", 64), ample]) };
  expect(matching(decide(healthy, configOf()), cause, action)).toEqual([]);
});

test.each(["discovery-off", "custom-networking", "cni-too-old", "no-reference-subnet"] as Cause[])(
  "no change is decided where it would not help: %s",
  (cause) => {
    const [, , observation, config] = table.find(([name]) => name === cause)!;
    expect(decide(observation, config).every(({ action }) => action === "none")).toBe(true);
  },
);

test("nodes are reported as full only if all of a zone are", () => {
  const causes = (fullNodes: number) => decide(zoneA({ fullNodes }), configOf()).map(({ cause }) => cause);
  expect(causes(3)).toContain("eni-slots-exhausted");
  expect(causes(2)).not.toContain("eni-slots-exhausted");
});

test("nodes that no subnet helps are named, and the CNI is not blamed for them", () => {
  const unused = growthSubnet("100.64.64.0/22", {
    recorded: { state: "active", since: NOW - 20 * 60_000 },
  });
  const observation = { ...zoneA({ strandedNodes: ["i-1", "i-2", "i-3"] }) };
  const decisions = decide({ ...observation, subnets: [podSubnet("a", 0), ample, unused] }, configOf());
  expect(decisions).toContainEqual({
    action: "none",
    zone: "a",
    cause: "nodes-stranded",
    reason: "3 nodes in a have all their interfaces in full subnets: i-1, i-2, i-3",
    advice: "no new subnet helps these nodes; replace them, and give new ones a smaller maxPods",
  });
  expect(decisions.map(({ cause }) => cause)).not.toContain("not-used");
});

test("an approval names the zone and the cause of the change", () => {
  const ids = decide(short, configOf()).filter(isChange).map(changeId);
  expect(ids).toEqual(["create 100.64.64.0/22 a full"]);
});

test("the reason has its figures", () => {
  expect(decide(short, configOf())).toEqual([
    {
      action: "create",
      zone: "a",
      cidr: "100.64.64.0/22",
      cause: "full",
      reason: "a has 10 free /28 prefixes (target 32)",
    },
  ]);
});

test("a burst skips steps that are too small for it", () => {
  const [decision] = decide(zoneA({ prefixesPerMinute: 6, expectedPrefixes: 180 }), configOf());
  expect(decision).toMatchObject({ action: "create", cidr: "100.64.64.0/20" });
});

test("a foreign allocation in the growth space is skipped", () => {
  const [decision] = decide({ ...short, foreignCidrs: ["100.64.64.0/24"] }, configOf());
  expect(decision).toMatchObject({ action: "create", cidr: "100.64.68.0/22" });
});
