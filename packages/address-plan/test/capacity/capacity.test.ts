import fc from "fast-check";

import {
  AddressPlan,
  allocate,
  type EksCapacityProps,
  eksCapacity,
  gkeCapacity,
  INSTANCE_TYPES,
  maxPods,
  nodesPerPodRange,
  nodesPerPrimaryRange,
  podRangePerNode,
  usablePrefixes,
} from "../../src";
import { examplePlan } from "../example-plan";

describe("max pods", () => {
  // Known values: AWS's list of maximum pods for the standard mode, the arithmetic of the table for the others.
  test.each([
    ["t3.small", 11, 146, 110],
    ["t3.medium", 17, 242, 110],
    ["t3a.small", 8, 98, 98],
    ["m5.large", 29, 434, 110],
    ["m7g.large", 29, 434, 110],
    ["m7g.medium", 8, 98, 98],
    ["m7i.xlarge", 58, 898, 110],
    ["m6i.4xlarge", 234, 3714, 110],
    ["m7i.16xlarge", 737, 11762, 250],
    ["c5.9xlarge", 234, 3714, 250],
    ["g4dn.16xlarge", 58, 898, 250],
    ["g5.48xlarge", 345, 5490, 250],
    ["p5.48xlarge", 100, 1570, 250],
  ])("%s: %i standard, %i with prefixes, %i recommended", (type, standard, raw, recommended) => {
    expect(maxPods(type, "standard")).toEqual({ raw: standard, recommended: standard, standard });
    expect(maxPods(type, "prefix-delegation")).toMatchObject({ raw, recommended, standard });
  });

  test("warns where prefix delegation lowers the pods", () => {
    expect(maxPods("m6i.4xlarge", "prefix-delegation").warning).toBe(
      "m6i.4xlarge: prefix delegation with the recommended 110 pods a node is below the 234 of single addresses; set maxPods by hand up to 250, or use a smaller type",
    );
    expect(maxPods("m7i.xlarge", "prefix-delegation").warning).toBeUndefined();
  });

  test("custom networking leaves the primary interface out", () => {
    expect(maxPods("m5.large", "custom-networking").raw).toBe(20);
    expect(maxPods("m5.large", "custom-networking-with-prefixes").raw).toBe(290);
  });

  test("other types are given by their shape, unknown names are refused", () => {
    expect(maxPods({ enis: 8, addressesPerEni: 50, vcpus: 64 }, "standard").raw).toBe(394);
    expect(() => maxPods("m5.lage", "standard")).toThrow(
      "instanceType: instance type m5.lage is not in the table (for others give enis, addressesPerEni and vcpus); did you mean m5.large?",
    );
    expect(() => maxPods({ enis: 0, addressesPerEni: 4, vcpus: 2 }, "standard")).toThrow("is no instance");
  });

  test("the table has at least 60 types", () => {
    expect(INSTANCE_TYPES.size).toBeGreaterThanOrEqual(60);
  });
});

