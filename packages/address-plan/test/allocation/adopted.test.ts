import { AddressPlan, allocate, type AddressLock, type PlanDefinitionInput } from "../../src";

const zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];

/** A cluster from before the plan: public subnets in one zone only, and pods in two of three zones. */
function legacy(nodes: number, pods: number, podsInNodeSubnets: number): PlanDefinitionInput {
  return {
    organisation: "example",
    spaces: { primary: "10.0.0.0/8", pods: "100.64.0.0/10" },
    regions: { aws: { "eu-west-1": { primary: "/12", pods: "/12" } } },
    environments: { prod: { aws: { primary: "/14", eks: "/16", pods: "/14", eksPods: "/15" } } },
    clusters: {
      legacy: {
        ...{ cloud: "aws", environment: "prod", region: "eu-west-1", zones, instanceType: "m7i.large" },
        ...{ nodes, pods, adopted: { podsInNodeSubnets } },
      },
    },
  };
}

/** The pools of the plan, with further CIDRs around a VPC of 10.37.0.0/20. */
function lockOf(...blocks: readonly (readonly [key: string, cidr: string])[]): AddressLock {
  const { lock } = allocate({ ...legacy(1, 1, 1), clusters: {} });
  const outer: (readonly [string, string])[] = [
    ["aws/eu-west-1#2", "10.37.0.0/20"],
    ["aws/eu-west-1/prod", "10.64.0.0/14"],
    ["aws/eu-west-1/prod/eks", "10.64.0.0/16"],
    ["aws/eu-west-1/prod#2", "10.37.0.0/20"],
    ["aws/eu-west-1/prod/eks#2", "10.37.0.0/20"],
    ["aws/eu-west-1/prod/eks/legacy", "10.37.0.0/20"],
  ];
  const moved = lock.allocations.map((entry) =>
    entry.key === "aws/eu-west-1" ? { ...entry, cidr: "10.64.0.0/12" } : entry,
  );
  const entry = ([key, cidr]: readonly [string, string]) => ({ key, cidr, demand: "" });
  return { ...lock, allocations: [...moved, ...[...outer, ...blocks].map(entry)] };
}

const nodes = zones.map(
  (zone, index) => [`aws/eu-west-1/prod/eks/legacy/nodes/${zone}`, `10.37.${index}.0/24`] as const,
);
const others = [
  ["aws/eu-west-1/prod/eks/legacy/public/eu-west-1a", "10.37.8.0/28"],
  ["aws/eu-west-1/prod/eks/legacy/existing/eu-west-1a", "10.37.9.0/24"],
] as const;

const added = (plan: PlanDefinitionInput, lock: AddressLock) =>
  allocate(plan, lock)
    .changes.filter(({ kind, key }) => kind !== "demand-changed" && key.includes("legacy/"))
    .map(({ kind, key, cidr }) => `${kind} ${key.split("legacy/")[1]} ${cidr}`);

test("an adopted network needs nothing but what it has", () => {
  const lock = lockOf(...nodes, ...others);
  expect(added(legacy(30, 300, 300), lock)).toEqual([]);
  const { lock: next } = allocate(legacy(30, 300, 300), lock);
  const plan = AddressPlan.from(legacy(30, 300, 300), next).eks("legacy");
  expect(plan.publicSubnets).toEqual([{ zone: "eu-west-1a", cidr: "10.37.8.0/28" }]);
  expect([plan.controlPlaneSubnets, plan.pods, plan.growth]).toEqual([[], [], []]);
});

test("nothing is placed over a subnet that is none of the cluster's", () => {
  const lock = lockOf(...nodes, ...others);
  const grown = added(legacy(900, 900, 900), lock);
  expect(grown.map((change) => change.split(" ")[1])).toEqual(zones.map((zone) => `nodes/${zone}#2`));
  expect(grown.join()).not.toMatch(/10\.37\.[89]\./);
});

test("pods beyond those in the node subnets get subnets of their own in every zone", () => {
  expect(added(legacy(30, 600, 300), lockOf(...nodes)).map((change) => change.split(" ")[1])).toEqual([
    "pods",
    ...zones.map((zone) => `pods/${zone}`),
  ]);
});

test("a zone without pod subnets gets one when the others do", () => {
  const pods = [
    ["aws/eu-west-1-pods", "100.64.0.0/12"],
    ["aws/eu-west-1/prod-pods", "100.64.0.0/14"],
    ["aws/eu-west-1/prod/eks-pods", "100.64.0.0/15"],
    ["aws/eu-west-1/prod/eks-pods/legacy/pods", "100.64.0.0/19"],
    ["aws/eu-west-1/prod/eks-pods/legacy/pods/eu-west-1a", "100.64.0.0/20"],
    ["aws/eu-west-1/prod/eks-pods/legacy/pods/eu-west-1b", "100.64.16.0/20"],
  ] as const;
  const base = lockOf(...nodes, ...pods);
  const lock = {
    ...base,
    allocations: [...new Map(base.allocations.map((entry) => [entry.key, entry])).values()],
  };
  expect(added(legacy(30, 900, 300), lock)).toEqual([]);
  expect(
    added(legacy(300, 9_000, 300), lock).filter((change) => change.includes("pods/eu-west-1c")),
  ).toHaveLength(1);
});
