import { isDiscoverable, recordedState } from "../../../src/runtime/network/tags";
import { cniFromRelease } from "../../../src/runtime/network/cni";

const settings = { prefixDelegation: true, subnetDiscovery: true, customNetworking: false };
const cni = (version: string) => cniFromRelease(version, settings);
const CNI_TAG = "kubernetes.io/role/cni";

test.each([
  ["v1.21.0", "1", true],
  ["v1.21.0", "0", true],
  ["v1.21.0", "", true],
  ["v1.22.0", "1", true],
  ["v1.22.0", "0", false],
  ["v1.22.0", "", false],
])("CNI %s and the tag value %j: %s", (version, value, expected) => {
  expect(isDiscoverable({ [CNI_TAG]: value }, "prod", cni(version))).toBe(expected);
});

test("from v1.22.1 on, a subnet for other clusters is not this cluster's", () => {
  const others = { [CNI_TAG]: "1", "cni.networking.k8s.aws/cluster/dev": "shared" };
  expect(isDiscoverable(others, "prod", cni("v1.22.0"))).toBe(true);
  expect(isDiscoverable(others, "prod", cni("v1.22.1"))).toBe(false);
  expect(isDiscoverable(others, "dev", cni("v1.22.1"))).toBe(true);
  expect(isDiscoverable({}, "prod", cni("v1.22.1"))).toBe(false);
});

test.each([
  ["active@2026-11-23T12:00:00Z", { state: "active", since: Date.parse("2026-11-23T12:00:00Z") }],
  ["active@yesterday", { state: "created" }],
  ["", { state: "created" }],
])("the state tag %j", (value, state) => {
  expect(recordedState({ "cluster-ipam/autoscaler-state": value })).toEqual(state);
});
