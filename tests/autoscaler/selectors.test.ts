import { discoveryTags } from "../../packages/eks-cni/src/subnets/network-tags";
import {
  activationTags,
  creationTags,
  quarantineTags,
} from "../../packages/subnet-autoscaler/src/runtime/network/tags";

const CLUSTER = "prod-payments";
const cni = { excludesByZero: true, filtersByCluster: true };

/** How EC2NodeClass and NodeClass select: a subnet that has every tag of a term. */
const selects = (terms: Readonly<Record<string, string>>, tags: Readonly<Record<string, string>>): boolean =>
  Object.entries(terms).every(([key, value]) => tags[key] === value);

const created = creationTags({ cluster: CLUSTER, zone: "eu-central-1a", writer: "w", at: 0 });
const open = { ...created, ...activationTags(CLUSTER, cni, 0) };
const closed = { ...open, ...quarantineTags(cni, 0) };

test("what selects the planned pod subnets by their discovery tags selects open growth subnets, and no others", () => {
  const podSubnetSelector = discoveryTags({ role: "pod" }, CLUSTER, cni);
  expect(Object.keys(podSubnetSelector).length).toBeGreaterThan(0);
  expect(selects(podSubnetSelector, open)).toBe(true);
  expect(selects(podSubnetSelector, created)).toBe(false);
  expect(selects(podSubnetSelector, closed)).toBe(false);
});

test("what selects the subnets of nodes, for Karpenter or load balancers, selects no growth subnet", () => {
  for (const [key, value] of Object.entries(discoveryTags({ role: "node" }, CLUSTER, cni)))
    if (value !== "0")
      for (const tags of [created, open, closed]) expect(selects({ [key]: value }, tags)).toBe(false);
});
