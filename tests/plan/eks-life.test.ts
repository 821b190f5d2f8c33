import {
  AddressPlan,
  type EksClusterAddresses,
  type IpamPoolPlan,
  type SubnetSet,
} from "@cluster-ipam/address-plan";
import { BlueprintApp } from "@cluster-ipam/blueprint-core";
import { EksClusterStack, EksNetworkStack, type NodeGroupOptions } from "@cluster-ipam/eks-cni";
import { describedChanges } from "./described-change";
import { Workbench, type Workspace } from "./workbench";

const plan = AddressPlan.load({ directory: __dirname });
const created = plan.eks("dev-apps");
const pool = created.pool;
const podPool = created.podCidrs[0]!.pool;
const c = "eu-west-1c";

/** Zone c is added, nodes grow into a second VPC CIDR, pods into a second range. */
const grown: EksClusterAddresses = {
  ...created,
  zones: [...created.zones, c],
  nodeCidrs: [{ name: "vpc-2", cidr: "10.224.4.0/24", pool }],
  publicSubnets: [...created.publicSubnets, { zone: c, cidr: "10.224.4.192/26" }],
  nodes: [
    ...created.nodes,
    {
      name: "nodes-2",
      subnets: [
        { zone: "eu-west-1a", cidr: "10.224.4.0/26" },
        { zone: "eu-west-1b", cidr: "10.224.4.64/26" },
        { zone: c, cidr: "10.224.4.128/26" },
      ],
    },
  ],
  podCidrs: [...created.podCidrs, { name: "pods-2", cidr: "100.80.16.0/22", pool: podPool }],
  pods: [...created.pods, { name: "pods-2", subnets: [{ zone: c, cidr: "100.80.16.0/23" }] }],
};

const draining = <T extends object>(block: T) => ({ ...block, state: "draining" as const });
const inC = ({ zone }: { readonly zone: string }) => zone === c;
const drainingC = ({ name, subnets }: SubnetSet): SubnetSet => ({
  name,
  subnets: subnets.map((subnet) => (inC(subnet) ? draining(subnet) : subnet)),
});

/** Zone c leaves again, and so do the first node subnets and the first growth. */
const shrinking: EksClusterAddresses = {
  ...grown,
  zones: created.zones,
  publicSubnets: grown.publicSubnets.map((subnet) => (inC(subnet) ? draining(subnet) : subnet)),
  nodes: grown.nodes.map((set) =>
    set.name === "nodes" ? { ...set, subnets: set.subnets.map(draining) } : drainingC(set),
  ),
  pods: grown.pods.map(drainingC),
  podCidrs: grown.podCidrs.map((cidr) => (cidr.name === "pods-2" ? draining(cidr) : cidr)),
  growth: grown.growth.map((cidr) => (cidr.name === "growth" ? draining(cidr) : cidr)),
};

const inUse = <T extends { readonly state?: "draining" }>(blocks: readonly T[]) =>
  blocks.filter(({ state }) => state !== "draining");
const setsInUse = (sets: readonly SubnetSet[]) =>
  sets
    .map(({ name, subnets }) => ({ name, subnets: inUse(subnets) }))
    .filter(({ subnets }) => subnets.length > 0);

/** What drained is free. */
const shrunk: EksClusterAddresses = {
  ...shrinking,
  publicSubnets: inUse(shrinking.publicSubnets),
  nodes: setsInUse(shrinking.nodes),
  pods: setsInUse(shrinking.pods),
  podCidrs: inUse(shrinking.podCidrs),
  growth: inUse(shrinking.growth),
};

const general: NodeGroupOptions = {
  name: "general",
  instanceType: "m7i.large",
  size: { min: 2, desired: 2, max: 4 },
};
const more: NodeGroupOptions = { ...general, name: "more", nodeSubnets: "nodes-2" };
const successor: NodeGroupOptions = { ...more, name: "successor", zones: ["eu-west-1a", "eu-west-1b"] };

/** A cluster whose CIDR IPAM assigns, from a pool of exactly its block. */
const assigned: EksClusterAddresses = {
  ...created,
  ...{ name: "dev-store", key: "dev-store", vpcCidr: "ipam-assigned", pool: `${pool}/dev-store` },
  vpc: "10.224.32.0/24",
  ...{ publicSubnets: moved(created.publicSubnets), controlPlaneSubnets: moved(created.controlPlaneSubnets) },
  nodes: created.nodes.map(({ name, subnets }) => ({ name, subnets: moved(subnets) })),
  podCidrs: [{ name: "pods", cidr: "100.80.32.0/22", pool: podPool }],
  pods: [
    { name: "pods", subnets: created.zones.map((zone, i) => ({ zone, cidr: `100.80.${32 + 2 * i}.0/23` })) },
  ],
  growth: [],
};