describe("GKE", () => {
  test.each([
    [8, 28],
    [9, 27],
    [16, 27],
    [17, 26],
    [32, 26],
    [33, 25],
    [64, 25],
    [65, 24],
    [110, 24],
    [128, 24],
    [129, 23],
    [256, 23],
  ])("%i pods a node take a /%i of the pod range", (pods, length) => {
    expect(podRangePerNode(pods)).toBe(length);
  });

  test("a /17 carries 128 nodes at 110 pods, a /25 124 nodes", () => {
    expect(nodesPerPodRange(17, 110)).toBe(128);
    expect(nodesPerPodRange(25, 110)).toBe(0);
    expect(nodesPerPrimaryRange(25)).toBe(124);
    expect(() => podRangePerNode(300)).toThrow(
      "podsPerNode: 300 pods a node is not possible on GKE; use 8 to 256",
    );
  });

  const demand = { nodes: 200, pods: 20_000, podsPerNode: 110, growthPercent: 0 };

  test("names the binding limit, its formula and its fix", () => {
    const capacity = gkeCapacity({
      name: "search",
      demand,
      nodeRanges: ["10.0.0.0/24"],
      podRanges: ["10.4.0.0/17"],
    });
    expect(capacity).toMatchObject({ nodes: 128, pods: 14_080 });
    expect(capacity.binding).toEqual({
      name: "nodes per pod range",
      pods: 14_080,
      formula: "(2^(24−17) = 128 nodes) × 110 pods",
      fix: "use a larger pod range, attach the growth range or lower podsPerNode",
    });
    const grown = gkeCapacity({
      name: "search",
      demand,
      nodeRanges: ["10.0.0.0/24"],
      podRanges: ["10.4.0.0/17", "10.5.0.0/17"],
    });
    expect(grown).toMatchObject({ nodes: 252, pods: 22_000, binding: { name: "pods per node" } });
  });

  test("takes 8 additional subnets and 30 secondary ranges a subnet", () => {
    const ranges = (count: number): string[] =>
      Array.from({ length: count }, (_, index) => `10.${index}.0.0/17`);
    expect(() =>
      gkeCapacity({ name: "search", demand, nodeRanges: ranges(10), podRanges: ranges(1) }),
    ).toThrow("search: 10 primary ranges; GKE takes 1 to 9: merge them or split the cluster");
    expect(() =>
      gkeCapacity({ name: "search", demand, nodeRanges: ranges(1), podRanges: ranges(31) }),
    ).toThrow("search: 31 pod ranges; GKE takes 1 to 30: merge them or split the cluster");
  });
});

