import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { Testing } from "cdktf";
import { type EksNetworkStackProps } from "../../src";
import { blocks, grown, networkStack, resources, sharedGrowth, twoZones } from "../fixture";

type Resources = Record<string, Record<string, Record<string, unknown>>>;

function synthesized(addresses: EksClusterAddresses, props: Partial<EksNetworkStackProps>): Resources {
  return (JSON.parse(Testing.synth(networkStack({ addresses, ...props }), true)) as { resource: Resources })
    .resource;
}

const drain = <T extends { zone: string }>(list: readonly T[], letter: string) =>
  list.map((item) => (item.zone.endsWith(letter) ? { ...item, state: "draining" as const } : item));
const drainSet = <T extends { name: string; subnets: readonly { zone: string; cidr: string }[] }>(
  sets: readonly T[],
  drained: string,
) =>
  sets.map((set) =>
    set.name === drained
      ? { ...set, subnets: set.subnets.map((subnet) => ({ ...subnet, state: "draining" as const })) }
      : set,
  );
const tagsOf = (stack: ReturnType<typeof networkStack>, name: string) => {
  const tags = resources(stack, "aws_subnet").map((subnet) => subnet["tags"] as Record<string, string>);
  return tags.find((candidate) => candidate["Name"] === `prod-payments-${name}`);
};

test.each<Partial<EksNetworkStackProps>>([
  { natGateways: "single" },
  { natGateways: "per-zone" },
  { natGateways: "none" },
  { natGateways: "single", ipFamily: "ipv6" },
])("growth and another zone change nothing that exists, with %o", (props) => {
  const before = synthesized(twoZones, props);
  const after = synthesized(grown, props);

  for (const [type, existing] of Object.entries(before)) {
    // The endpoints get an interface in the new zone and its route table, in place.
    if (type === "aws_vpc_endpoint") expect(Object.keys(after[type]!)).toEqual(Object.keys(existing));
    else expect(after[type]).toMatchObject(existing);
  }
});

test("each further CIDR comes from its own pool, and its subnets wait for it", () => {
  const stack = networkStack({ addresses: grown });

  const pools = blocks(stack, "data", "aws_vpc_ipam_pool");
  const keyOf = ([, { filter }]: [string, Record<string, unknown>]) =>
    (filter as { values: string[] }[])[0]!.values[0]!;
  const lookups = Object.entries(pools).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  expect(lookups.map(keyOf)).toEqual([
    "aws/eu-central-1/prod/eks-pods-shared: *",
    "aws/eu-central-1/prod/eks-pods: *",
    "aws/eu-central-1/prod/eks: *",
  ]);
  const [sharedPool, podPool, vpcPool] = lookups.map(([id]) => `\${data.aws_vpc_ipam_pool.${id}.id}`);
  const associations = blocks(stack, "resource", "aws_vpc_ipv4_cidr_block_association");
  const poolOf = (name: string) =>
    Object.entries(associations).find(([id]) => id.startsWith(`network_${name}-cidr-0`))?.[1][
      "ipv4_ipam_pool_id"
    ];
  expect(["vpc-2", "pod", "pod-2", "growth"].map(poolOf)).toEqual([vpcPool, podPool, sharedPool, podPool]);

  const subnets = blocks(stack, "resource", "aws_subnet");
  const waits = (id: string) =>
    Object.entries(subnets).find(([key]) => key.startsWith(`network_subnets_${id}_`))?.[1]["depends_on"];
  expect(waits("node-2-eu-central-1a")).toEqual([expect.stringContaining("vpc-2-cidr-0")]);
  expect(waits("pod-2-eu-central-1b")).toEqual([expect.stringContaining("pod-2-cidr-0")]);
  expect(waits("node-eu-central-1a")).toBeUndefined();
});

test("a later zone has no control-plane subnet, and everything else", () => {
  const stack = networkStack({ addresses: grown });

  const names = resources(stack, "aws_subnet").map(({ tags }) => (tags as Record<string, string>)["Name"]);
  expect(names.filter((name) => name?.endsWith("1b")).sort()).toEqual([
    "prod-payments-node-2-eu-central-1b",
    "prod-payments-pod-2-eu-central-1b",
    "prod-payments-public-eu-central-1b",
  ]);
  const associations = Object.keys(blocks(stack, "resource", "aws_route_table_association"));
  expect(associations).toHaveLength(names.length);
});

