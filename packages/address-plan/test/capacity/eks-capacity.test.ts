import { eksCapacity, type EksCapacityProps } from "../../src";

const subnets = (...cidrs: string[]) =>
  cidrs.map((cidr, index) => ({ zone: `eu-west-1${"abc"[index]}`, cidr }));
const props: EksCapacityProps = {
  name: "apps",
  demand: { nodes: 20, pods: 1000, podsPerNode: 110, growthPercent: 0 },
  instances: ["m7i.2xlarge"],
  nodeSubnets: subnets("10.0.0.0/24", "10.0.1.0/24"),
  podSubnets: subnets("100.64.0.0/23", "100.64.4.0/22"),
};

test("the smallest pod subnet is the binding limit, including warm prefixes", () => {
  // 30 prefixes − 12 nodes × (1 warm + 1 interface) leave 6, fewer than nodes: 6 pods per zone.
  const capacity = eksCapacity(props);
  expect(capacity.binding).toEqual({
    name: "pod prefixes in eu-west-1a",
    pods: 12,
    formula:
      "30 /28 prefixes for 12 nodes (2 surge), each with 1 warm and 1 lost to interface addresses: 6 pods × 2 zones",
    fix: "use a larger pod subnet, add one from the growth space or add a zone",
  });
  expect(capacity.limits.map(({ pods }) => pods)).toEqual(
    [...capacity.limits].map(({ pods }) => pods).sort((a, b) => a - b),
  );
  const grown = eksCapacity({
    ...props,
    podSubnets: [...props.podSubnets!, { zone: "eu-west-1a", cidr: "100.65.0.0/20" }],
  });
  expect(grown.binding.name).toBe("pod prefixes in eu-west-1b");
});

test("warm targets use addresses on every node", () => {
  const pods = (warm: EksCapacityProps["warm"]): number =>
    eksCapacity({ ...props, podSubnets: subnets("100.64.0.0/22", "100.64.4.0/22"), warm }).pods;
  // 62 usable: (62 − 12 × (1 + 1)) × 16 + 15 − 12 × 15, and one prefix per node more or less changes it by 12 × 16.
  expect(pods({ prefixes: 1 })).toBe(2 * 443);
  expect(pods({ prefixes: 2 })).toBe(2 * (443 - 192));
  expect(pods({ addresses: 5 })).toBe(2 * (443 + 192 - 60));
  expect(() => pods({ prefixes: 0 })).toThrow(
    "apps/warm: the VPC CNI does not support warm targets of 0 with prefix delegation; use warm.prefixes 1",
  );
  expect(() => pods({ minimumAddresses: 10 })).toThrow(
    "apps/warm: MINIMUM_IP_TARGET 10 without WARM_IP_TARGET stops a node from adding addresses; set warm.addresses too",
  );
});

test("standard mode counts addresses, with one warm interface", () => {
  const standard = { ...props, mode: "standard" as const, podSubnets: undefined };
  // 230 addresses for 12 nodes: 19 per node, one interface of 15 and no second one for pods.
  expect(eksCapacity(standard).binding).toMatchObject({ name: "pod addresses in eu-west-1a", pods: 0 });
  const wider = { ...standard, nodeSubnets: subnets("10.0.0.0/22", "10.0.4.0/22") };
  // 1,003 addresses for 12 nodes: 4 interfaces of 15 per node, so the type is the limit: 20 × 58 pods.
  expect(eksCapacity(wider)).toMatchObject({
    pods: 20 * 58,
    binding: { name: "pods per node", fix: "use a larger instance type" },
  });
});

test("custom networking requires pod subnets", () => {
  expect(() => eksCapacity({ ...props, mode: "custom-networking", podSubnets: undefined })).toThrow(
    "apps: custom networking requires dedicated pod subnets; set podSubnets",
  );
});

test("every zone with nodes requires a pod subnet", () => {
  expect(() => eksCapacity({ ...props, podSubnets: subnets("100.64.0.0/20") })).toThrow(
    "apps: zone eu-west-1b has nodes but no pod subnet; add one",
  );
});

test.each([
  [{ networkAddressUsage: 150 }, "network address usage"],
  [{ subnets: 6 }, "subnets per VPC"],
  [{ cidrs: 1 }, "VPC CIDRs"],
])("a quota can be the binding limit: %j", (quotas, name) => {
  const wide = { ...props, podSubnets: subnets("100.64.0.0/18", "100.64.64.0/18") };
  expect(eksCapacity(wide).binding.name).toBe("pods per node");
  expect(eksCapacity({ ...wide, quotas }).binding.name).toBe(name);
});

test("rejects quotas out of bounds", () => {
  expect(() => eksCapacity({ ...props, quotas: { cidrs: 51 } })).toThrow(
    "apps/quotas.cidrs: 51 is out of bounds; use 1 to 50",
  );
});