describe("EKS", () => {
  const subnets = (...cidrs: string[]) =>
    cidrs.map((cidr, index) => ({ zone: `eu-west-1${"abc"[index]}`, cidr }));
  const props: EksCapacityProps = {
    name: "apps",
    demand: { nodes: 20, pods: 1000, podsPerNode: 110, growthPercent: 0 },
    instance: "m7i.2xlarge",
    nodeSubnets: subnets("10.0.0.0/24", "10.0.1.0/24"),
    podSubnets: subnets("100.64.0.0/23", "100.64.4.0/22"),
  };

  test("the first and the last /28 of a subnet are not usable", () => {
    expect([24, 20, 18, 28].map(usablePrefixes)).toEqual([14, 254, 1022, 0]);
  });

  test("the smallest pod subnet binds, with its warm prefixes", () => {
    // 30 prefixes − 12 nodes × (1 warm + 1 interface) leave 6, fewer than nodes: 6 pods a zone.
    const capacity = eksCapacity(props);
    expect(capacity.binding).toEqual({
      name: "pod prefixes in eu-west-1a",
      pods: 12,
      formula:
        "30 /28 prefixes for 12 nodes (2 surge), each with 1 warm and 1 broken by its interfaces: 6 pods × 2 zones",
      fix: "use a larger pod subnet, add one from the growth space or add a zone",
    });
    expect(capacity.limits.map(({ pods }) => pods)).toEqual(
      [...capacity.limits].map(({ pods }) => pods).sort((a, b) => a - b),
    );
    const grown = eksCapacity({
      ...props,
      podSubnets: [...props.podSubnets!, { zone: "eu-west-1a", cidr: "100.65.0.0/20" }],
    });
    expect(grown.binding.name).toBe("pod prefixes in eu-west-1b");
  });

  test("warm targets cost addresses on every node", () => {
    const pods = (warm: EksCapacityProps["warm"]): number =>
      eksCapacity({ ...props, podSubnets: subnets("100.64.0.0/22", "100.64.4.0/22"), warm }).pods;
    // 62 usable: (62 − 12 × (1 + 1)) × 16 + 15 − 12 × 15, and one prefix a node more or less moves it by 12 × 16.
    expect(pods({ prefixes: 1 })).toBe(2 * 443);
    expect(pods({ prefixes: 2 })).toBe(2 * (443 - 192));
    expect(pods({ addresses: 5 })).toBe(2 * (443 + 192 - 60));
    expect(() => pods({ prefixes: 0 })).toThrow(
      "apps/warm: the VPC CNI does not support warm targets of 0 with prefix delegation; use warm.prefixes 1",
    );
    expect(() => pods({ minimumAddresses: 10 })).toThrow(
      "apps/warm: MINIMUM_IP_TARGET 10 without WARM_IP_TARGET stops the growth of a node; set warm.addresses too",
    );
  });

  test("standard mode counts addresses and keeps an interface warm", () => {
    const standard = { ...props, mode: "standard" as const, podSubnets: undefined };
    // 230 addresses for 12 nodes: 19 a node, one interface of 15 and no second one for pods.
    expect(eksCapacity(standard).binding).toMatchObject({ name: "pod addresses in eu-west-1a", pods: 0 });
    const wider = { ...standard, nodeSubnets: subnets("10.0.0.0/22", "10.0.4.0/22") };
    // 1,003 addresses for 12 nodes: 4 interfaces of 15 a node, so the 20 × 58 pods of the type bind.
    expect(eksCapacity(wider)).toMatchObject({
      pods: 20 * 58,
      binding: { name: "pods per node", fix: "use a larger instance type" },
    });
  });

  test("custom networking needs pod subnets", () => {
    expect(() => eksCapacity({ ...props, mode: "custom-networking", podSubnets: undefined })).toThrow(
      "apps: custom networking puts pods into subnets of their own; give podSubnets",
    );
  });

  test("every zone with nodes needs a pod subnet", () => {
    expect(() => eksCapacity({ ...props, podSubnets: subnets("100.64.0.0/20") })).toThrow(
      "apps: zone eu-west-1b has nodes but no pod subnet; give every zone one",
    );
  });

  test.each([
    [{ networkAddressUsage: 150 }, "network address usage"],
    [{ subnets: 6 }, "subnets per VPC"],
    [{ cidrs: 1 }, "VPC CIDRs"],
  ])("quotas bind too: %j", (quotas, name) => {
    const wide = { ...props, podSubnets: subnets("100.64.0.0/18", "100.64.64.0/18") };
    expect(eksCapacity(wide).binding.name).toBe("pods per node");
    expect(eksCapacity({ ...wide, quotas }).binding.name).toBe(name);
  });

  test("quotas have bounds", () => {
    expect(() => eksCapacity({ ...props, quotas: { cidrs: 51 } })).toThrow(
      "apps/quotas.cidrs: 51 is not a quota; use 1 to 50",
    );
  });
});

test("whatever is planned can carry what was asked", () => {
  const demand = fc.record({
    zones: fc.integer({ min: 2, max: 3 }),
    nodes: fc.integer({ min: 1, max: 100 }),
    instanceType: fc.constantFrom("t3.medium", "m5.large", "m7i.2xlarge", "m6i.4xlarge", "m7i.16xlarge"),
    share: fc.double({ min: 0.01, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(demand, ({ zones, nodes, instanceType, share }) => {
      const plan = examplePlan();
      const region = "eu-central-1";
      plan.clusters = {
        cluster: {
          ...{ cloud: "aws", environment: "prod", region, nodes, instanceType, podsPerNode: 100 },
          zones: ["a", "b", "c"].slice(0, zones).map((letter) => `${region}${letter}`),
          pods: Math.ceil(nodes * 100 * share),
        },
      };
      const { capacity, demand } = AddressPlan.from(plan, allocate(plan).lock).eks("cluster");
      expect(capacity.nodes).toBeGreaterThanOrEqual(demand.nodes);
      expect(capacity.pods).toBeGreaterThanOrEqual(demand.pods);
    }),
    { numRuns: 60 },
  );
});