function moved<T extends { readonly cidr: string }>(blocks: readonly T[]): T[] {
  return blocks.map((block) => ({ ...block, cidr: block.cidr.replace("10.224.0.", "10.224.32.") }));
}

function awsPools(): readonly IpamPoolPlan[] {
  const pools = plan.awsPools();
  const parent = pools.find(({ key }) => key === pool)!;
  const rules = { ...parent.rules!, minNetmaskLength: 24, defaultNetmaskLength: 28 };
  return [...pools, { ...parent, key: assigned.pool, parent: pool, cidrs: [assigned.vpc], rules }];
}

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
  const addresses = Object.create(plan, { awsPools: { value: awsPools } }) as AddressPlan;
  await bench.synthesize("network", "network", { addresses }).apply("address-space");
});
afterAll(() => bench.close());

function compose(addresses: EksClusterAddresses, nodeGroups: readonly NodeGroupOptions[]): Workspace {
  return bench.compose(addresses.name, (outdir) => {
    const app = new BlueprintApp({ backend: { type: "local", directory: "../../../state" }, outdir });
    const network = new EksNetworkStack(app, "network", {
      addresses,
      accountId: "222222222222",
      natGateways: "single",
    });
    new EksClusterStack(app, "cluster", { network: network.contract, version: "1.34", nodeGroups });
    app.synth();
  });
}

const changes = async (app: Workspace, stack: string) => describedChanges([await app.plan(stack)]);
const verbs = (described: readonly string[]) => [...new Set(described.map((change) => change.split(" ")[0]))];

test("a cluster grows, gets a zone, and gives both back: nothing else is touched, and no node is replaced", async () => {
  const first = compose(created, [general]);
  for (const stack of first.stacks) await first.apply(stack);

  const larger = compose(grown, [general, more]);
  expect((await changes(larger, "network")).filter((change) => !change.startsWith("create "))).toEqual([
    "update aws_vpc_endpoint.network_endpoints_s3",
  ]);
  await larger.apply("network");
  expect(await changes(larger, "cluster")).toEqual([
    "create aws_eks_node_group.nodes-more_node-group",
    "create aws_launch_template.nodes-more_launch-template",
  ]);
  await larger.apply("cluster");

  const retiring = { retiring: true };
  const draining = compose(shrinking, [{ ...general, ...retiring }, { ...more, ...retiring }, successor]);
  expect(verbs(await changes(draining, "network"))).toEqual(["update"]);
  await draining.apply("network");
  expect(verbs(await changes(draining, "cluster"))).toEqual(["create"]);
  await draining.apply("cluster");

  const left = compose(shrinking, [successor]);
  expect(await changes(left, "cluster")).toEqual([
    "delete aws_eks_node_group.nodes-general_node-group",
    "delete aws_eks_node_group.nodes-more_node-group",
    "delete aws_launch_template.nodes-general_launch-template",
    "delete aws_launch_template.nodes-more_launch-template",
  ]);
  await left.apply("cluster");

  const smaller = compose(shrunk, [successor]);
  expect(await changes(smaller, "cluster")).toEqual([]);
  const freed = await changes(smaller, "network");
  expect(freed.filter((change) => !change.startsWith("delete "))).toEqual([
    "update aws_vpc_endpoint.network_endpoints_s3",
  ]);
  expect(freed).toEqual(
    expect.arrayContaining([
      "delete aws_subnet.network_subnets_node-eu-west-1a",
      "delete aws_subnet.network_subnets_node-2-eu-west-1c",
      "delete aws_route_table.network_routing_private-eu-west-1c",
      "delete aws_vpc_ipv4_cidr_block_association.network_growth-cidr-0",
      "delete aws_vpc_ipv4_cidr_block_association.network_pod-2-cidr-0",
    ]),
  );
  await smaller.apply("network");
  for (const stack of smaller.stacks) expect(await changes(smaller, stack)).toEqual([]);
});

test("IPAM assigns a VPC the planned block, even while the blocks before it are free", async () => {
  const app = compose(assigned, [general]);
  for (const stack of app.stacks) {
    await app.apply(stack);
    expect(await changes(app, stack)).toEqual([]);
  }

  const { resource_changes = [] } = await app.plan("network");
  const vpc = resource_changes.find(({ type }) => type === "aws_vpc");
  expect(vpc?.change.after).toMatchObject({ cidr_block: "10.224.32.0/24" });
});
