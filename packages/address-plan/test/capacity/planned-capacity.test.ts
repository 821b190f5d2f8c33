import fc from "fast-check";

import { AddressPlan, allocate } from "../../src";
import { examplePlan } from "../example-plan";

test("every planned cluster supports its demand", () => {
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
