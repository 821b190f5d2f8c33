/* eslint-disable @typescript-eslint/no-explicit-any -- the tests write settings that the type of the example lacks */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import {
  AddressPlan,
  type AddressLock,
  allocate,
  parseLock,
  parsePlan,
  type PlanDefinitionInput,
} from "../../src";
import { allocatePlan } from "../../src/allocation/allocation";
import { examplePlan } from "../example-plan";

type Plan = PlanDefinitionInput & { clusters: Record<string, any>; environments: Record<string, any> };

let plan: Plan;
let lock: AddressLock;
beforeEach(() => {
  plan = examplePlan() as Plan;
  lock = allocate(plan).lock;
});

/** What changes besides the reasons of demands, after a change of the plan. */
function grow(change: (plan: Plan) => unknown): string[] {
  change(plan);
  const { changes, lock: next } = allocate(plan, lock);
  lock = next;
  expect(allocate(plan, lock).changes).toEqual([]);
  return changes
    .filter(({ kind }) => kind !== "demand-changed")
    .map(({ kind, key, cidr }) => `${kind} ${key} ${cidr}`);
}

test("more EKS nodes and pods are in further subnets and CIDRs", () => {
  grow(({ clusters }) => Object.assign(clusters["dev-apps"], { nodes: 100, pods: 3000 }));
  const apps = AddressPlan.from(plan, lock).eks("dev-apps");
  expect(apps.vpc).toBe("10.224.0.0/24");
  expect(apps.nodeCidrs.map(({ name, pool }) => [name, pool])).toEqual([["vpc-2", "aws/eu-west-1/dev/eks"]]);
  expect(apps.nodes.map(({ name, subnets }) => [name, subnets.length])).toEqual([
    ["nodes", 2],
    ["nodes-2", 2],
  ]);
  expect(apps.podCidrs.map(({ name }) => name)).toEqual(["pods", "pods-2"]);
  expect(apps.capacity.nodes).toBeGreaterThanOrEqual(100);
});

test("a zone that joins has no control-plane subnet, and one that leaves keeps it", () => {
  const roles = (cluster: string, zone: string) => (change: string) =>
    change.includes(`/${cluster}/`) && change.includes(zone);
  const added = grow(({ clusters }) => clusters["dev-apps"].zones.push("eu-west-1c"));
  expect(added.filter(roles("dev-apps", "eu-west-1c")).map((change) => change.split("/").at(-3))).toEqual(
    expect.arrayContaining(["public", "nodes", "pods"]),
  );
  expect(added.join()).not.toContain("control-plane");
  const removed = grow(({ clusters }) => (clusters["dev-apps"].zones = ["eu-west-1b", "eu-west-1c"]));
  expect(removed.filter(roles("dev-apps", "eu-west-1a"))).toHaveLength(3);
  const { zones, controlPlaneSubnets, publicSubnets } = AddressPlan.from(plan, lock).eks("dev-apps");
  expect(zones).toEqual(["eu-west-1b", "eu-west-1c"]);
  expect(controlPlaneSubnets.map(({ zone, state }) => [zone, state])).toEqual([
    ["eu-west-1b", undefined],
    ["eu-west-1a", undefined],
  ]);
  expect(publicSubnets.map(({ zone, state }) => [zone, state]).at(-1)).toEqual(["eu-west-1a", "draining"]);
});

test("GKE nodes widen their range in place four times, then join in a further subnet", () => {
  expect(grow(({ clusters }) => (clusters["dev-search"].nodes = 60))[0]).toMatch(
    /^widened .*\/nodes 10\.248\.4\.0\/25$/,
  );
  grow(({ clusters }) => (clusters["dev-next"] = { ...clusters["dev-search"] }));
  grow(({ clusters }) => (clusters["dev-search"].nodes = 800));
  const { nodes, furtherSubnets, capacity } = AddressPlan.from(plan, lock).gke("dev-search");
  expect(nodes).toBe("10.248.4.0/25");
  expect(furtherSubnets).toHaveLength(1);
  expect(furtherSubnets[0]!.pods.name.replace("pods", "nodes")).toBe(furtherSubnets[0]!.name);
  expect(capacity.nodes).toBeGreaterThanOrEqual(800);
});

