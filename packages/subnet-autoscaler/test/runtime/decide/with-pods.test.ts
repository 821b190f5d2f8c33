import { decide } from "../../../src/runtime";
import { withPods } from "../../../src/runtime/decide/with-pods";
import { configOf, observationOf, podSubnet } from "../observation-fixture";

const observation = observationOf([podSubnet("a", 60), podSubnet("b", 60)]);

/** Prefixes that a run would give to a zone. */
function given(factor: number): number {
  return decide(withPods(observation, factor), configOf())
    .flatMap((decision) => (decision.action === "create" && decision.zone === "a" ? [decision.cidr] : []))
    .reduce((sum, cidr) => sum + 2 ** (28 - Number(cidr.split("/")[1])), 0);
}

test("more pods lack the prefixes that they would use", () => {
  // 60 are free, 32 should stay free, and 30 are in use: twice the pods lack 30, five times 120.
  expect(decide(withPods(observation, 1), configOf())).toEqual([]);
  expect(given(2)).toBeGreaterThanOrEqual(2);
  expect(given(5)).toBeGreaterThanOrEqual(92);
});

test("what a run would lack room or budget for is said", () => {
  const policy = { ...configOf().policy, maxSubnets: 2 };
  const decisions = decide(withPods(observation, 50), configOf({ policy }));
  expect(decisions).toContainEqual(expect.objectContaining({ action: "none", cause: "budget-spent" }));
});
