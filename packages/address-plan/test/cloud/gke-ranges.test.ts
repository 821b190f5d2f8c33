import { nodesPerPodRange, nodesPerPrimaryRange, podRangePerNode } from "../../src/cloud/index";

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
])("%i pods per node use a /%i of the pod range", (pods, length) => {
  expect(podRangePerNode(pods)).toBe(length);
});

test("a /17 pod range has room for 128 nodes at 110 pods, a /25 primary range for 124 nodes", () => {
  expect(nodesPerPodRange(17, 110)).toBe(128);
  expect(nodesPerPodRange(25, 110)).toBe(0);
  expect(nodesPerPrimaryRange(25)).toBe(124);
  expect(() => podRangePerNode(300)).toThrow(
    "podsPerNode: GKE does not support 300 pods per node; use 8 to 256",
  );
});