test("more pods on a GKE node are in a further range, and the cluster keeps its default", () => {
  expect(grow(({ clusters }) => (clusters["dev-search"].podsPerNode = 110))).toEqual([
    expect.stringMatching(/^added .*\/dev-search\/pods#2 /),
  ]);
  const search = AddressPlan.from(plan, lock).gke("dev-search");
  expect([search.defaultPodsPerNode, search.demand.podsPerNode]).toEqual([32, 110]);
  expect(search.furtherPods.map(({ name }) => name)).toEqual(["pods-2"]);
});

test("pools, environments, Regions and spaces get further CIDRs", () => {
  expect(grow(({ environments }) => (environments["prod"].aws.eks = "/15"))).toEqual([
    "added aws/eu-central-1/prod/eks#2 10.209.0.0/16",
  ]);
  expect(grow(({ environments }) => (environments["prod"].aws.primary = "/13"))).toEqual([
    "added aws/eu-central-1/prod#2 10.212.0.0/14",
  ]);
  expect(grow(({ regions }) => (regions.aws!["eu-central-1"]!["primary"] = "/11"))).toEqual(
    ["added aws/eu-central-1#2 10.192.0.0/12"].map(() =>
      expect.stringMatching(/^added aws\/eu-central-1#2 10\.\d+\.0\.0\/12$/),
    ),
  );
  expect(grow(({ spaces }) => ((spaces as any).primary = ["10.0.0.0/8", "172.16.0.0/12"]))).toEqual([]);
  expect(lock.spaces.map(({ cidr }) => cidr)).toContain("172.16.0.0/12");
  const pools = AddressPlan.from(plan, lock).awsPools();
  expect(pools.find(({ key }) => key === "primary")!.cidrs).toEqual(["10.0.0.0/8", "172.16.0.0/12"]);
  expect(pools.find(({ key }) => key === "aws/eu-central-1/prod/eks")!.cidrs).toEqual([
    "10.208.0.0/16",
    "10.209.0.0/16",
  ]);
});

test("a CIDR that leaves a space takes nothing new", () => {
  grow(({ spaces }) => ((spaces as any).primary = ["11.0.0.0/8"]));
  grow(({ clusters }) => (clusters["dev-next"] = { ...clusters["dev-apps"] }));
  const { eks } = { eks: (name: string) => AddressPlan.from(plan, lock).eks(name) };
  expect([eks("dev-apps").vpc, eks("dev-next").vpc]).toEqual([
    "10.224.0.0/24",
    expect.stringMatching(/^11\./),
  ]);
  expect(lock.spaces.map(({ cidr }) => cidr)).toContain("10.0.0.0/8");
});

test.each(["100.64.0.0/10", "240.0.0.0/4"])("GKE pods come from %s", (cidr) => {
  plan.spaces = { primary: "10.0.0.0/8", pods: "198.18.0.0/15", shared: cidr };
  delete (plan.clusters as any)["dev-apps"];
  delete (plan.clusters as any)["prod-payments"];
  plan.regions.aws = {};
  plan.regions.google!["europe-west3"]!["shared"] = "/11";
  for (const name of ["dev", "prod"]) {
    delete plan.environments[name].aws;
    Object.assign(plan.environments[name].google, { shared: "/13", gkePods: "/14", podsFrom: "shared" });
  }
  const search = AddressPlan.from(plan, allocate(plan).lock).gke("prod-search");
  expect(search.nodes).toMatch(/^10\./);
  expect(search.pods.split(".")[0]).toBe(cidr.split(".")[0]);
});

test("a VPC that IPAM assigns is a pool with the name of its cluster in the cloud", () => {
  plan.clusters["dev-apps"].vpcCidr = "ipam-assigned";
  lock = allocate(plan).lock;
  grow(({ clusters }) => {
    clusters["dev-store"] = {
      ...clusters["dev-apps"],
      renamedFrom: "dev-apps",
      nodes: 100,
    };
    delete clusters["dev-apps"];
  });
  const store = AddressPlan.from(plan, lock);
  const { name, pool, vpc, nodeCidrs } = store.eks("dev-store");
  expect([name, pool, nodeCidrs[0]!.pool]).toEqual(["dev-apps", "aws/eu-west-1/dev/eks/dev-apps", pool]);
  expect(store.awsPools().find(({ key }) => key === pool)).toMatchObject({
    parent: "aws/eu-west-1/dev/eks",
    cidrs: [vpc, nodeCidrs[0]!.cidr],
  });
});

test("the pool of an IPAM-assigned VPC stays while its cluster leaves, and a VPC keeps its pool", () => {
  grow(({ clusters }) => {
    clusters["dev-store"] = { ...clusters["dev-apps"], vpcCidr: "ipam-assigned" };
  });
  const definition = structuredClone(plan.clusters["dev-store"]);
  const pools = AddressPlan.from(plan, lock).awsPools();
  grow(({ clusters }) => delete clusters["dev-store"]);
  expect(AddressPlan.from(plan, lock).awsPools()).toEqual(pools);
  plan.clusters["dev-store"] = { ...definition, vpcCidr: "planned" };
  expect(() => allocate(plan, lock)).toThrow(
    "clusters.dev-store.vpcCidr: its VPC was created with vpcCidr: ipam-assigned, and another IPAM pool would replace it; set clusters.dev-store.vpcCidr to ipam-assigned",
  );
});

test("a CIDR that left a space cannot join another one while it has blocks", () => {
  grow(({ spaces }) => (spaces.pods = ["100.64.0.0/10", "172.16.0.0/12"] as never));
  grow(({ regions }) => (regions.aws!["eu-north-1"] = { primary: "/14", pods: "/12" }));
  plan.spaces = { primary: ["10.0.0.0/8", "172.16.0.0/12"], pods: "100.64.0.0/10" } as never;
  delete plan.regions.aws!["eu-north-1"];
  const kept = lock.allocations.find(({ cidr }) => cidr.startsWith("172.16."))!;
  expect(() => allocate(plan, lock)).toThrow(
    `spaces.primary.1: 172.16.0.0/12 overlaps 172.16.0.0/12, which the space pods keeps until ${kept.key} is freed`,
  );
});

test("reserved ranges nest and are carved out of pools", () => {
  const range = (cidr: string) => ({ cidr, owner: cidr });
  grow(({ reserved }) =>
    reserved!.push(range("10.208.128.0/17"), range("10.208.192.0/20"), range("10.204.0.0/16")),
  );
  for (let index = 0; index < 40; index++)
    plan.clusters[`prod-${index}`] = {
      ...plan.clusters["prod-payments"],
      growthPercent: 0,
      pods: 60,
      nodes: 6,
      podsPerNode: 10,
    };
  grow(() => undefined);
  for (const { vpc } of AddressPlan.from(plan, lock).clusters.filter(
    (cluster) => cluster.cloud === "aws",
  ) as { vpc: string }[])
    expect(vpc).not.toMatch(/^10\.208\.(12[89]|1[3-9]\d|2\d\d)\./);
});

test("a lock of version 1 is read without moving anything", () => {
  const root = join(__dirname, "../../../..");
  const old = readFileSync(join(__dirname, "../lock/version-1.lock.json"), "utf8");
  const definition = parsePlan(readFileSync(join(root, "addresses.yaml"), "utf8"), "addresses.yaml");
  const { changes, lock: upgraded } = allocatePlan(definition, parseLock(old));
  // The plan has grown since.
  expect(changes.filter(({ kind }) => kind !== "added")).toEqual([]);
  const blocks = ({ allocations }: AddressLock) => allocations.map(({ key, cidr }) => `${key} ${cidr}`);
  expect(blocks(upgraded)).toEqual(expect.arrayContaining(blocks(JSON.parse(old) as AddressLock)));
});
