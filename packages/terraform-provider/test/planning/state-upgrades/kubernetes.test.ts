import { upgradeState } from "../../../src/planning/state-upgrades";

const workload = (resources: object) => ({
  id: "default/a",
  spec: [
    { template: [{ spec: [{ container: [{ name: "a", resources: [resources] }], init_container: [] }] }] },
  ],
});
const schema = { version: 1, upgrades: { "0": "pod-resources" } };

test.each([
  [
    "lists of one map become maps",
    { limits: [{ cpu: "1" }], requests: [{ cpu: "500m" }] },
    { limits: { cpu: "1" }, requests: { cpu: "500m" } },
  ],
  ["empty lists become empty maps", { limits: [], requests: [] }, { limits: {}, requests: {} }],
  ["what is absent becomes an empty map", { limits: null }, { limits: {}, requests: {} }],
])("resources of containers in a state of version 0: %s", (_what, before, after) => {
  expect(upgradeState(schema, 0, workload(before))).toEqual(workload(after));
});

test("a state of the schema's own version stays", () => {
  const state = workload({ limits: { cpu: "1" } });
  expect(upgradeState(schema, 1, state)).toBe(state);
});
