import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { stringify } from "yaml";

import { type AddressNode, AddressPlan, allocate, Prefix, summarize } from "../../src";
import { renderLock } from "../../src/lock/address-lock";
import { examplePlan } from "../example-plan";

const plan = AddressPlan.from(examplePlan(), allocate(examplePlan()).lock);
const whole = (cidrs: readonly string[]): string[] =>
  summarize(cidrs.map((cidr) => Prefix.parse(cidr))).map(String);

test("an EKS cluster has its VPC, subnets, pods and growth", () => {
  expect(plan.eks("prod-payments")).toMatchObject({
    ...{ cloud: "aws", name: "prod-payments", environment: "prod", region: "eu-central-1" },
    ...{ instanceTypes: ["m7i.2xlarge"], zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"] },
    demand: { nodes: 60, pods: 6000, podsPerNode: 110, growthPercent: 100 },
    vpc: "10.208.0.0/23",
    pool: "aws/eu-central-1/prod/eks",
    ...{ key: "prod-payments", vpcCidr: "planned", vpcCidrQuota: 5, nodeCidrs: [] },
    controlPlaneSubnets: [
      { zone: "eu-central-1a", cidr: "10.208.1.128/28" },
      { zone: "eu-central-1b", cidr: "10.208.1.144/28" },
      { zone: "eu-central-1c", cidr: "10.208.1.160/28" },
    ],
    nodes: [
      {
        name: "nodes",
        subnets: [
          { zone: "eu-central-1a", cidr: "10.208.0.0/26" },
          { zone: "eu-central-1b", cidr: "10.208.0.64/26" },
          { zone: "eu-central-1c", cidr: "10.208.0.128/26" },
        ],
      },
    ],
    podCidrs: [{ name: "pods", cidr: "100.64.64.0/18", pool: "aws/eu-central-1/prod/eks-pods" }],
    pods: [
      {
        name: "pods",
        subnets: [
          { zone: "eu-central-1a", cidr: "100.64.64.0/20" },
          { zone: "eu-central-1b", cidr: "100.64.80.0/20" },
          { zone: "eu-central-1c", cidr: "100.64.96.0/20" },
        ],
      },
    ],
    growth: [{ name: "growth", cidr: "100.64.0.0/18", pool: "aws/eu-central-1/prod/eks-pods" }],
    privateRanges: ["10.0.0.0/8", "100.64.0.0/10", "192.168.0.0/16"],
  });
  expect(plan.eks("dev-apps").growth).toEqual([]);
});

test("a GKE cluster has its ranges", () => {
  expect(plan.gke("prod-search")).toMatchObject({
    nodes: "10.241.0.0/25",
    // Beside the primary range stays room for four times the nodes.
    controlPlane: "10.241.2.0/28",
    pods: "10.240.128.0/17",
    growth: [{ name: "growth", cidr: "10.240.0.0/17" }],
    ...{ furtherPods: [], furtherSubnets: [], retired: [], defaultPodsPerNode: 110 },
  });
  expect(plan.gke("dev-search").growth).toEqual([]);
});

test("every cluster's addresses support its demand", () => {
  for (const { demand, capacity } of plan.clusters) {
    expect(capacity.nodes).toBeGreaterThanOrEqual(demand.nodes);
    expect(capacity.pods).toBeGreaterThanOrEqual(demand.pods);
  }
});

test("the fences and the own blocks of a GKE cluster cover the private ranges without overlap", () => {
  const cluster = plan.gke("prod-search");
  const own = [cluster.nodes, cluster.controlPlane, cluster.pods, ...cluster.growth.map(({ cidr }) => cidr)];
  const fences = cluster.fences.map(({ cidr }) => cidr);
  expect(whole([...own, ...fences])).toEqual(plan.privateRanges);
  for (const fence of fences)
    for (const block of own) expect(Prefix.parse(fence).overlaps(Prefix.parse(block))).toBe(false);
  expect(cluster.fences).toEqual(
    expect.arrayContaining([
      { cidr: "10.208.0.0/12", owner: "aws/eu-central-1" },
      { cidr: "10.200.0.0/13", owner: "on-premises: office" },
      { cidr: "192.168.0.0/16", owner: "on-premises: plants" },
      { cidr: "100.64.0.0/10", owner: "pods" },
      { cidr: "10.248.0.0/14", owner: "google/europe-west3/dev" },
      { cidr: "10.0.0.0/9", owner: "unallocated" },
    ]),
  );
});

test("AWS pools: parents first, nested CIDRs, rules on the application pools", () => {
  const pools = plan.awsPools();
  const seen = new Map<string, (typeof pools)[number]>();
  for (const pool of pools) {
    expect(seen.has(pool.key)).toBe(false);
    if (pool.parent !== undefined) {
      const parent = seen.get(pool.parent)!;
      expect(Prefix.parse(parent.cidrs[0]!).contains(Prefix.parse(pool.cidrs[0]!))).toBe(true);
      expect(pool.locale).toBeDefined();
      if (parent.locale !== undefined) expect(pool.locale).toBe(parent.locale);
    }
    seen.set(pool.key, pool);
  }
  expect(pools.filter((pool) => pool.parent === undefined)).toEqual([
    {
      key: "primary",
      cidrs: ["10.0.0.0/8"],
      description: "example: nodes and GKE",
      reservations: [
        { cidr: "10.200.0.0/13", owner: "on-premises: office" },
        { cidr: "10.240.0.0/12", owner: "google/europe-west3" },
      ],
    },
    { key: "pods", cidrs: ["100.64.0.0/10"], description: "example: pods of EKS", reservations: [] },
  ]);
  expect(seen.get("aws/eu-central-1/prod/eks")).toEqual({
    key: "aws/eu-central-1/prod/eks",
    parent: "aws/eu-central-1/prod",
    cidrs: ["10.208.0.0/16"],
    locale: "eu-central-1",
    environment: "prod",
    description: "prod EKS in eu-central-1",
    reservations: [],
    rules: {
      ...{ minNetmaskLength: 16, maxNetmaskLength: 28, defaultNetmaskLength: 20 },
      requiredTags: { environment: "prod" },
    },
  });
  expect(seen.get("aws/eu-central-1/prod/eks-pods")!.parent).toBe("aws/eu-central-1/prod-pods");
});

test("the tree accounts for every address", () => {
  const visit = (node: AddressNode): void => {
    if (node.children.length > 0) expect(whole(node.children.map(({ cidr }) => cidr))).toEqual([node.cidr]);
    const size = node.children.reduce((sum, { cidr }) => sum + Prefix.parse(cidr).size, 0n);
    if (node.children.length > 0) expect(size).toBe(Prefix.parse(node.cidr).size);
    node.children.forEach(visit);
  };
  plan.tree().forEach(visit);
  expect(plan.tree().map(({ key, kind, owner }) => ({ key, kind, owner }))).toEqual([
    { key: "primary", kind: "pool", owner: "example: nodes and GKE" },
    { key: "pods", kind: "pool", owner: "example: pods of EKS" },
    { key: "reserved/192.168.0.0/16", kind: "reserved", owner: "on-premises: plants" },
    { key: "reserved/34.118.224.0/20", kind: "reserved", owner: "GKE: managed Services range" },
  ]);
});

test("rejects an unknown cluster and the wrong cloud", () => {
  expect(() => plan.eks("prod-payment")).toThrow(
    "prod-payment: no such cluster in the address plan; did you mean prod-payments?",
  );
  expect(() => plan.eks("prod-search")).toThrow("prod-search: is a cluster on google, not on aws; use gke()");
  expect(() => plan.gke("prod-payments")).toThrow(
    "prod-payments: is a cluster on aws, not on google; use eks()",
  );
});

describe("load", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "plan-"))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test("searches parent directories and verifies the lock", () => {
    const inside = join(directory, "apps", "prod");
    mkdirSync(inside, { recursive: true });
    expect(() => AddressPlan.load({ directory: inside })).toThrow(
      `addresses.yaml: not found in ${inside} or its parent directories; run inside the repository of the plan`,
    );
    writeFileSync(join(directory, "addresses.yaml"), stringify(examplePlan()));
    expect(() => AddressPlan.load({ directory: inside })).toThrow(
      "addresses.lock.json: not found next to addresses.yaml; run npm run addresses and commit it",
    );
    writeFileSync(join(directory, "addresses.lock.json"), renderLock(allocate(examplePlan()).lock));
    expect(AddressPlan.load({ directory: inside }).eks("prod-payments")).toEqual(plan.eks("prod-payments"));
  });
});
