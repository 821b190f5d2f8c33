import { isReservedLabel } from "../../src";

test.each([
  ["team", false],
  ["example.com/team", false],
  ["node.kubernetes.io/purpose", false],
  ["team.node.kubernetes.io/purpose", false],
  ["kubelet.kubernetes.io/purpose", false],
  ["kubernetes.io/hostname", true],
  ["topology.kubernetes.io/zone", true],
  ["node-role.kubernetes.io/worker", true],
  ["team.k8s.io/purpose", true],
  ["notkubernetes.io/purpose", false],
  ["eks.amazonaws.com/nodegroup", true],
  ["cloud.google.com/gke-nodepool", false],
])("on EKS, %s is reserved: %s", (key, reserved) => {
  expect(isReservedLabel(key, "eks.amazonaws.com")).toBe(reserved);
});
