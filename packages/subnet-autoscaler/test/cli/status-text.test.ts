import { decide } from "../../src/runtime";
import { explainText, planText, statusText } from "../../src/cli/status-text";
import { configOf, growthSubnet, observationOf, podSubnet } from "../runtime/observation-fixture";

const observation = observationOf([
  podSubnet("a", 10),
  podSubnet("b", 60),
  growthSubnet("100.64.64.0/22", { zone: "b", interfaces: 7 }),
]);

test("status fits in 80 columns", () => {
  expect(statusText(observation, configOf()).join("\n")).toBe(
    `prod in vpc-1, mode act
VPC CNI v1.23.1-eksbuild.1: prefix delegation on, subnet discovery on

ZONE  FREE /28  TARGET  ADDRESSES  FRAGMENTED  EXHAUSTED IN
a     10        32      160        0 %         -
b     122       32      1979       1 %         -

GROWTH SUBNET          CIDR            STATE   FREE /28  INTERFACES
subnet-100.64.64.0/22  100.64.64.0/22  active  62        7`,
  );
});

test("plan shows changes and advice", () => {
  const blocked = decide({ ...observation, cni: { ...observation.cni, subnetDiscovery: false } }, configOf());
  const lines = [...planText(decide(observation, configOf())), ...planText(blocked)];
  expect(lines.join("\n")).toContain(`+ create 100.64.68.0/22 a full
    full: a has 10 free /28 prefixes (target 32).`);
  expect(lines.join("\n")).toContain("Fix: leave ENABLE_SUBNET_DISCOVERY at its default, true.");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(planText([])).toEqual(["nothing to do"]);
});

test("explain shows what a run does now, and with more pods, in 80 columns", () => {
  const lines = explainText(observation, configOf());
  expect(lines.filter((line) => line.endsWith(":"))).toEqual([
    "With the pods of now, the next run would:",
    "With 2 times the pods, a run would:",
    "With 5 times the pods, a run would:",
  ]);
  expect(lines.filter((line) => line.startsWith("+ create")).length).toBeGreaterThan(3);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});
