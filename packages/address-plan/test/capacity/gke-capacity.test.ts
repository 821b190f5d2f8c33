import { gkeCapacity } from "../../src/capacity/gke-capacity";

const demand = { nodes: 200, pods: 20_000, podsPerNode: 110, growthPercent: 0 };

test("reports the binding limit with formula and fix", () => {
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

test("supports 8 additional subnets and 30 secondary ranges per subnet", () => {
  const ranges = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => `10.${index}.0.0/17`);
  expect(() => gkeCapacity({ name: "search", demand, nodeRanges: ranges(10), podRanges: ranges(1) })).toThrow(
    "search: 10 primary ranges, but GKE supports 1 to 9; merge them or split the cluster",
  );
  expect(() => gkeCapacity({ name: "search", demand, nodeRanges: ranges(1), podRanges: ranges(31) })).toThrow(
    "search: 31 pod ranges, but GKE supports 1 to 30; merge them or split the cluster",
  );
});
