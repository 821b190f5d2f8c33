import fc from "fast-check";

import { AddressPlan, allocate, Prefix } from "../../src";
import { type GkeClusterAddresses } from "../../src";
import { examplePlan } from "../example-plan";

function planned(cluster: Record<string, unknown>): GkeClusterAddresses {
  const plan = examplePlan();
  plan.clusters = {
    cluster: { cloud: "google", environment: "prod", region: "europe-west3", ...cluster },
  } as unknown as typeof plan.clusters;
  return AddressPlan.from(plan, allocate(plan).lock).gke("cluster");
}

const zones = ["europe-west3-a", "europe-west3-b"];

test("an Autopilot cluster has a /26 for each node, and one more node in each zone", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), (nodes) => {
      const { pods, nodes: primary, autopilot, demand } = planned({ autopilot: true, zones, nodes, pods: 1 });
      expect({ autopilot, podsPerNode: demand.podsPerNode }).toEqual({ autopilot: true, podsPerNode: 32 });
      const blocks = Number(Prefix.parse(pods).size) / 64;
      expect(blocks).toBeGreaterThanOrEqual(nodes + 2);
      expect(blocks).toBeLessThan(2 * (nodes + 2));
      expect(Number(Prefix.parse(primary).size) - 4).toBeGreaterThanOrEqual(nodes + 2);
    }),
    { numRuns: 50 },
  );
});

test("a Standard cluster keeps 110 pods per node, and what a plan says counts", () => {
  expect(planned({ zones, nodes: 4, pods: 100 })).toMatchObject({
    ...{ autopilot: false, defaultPodsPerNode: 110 },
  });
  expect(planned({ zones, autopilot: true, nodes: 4, pods: 100, podsPerNode: 64 })).toMatchObject({
    ...{ autopilot: true, defaultPodsPerNode: 64 },
  });
  expect(() => planned({ zones, autopilot: true, nodes: 4, pods: 200 })).toThrow(
    "200 pods do not fit on 4 nodes × 32 pods; use at least 7 nodes",
  );
  expect(() => planned({ zones, autopilot: "yes", nodes: 4, pods: 100 })).toThrow(
    '"yes" is not true or false',
  );
});
