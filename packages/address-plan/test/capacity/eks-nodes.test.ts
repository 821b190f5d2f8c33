import fc from "fast-check";

import { AddressPlan, allocate, expandFamilies, INSTANCE_TYPES, maxPods, usablePrefixes } from "../../src";
import { type EksClusterAddresses, Prefix } from "../../src";
import { examplePlan } from "../example-plan";

const REGION = "eu-central-1";
const ZONES = ["a", "b", "c"].map((letter) => `${REGION}${letter}`);

function planned(cluster: Record<string, unknown>): EksClusterAddresses {
  const plan = examplePlan();
  plan.clusters = {
    cluster: { cloud: "aws", environment: "prod", region: REGION, zones: ZONES, ...cluster },
  } as unknown as typeof plan.clusters;
  return AddressPlan.from(plan, allocate(plan).lock).eks("cluster");
}

/** A node as the VPC CNI runs it: whole prefixes for its pods, a warm one, and an own address on each interface. */
interface Node {
  readonly type: string;
  readonly pods: number;
}

/**
 * The /28 blocks of a pod subnet that a node makes unusable for others. The first interface is in the node subnet (VPC CNI:
 * "Prefix Delegation"; EC2: prefixes fill the addresses of an interface but its own).
 */
function blocksOf({ type, pods }: Node): number {
  const { addressesPerEni } = INSTANCE_TYPES.get(type)!;
  const prefixes = Math.ceil(pods / 16) + 1;
  const interfaces = Math.ceil(prefixes / (addressesPerEni - 1));
  return prefixes + interfaces;
}

/** Packs pods onto nodes as badly as a scheduler may: full ones first, then one pod on each of the others. */
function spread(types: readonly string[], nodes: number, pods: number, perNode: number): Node[] {
  const counts = Array.from({ length: nodes }, () => Math.min(1, pods));
  let left = pods - Math.min(pods, nodes);
  for (let index = 0; index < nodes && left > 0; index++) {
    const more = Math.min(perNode - 1, left);
    counts[index]! += more;
    left -= more;
  }
  return counts.map((count, index) => ({ type: types[index % types.length]!, pods: count }));
}

const demands = fc.record({
  instanceType: fc.constantFrom<string | string[]>(
    "m7i",
    ["m7i", "c7g.medium"],
    ["t3.medium", "m7i.16xlarge"],
    ["m6i.4xlarge", "t3a.large"],
    "m7i.2xlarge",
  ),
  provisioner: fc.constantFrom("node-groups", "karpenter", "auto-mode"),
  churnPercent: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
  fargatePods: fc.integer({ min: 0, max: 300 }),
  nodes: fc.integer({ min: 1, max: 90 }),
  share: fc.double({ min: 0.01, max: 1, noNaN: true }),
});

test("the nodes, old and new, with their pods, fit into every zone, whatever their types", () => {
  fc.assert(
    fc.property(demands, ({ share, ...cluster }) => {
      const types = expandFamilies([cluster.instanceType].flat());
      const perNode = Math.min(
        ...types.map((type) => maxPods(type, "custom-networking-with-prefixes").recommended),
        cluster.provisioner === "auto-mode" ? 110 : 250,
      );
      const pods = Math.max(1, Math.floor(cluster.nodes * perNode * share));
      const { nodes, pods: podSets, demand, capacity } = planned({ ...cluster, pods });
      expect(demand.podsPerNode).toBe(perNode);
      expect(capacity.nodes).toBeGreaterThanOrEqual(cluster.nodes);
      expect(capacity.pods).toBeGreaterThanOrEqual(pods);

      const churn = cluster.churnPercent ?? (cluster.provisioner === "node-groups" ? 0 : 10);
      const replaced = Math.ceil((cluster.nodes * churn) / 100);
      const [inZone, podsInZone] = [Math.ceil(cluster.nodes / 3), Math.ceil(pods / 3)];
      for (const zone of ZONES) {
        const room = (sets: typeof nodes, units: (length: number) => number) =>
          sets
            .flatMap(({ subnets }) => subnets)
            .filter((subnet) => subnet.zone === zone)
            .reduce((sum, { cidr }) => sum + units(Prefix.parse(cidr).length), 0);
        // Two nodes of a rolling update, all that are replaced, and the Fargate pods. 5 addresses of AWS, 16 for endpoints.
        const addresses = inZone + 2 + replaced + Math.ceil(cluster.fargatePods / 3);
        expect(room(nodes, (length) => 2 ** (32 - length) - 21)).toBeGreaterThanOrEqual(addresses);

        const moved = Math.min(pods, replaced * perNode);
        const all = [
          ...spread(types, inZone, podsInZone, perNode),
          ...spread(types, 2, 0, perNode),
          ...spread(types, replaced, moved, perNode),
        ];
        const blocks = all.reduce((sum, node) => sum + blocksOf(node), 0);
        expect(room(podSets, usablePrefixes)).toBeGreaterThanOrEqual(blocks);
      }
    }),
    { numRuns: 80 },
  );
});

test("the smallest type binds the pods of a node, and the limits say which", () => {
  const { demand, capacity, instanceTypes } = planned({
    ...{ instanceType: ["m7i.16xlarge", "t3a.small"], nodes: 10, pods: 500 },
  });
  expect(instanceTypes).toEqual(["m7i.16xlarge", "t3a.small"]);
  expect(demand.podsPerNode).toBe(50);
  expect(capacity.limits.find(({ name }) => name === "pods per node")!.formula).toBe(
    "10 nodes × 50 pods (t3a.small supports 50)",
  );
});

test("a reserved interface takes its pods from every node", () => {
  const cluster = { instanceType: "t3.medium", nodes: 10, pods: 100 };
  expect(planned(cluster).demand.podsPerNode).toBe(110);
  expect(planned({ ...cluster, reservedEnis: 1 }).demand.podsPerNode).toBe(82);
  expect(() => planned({ ...cluster, reservedEnis: 2 })).toThrow(
    "t3.medium has 3 network interfaces, and with reservedEnis 2 none is left for pods in their own subnets; lower reservedEnis, or use a larger type",
  );
});

test("Auto Mode has 110 pods on a node of any size", () => {
  const cluster = { instanceType: "m7i.16xlarge", nodes: 10, pods: 100, provisioner: "auto-mode" };
  expect(planned(cluster).demand).toMatchObject({ podsPerNode: 110, churnPercent: 10 });
  expect(() => planned({ ...cluster, podsPerNode: 200 })).toThrow(
    "200 pods per node exceed the 110 that m7i.16xlarge supports in pod subnets; use 110 or a larger type",
  );
});

test("a family is all of its types, and an unknown one is refused", () => {
  expect(planned({ instanceType: "m7i", nodes: 3, pods: 9 }).instanceTypes).toContain("m7i.metal-48xl");
  expect(() => planned({ instanceType: "m77i", nodes: 3, pods: 9 })).toThrow(
    "instance type m77i is not in the table (for other types, set instanceShape)",
  );
  expect(() => planned({ instanceType: "m4", nodes: 3, pods: 9 })).toThrow("runs on Xen");
});