test("what the plan drains stays, and nothing discovers it", () => {
  const addresses = {
    ...grown,
    publicSubnets: drain(grown.publicSubnets, "c"),
    zones: grown.zones.filter((zone) => !zone.endsWith("c")),
    nodes: drainSet(grown.nodes, "nodes"),
    pods: drainSet(
      [...grown.pods, { name: "pods-3", subnets: [{ zone: "eu-central-1a", cidr: "100.72.16.0/20" }] }],
      "pods",
    ),
    podCidrs: grown.podCidrs.map((cidr) =>
      cidr.name === "pods" ? { ...cidr, state: "draining" as const } : cidr,
    ),
  };
  const stack = networkStack({ addresses });

  const own = { "cluster-ipam/cluster": "prod-payments" };
  expect(tagsOf(stack, "node-eu-central-1a")).toEqual({
    ...own,
    Name: "prod-payments-node-eu-central-1a",
    "cluster-ipam/role": "node",
    "kubernetes.io/role/cni": "0",
  });
  expect(tagsOf(stack, "pod-eu-central-1c")).toMatchObject({ "kubernetes.io/role/cni": "0" });
  expect(tagsOf(stack, "public-eu-central-1c")).not.toHaveProperty(["kubernetes.io/role/elb"]);
  expect(tagsOf(stack, "node-2-eu-central-1a")).toHaveProperty(["karpenter.sh/discovery"]);
  expect(resources(stack, "aws_vpc_ipv4_cidr_block_association")).toHaveLength(4);
  const withoutZero = networkStack({ addresses, cniVersion: "v1.21.1-eksbuild.7" });
  expect(tagsOf(withoutZero, "pod-eu-central-1c")).not.toHaveProperty(["kubernetes.io/role/cni"]);
});

test("the endpoints admit every list of CIDRs of the plan that may have nodes or pods", () => {
  const addresses = { ...grown, sharedGrowth: [sharedGrowth] };
  // The subnets in the VPC's CIDRs are admitted one by one. Public subnets and those of the control plane have no pods.
  const others = ["nodeCidrs", "podCidrs", "publicSubnets", "controlPlaneSubnets"];
  const lists = Object.entries(addresses).flatMap(([name, list]) => {
    const cidrs = others.includes(name) ? [] : [...JSON.stringify(list).matchAll(/"cidr":"([^"]+)"/g)];
    return cidrs.map(([, cidr]) => [name, cidr] as const);
  });
  expect(new Set(lists.map(([name]) => name))).toEqual(new Set(["nodes", "pods", "growth", "sharedGrowth"]));
  const stack = networkStack({ addresses, natGateways: "none" });
  const subnets = blocks(stack, "resource", "aws_subnet");
  const admitted = resources(stack, "aws_vpc_security_group_ingress_rule").map(({ cidr_ipv4 }) =>
    String(cidr_ipv4).replace(/^\$\{aws_subnet\.(.+)\.cidr_block\}$/, (_, id: string) =>
      String(subnets[id]?.["cidr_block"]),
    ),
  );
  expect(lists.filter(([, cidr]) => !admitted.includes(cidr!))).toEqual([]);
});

test("the endpoints admit every node, pod and growth address, from one subnet in use per zone", () => {
  const addresses = {
    ...grown,
    nodes: drainSet(grown.nodes, "nodes"),
    zones: ["eu-central-1a", "eu-central-1b"],
  };
  const stack = networkStack({ addresses, natGateways: "none" });

  const admitted = resources(stack, "aws_vpc_security_group_ingress_rule").map(
    ({ description }) => description,
  );
  expect(admitted.sort()).toEqual([
    "HTTPS from the node subnet 2 of eu-central-1a",
    "HTTPS from the node subnet 2 of eu-central-1b",
    "HTTPS from the node subnet of eu-central-1a",
    "HTTPS from the node subnet of eu-central-1c",
    "HTTPS from the pod subnet 2 of eu-central-1b",
    "HTTPS from the pod subnet of eu-central-1a",
    "HTTPS from the pod subnet of eu-central-1c",
    "HTTPS from the pods in growth",
  ]);
  const ec2 = resources(stack, "aws_vpc_endpoint").find(({ service_name }) =>
    String(service_name).endsWith(".ec2"),
  );
  expect(ec2?.["subnet_ids"]).toEqual([
    expect.stringContaining("node-2-eu-central-1a"),
    expect.stringContaining("node-2-eu-central-1b"),
  ]);
});
