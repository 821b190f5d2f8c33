import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import {
  EksClusterStack,
  type EksClusterStackProps,
  type EksNetworkContract,
  type EksNetworkStackProps,
} from "../../src";
import { Lazy } from "cdktf";
import { clusterProps, contract, networkStack, newApp, payments, POD_POOL, sharedGrowth } from "../fixture";

const planned = (change: Partial<EksClusterAddresses>): Partial<EksNetworkStackProps> => ({
  addresses: { ...payments, ...change },
});
const zones = (...names: string[]) =>
  names.map((zone, index) => ({ zone, cidr: `10.10.1.${32 * index}/27` }));

const growth = (cidr: string) => [{ name: "growth", cidr, pool: POD_POOL }];
const vpc2 = [{ name: "vpc-2", cidr: "10.10.64.0/22", pool: payments.pool }];
const nodes = payments.nodes[0]!.subnets;
const draining = { state: "draining" } as const;

const networks: Record<string, [Partial<EksNetworkStackProps>, string]> = {
  "one zone": [
    planned({ controlPlaneSubnets: payments.controlPlaneSubnets.slice(0, 1) }),
    "prod-payments-network/network: EKS needs control-plane subnets in at least 2 zones, but the plan has 1 (eu-central-1a); add a zone",
  ],
  "a zone id for a zone name": [
    planned({ zones: ["euc1-az1", "euc1-az2"] }),
    "zone euc1-az1 is not an Availability Zone of eu-central-1; use its full name, such as eu-central-1a",
  ],
  "a zone of another Region": [
    planned({ zones: ["eu-central-1a", "eu-west-1b"] }),
    "zone eu-west-1b is not an Availability Zone of eu-central-1",
  ],
  "a zone where EKS does not place control planes": [
    {
      addresses: {
        ...payments,
        region: "us-east-1",
        zones: ["us-east-1a", "us-east-1b"],
        controlPlaneSubnets: zones("us-east-1a", "us-east-1b"),
      },
      zoneIds: { "us-east-1a": "use1-az1", "us-east-1b": "use1-az3" },
    },
    "zone us-east-1b is use1-az3 in this account, where EKS does not place control planes; plan another zone",
  ],
  "control-plane subnets that are too small": [
    planned({
      controlPlaneSubnets: payments.zones.map((zone, i) => ({ zone, cidr: `10.10.1.${8 * i}/29` })),
    }),
    "control-plane subnet 10.10.1.0/29 in eu-central-1a has 3 free addresses, but EKS needs 6; use a /28",
  ],
  "a zone without a node subnet": [
    planned({ nodes: [{ name: "nodes", subnets: nodes.slice(0, 2) }] }),
    "zone eu-central-1c has no node subnet, but is one of the cluster's zones (eu-central-1a, eu-central-1b, eu-central-1c); run npm run addresses to plan one",
  ],
  "a zone whose only pod subnet drains": [
    planned({
      pods: [
        {
          name: "pods",
          subnets: payments.pods[0]!.subnets.map((subnet, i) => ({ ...subnet, ...(i === 1 && draining) })),
        },
      ],
    }),
    "zone eu-central-1b has no pod subnet",
  ],
  "two subnets of a set in one zone": [
    planned({ nodes: [{ name: "nodes", subnets: [...nodes, nodes[0]!] }] }),
    "a set has two subnets in one zone, node-eu-central-1a; plan one subnet per zone and set",
  ],
  "a subnet outside the VPC": [
    planned({
      nodes: [
        { name: "nodes", subnets: payments.zones.map((zone, i) => ({ zone, cidr: `10.20.${i}.0/24` })) },
      ],
    }),
    "node subnet 10.20.0.0/24 in eu-central-1a is outside 10.10.0.0/20; run npm run addresses",
  ],
  "a subnet larger than a /16": [
    planned({
      vpcCidrQuota: 50,
      podCidrs: [{ name: "pods", cidr: "100.64.0.0/13", pool: POD_POOL }],
      growth: [],
      pods: [
        {
          name: "pods",
          subnets: payments.zones.map((zone, i) => ({ zone, cidr: `100.${64 + 2 * i}.0.0/15` })),
        },
      ],
    }),
    "pod subnet 100.64.0.0/15 in eu-central-1a is a /15; use a /16 to /28",
  ],
  "a VPC larger than a /16": [planned({ vpc: "10.8.0.0/13" }), "VPC 10.8.0.0/13 is a /13; use a /16 to /28"],
  "a VPC CIDR that the plan decides": [
    { vpcCidr: { mode: "ipam-assigned" } as never },
    'vpcCidr.mode is "ipam-assigned", but the address plan decides that; remove vpcCidr and set clusters.prod-payments.vpcCidr: ipam-assigned in addresses.yaml',
  ],
  "an existing VPC whose CIDR IPAM would assign": [
    { ...planned({ vpcCidr: "ipam-assigned" }), vpcCidr: { mode: "existing", vpcId: "vpc-0a1b2c3d" } },
    "vpcCidr imports vpc-0a1b2c3d, but in the address plan IPAM assigns the VPC's CIDR; remove clusters.prod-payments.vpcCidr from addresses.yaml",
  ],
  "an existing VPC with a name for its id": [
    { vpcCidr: { mode: "existing", vpcId: "legacy" } },
    'vpcCidr.vpcId is "legacy"; use the id that EC2 shows, vpc- and 8 or 17 hexadecimal digits',
  ],
  "an existing VPC with another kind of gateway": [
    { vpcCidr: { mode: "existing", vpcId: "vpc-0a1b2c3d", internetGatewayId: "nat-0a1b2c3d" } },
    'vpcCidr.internetGatewayId is "nat-0a1b2c3d"; use the id that EC2 shows, igw- and 8 or 17 hexadecimal digits',
  ],
  "more CIDRs than the quota": [
    planned({ growth: growth("100.68.0.0/14") }),
    "the VPC needs 6 CIDRs (1 + 100.64.0.0/18 + 100.68.0.0/14 in blocks of at most a /16), but the quota is 5; raise quota L-83CA0A9D",
  ],
  "more CIDRs than a raised quota": [
    planned({ vpcCidrQuota: 6, growth: growth("100.68.0.0/14"), nodeCidrs: vpc2 }),
    "the VPC needs 7 CIDRs (1 + 10.10.64.0/22 + 100.64.0.0/18 + 100.68.0.0/14 in blocks of at most a /16), but the quota is 6",
  ],
  "overlapping CIDRs": [
    planned({ growth: growth("100.64.32.0/19") }),
    "100.64.32.0/19 overlaps 100.64.0.0/18 in the same VPC; run npm run addresses to plan them again",
  ],
  "a CIDR to attach that overlaps the pods": [
    { attachCidrs: ["100.64.48.0/20"] },
    "attachCidrs has 100.64.48.0/20, which overlaps 100.64.0.0/18 of prod-payments; use another block of aws/eu-central-1/prod/eks-pods",
  ],
  "a CIDR to attach in the growth pool that clusters share": [
    { ...planned({ sharedGrowth: [sharedGrowth] }), attachCidrs: ["100.96.4.0/24"] },
    "attachCidrs has 100.96.4.0/24, which overlaps 100.96.0.0/16 of prod-payments",
  ],
  "a CIDR to attach with host bits": [
    { attachCidrs: ["100.65.0.1/18"] },
    "attachCidrs: 100.65.0.1/18: host bits are set; write 100.65.0.0/18",
  ],
  "a CIDR to attach that is larger than a VPC accepts": [
    { attachCidrs: ["100.80.0.0/15"] },
    "attachCidrs has 100.80.0.0/15; use a /16 to /26",
  ],
  "a CIDR to attach that is known only after apply": [
    { attachCidrs: [Lazy.stringValue({ produce: () => "100.65.0.0/18" })] },
    "attachCidrs: the CIDR is known only after apply",
  ],
  "more CIDRs to attach than the quota has room for": [
    { attachCidrs: ["100.65.0.0/18", "100.66.0.0/18", "100.67.0.0/18"] },
    "the VPC needs 6 CIDRs (1 + 100.64.0.0/18 + 100.64.64.0/19 + 100.65.0.0/18 + 100.66.0.0/18 + 100.67.0.0/18 in blocks of at most a /16), but the quota is 5",
  ],
  "a CIDR to attach that the VPC rejects": [
    { attachCidrs: ["192.168.0.0/18"] },
    "AWS rejects attachCidrs 192.168.0.0/18 in the VPC 10.10.0.0/20",
  ],
  "CIDRs to attach to an IPv6 network": [
    { ipFamily: "ipv6", attachCidrs: ["100.65.0.0/18"] },
    "attachCidrs has 100.65.0.0/18, but the pods of an IPv6 network need no IPv4 space; remove attachCidrs",
  ],
  "private ranges that cannot be combined in a VPC": [
    planned({ growth: growth("172.16.0.0/16") }),
    "AWS rejects growth 172.16.0.0/16 in the VPC 10.10.0.0/20: a VPC with a primary CIDR in 10.0.0.0/8 accepts no CIDR in 172.16.0.0/12; choose other spaces with nodesFrom and podsFrom in environments.prod.aws",
  ],
  "a range that AWS carves out of 10.0.0.0/15": [
    {
      addresses: {
        ...payments,
        vpc: "10.1.0.0/16",
        nodeCidrs: [{ name: "vpc-2", cidr: "10.0.4.0/22", pool: payments.pool }],
      },
    },
    "AWS rejects vpc-2 10.0.4.0/22 in the VPC 10.1.0.0/16",
  ],
  "a subnet without a /64": [
    { ...planned({ nodes: [{ name: "nodes-15", subnets: nodes }] }), ipFamily: "ipv6" },
    "prod-payments-network/network/subnets: subnet node-15-eu-central-1a has no /64 in the VPC's IPv6 /56",
  ],

  "a subnet with host bits": [
    planned({
      nodes: [{ name: "nodes", subnets: nodes.map(({ zone }) => ({ zone, cidr: "10.10.4.1/24" })) }],
    }),
    "prod-payments-network/network: a subnet in eu-central-1a: 10.10.4.1/24: host bits are set; write 10.10.4.0/24",
  ],
  "a discovery tag on everything": [
    { tags: { team: "shop", "kubernetes.io/role/cni": "0" } },
    "prod-payments-network: the tag kubernetes.io/role/cni would apply to every subnet",
  ],
  "a CNI that stops adding pods when the node subnet is full": [
    { cniVersion: "v1.18.2-eksbuild.1" },
    "cniVersion v1.18.2-eksbuild.1 stops adding pods when the node subnet is full; use v1.18.3-eksbuild.1 or later",
  ],
  "a CNI version without its build": [
    { cniVersion: "1.23.1" },
    "cniVersion 1.23.1 is not an add-on version; include the build, for example v1.23.1-eksbuild.1",
  ],
};

const group = clusterProps.nodeGroups[0]!;
const groups = (...changes: Partial<typeof group>[]): Partial<EksClusterStackProps> => ({
  nodeGroups: changes.map((change) => ({ ...group, ...change })),
});
const inNetwork = (change: Partial<EksNetworkContract>): Partial<EksClusterStackProps> => ({
  network: { ...contract, ...change },
});
const drainingZone = inNetwork({
  addresses: {
    ...payments,
    nodes: [{ name: "nodes", subnets: nodes.map((subnet, i) => ({ ...subnet, ...(i === 2 && draining) })) }],
  },
});
const accessBy = (principalArn: string, change = {}): Partial<EksClusterStackProps> => ({
  access: { team: { principalArn, policy: "view", ...change } },
});
const role = "arn:aws:iam::111122223333:role/team";

const clusters: Record<string, [Partial<EksClusterStackProps>, string]> = {
  "a version as a number": [
    { version: 1.3 as unknown as string },
    'prod-payments/cluster: version 1.3 is not an EKS version; use the minor version as a string, for example "1.33"',
  ],
  "a patch release": [{ version: "1.33.2" }, 'version "1.33.2" is not an EKS version'],
  "a cluster name too long for its roles": [
    inNetwork({ addresses: { ...payments, name: "p".repeat(51) } }),
    "has 51 characters; use 1 to 50",
  ],
  "an empty list of public CIDRs": [
    { endpoint: { publicCidrs: [] } },
    "endpoint.publicCidrs is empty, which EKS treats as 0.0.0.0/0",
  ],
  "an endpoint open to the internet": [
    { endpoint: { publicCidrs: ["198.51.100.0/24", "0.0.0.0/0"] } },
    "endpoint.publicCidrs has 0.0.0.0/0, the whole internet; list the CIDRs of your offices",
  ],
  "an endpoint CIDR with host bits": [
    { endpoint: { privateCidrs: ["10.1.2.3/16"] } },
    "prod-payments/cluster: endpoint.privateCidrs: 10.1.2.3/16: host bits are set; write 10.1.0.0/16",
  ],
  "an endpoint CIDR known only after apply": [
    { endpoint: { publicCidrs: [Lazy.stringValue({ produce: () => "198.51.100.0/24" })] } },
    "prod-payments/cluster: endpoint.publicCidrs: the CIDR is known only after apply",
  ],
  "Services with host bits": [
    { serviceCidr: "172.20.1.0/16" },
    "prod-payments/cluster: serviceCidr: 172.20.1.0/16: host bits are set; write 172.20.0.0/16",
  ],
  "Services over planned addresses": [
    { serviceCidr: "10.100.0.0/16" },
    "serviceCidr 10.100.0.0/16 overlaps 10.0.0.0/8 of the address plan, which pods could not reach",
  ],
  "Services outside the range that EKS accepts": [
    { serviceCidr: "172.20.0.0/25" },
    "EKS rejects serviceCidr 172.20.0.0/25; use a /12 to /24",
  ],
  "a session as the principal": [
    accessBy("arn:aws:sts::111122223333:assumed-role/team/ada"),
    "is not an IAM role or user; use arn:aws:iam::<account>:role/<name>, not a session",
  ],
  "the same principal twice": [
    { access: { ada: { principalArn: role, policy: "view" }, team: { principalArn: role, policy: "edit" } } },
    `access ada and team are both ${role}, but a principal has one entry per cluster; merge them`,
  ],
  "an empty list of namespaces": [
    accessBy(role, { namespaces: [] }),
    "namespaces is empty; add at least one",
  ],
  "a cluster-admin of a namespace": [
    accessBy(role, { policy: "cluster-admin", namespaces: ["shop"] }),
    "prod-payments/cluster/access-team: cluster-admin applies to the whole cluster, not to shop; use policy admin",
  ],
  "warm targets of zero": [
    { cni: { prefixDelegation: { warmPrefixTarget: 0 } } },
    "prod-payments/vpc-cni: cni.prefixDelegation.warmPrefixTarget is 0; use a whole number of at least 1",
  ],
  "a minimum without a warm target": [
    { cni: { prefixDelegation: { minimumIpTarget: 32 } } },
    "minimumIpTarget 32 without warmIpTarget limits a node to 32 addresses; add warmIpTarget",
  ],
  "a warm target that is overridden": [
    { cni: { prefixDelegation: { warmPrefixTarget: 2, warmIpTarget: 8 } } },
    "cni.prefixDelegation.warmIpTarget 8 overrides warmPrefixTarget 2; remove one",
  ],
  "single addresses in subnets that are reserved for prefixes": [
    { cni: { prefixDelegation: false } },
    "prod-payments/vpc-cni: cni.prefixDelegation is false, but the pod subnets are reserved for /28 prefixes; set prefixReservations: false in prod-payments-network",
  ],
  "an IPv6 cluster without prefixes": [
    { ...inNetwork({ ipFamily: "ipv6", nodeSubnetsExcluded: false }), cni: { prefixDelegation: false } },
    "an IPv6 cluster needs prefix delegation; remove cni.prefixDelegation",
  ],
  "an IPv6 cluster with warm targets": [
    {
      ...inNetwork({ ipFamily: "ipv6", nodeSubnetsExcluded: false }),
      cni: { prefixDelegation: { warmPrefixTarget: 2 } },
    },
    "warm targets have no effect in an IPv6 cluster",
  ],
  "an IPv6 cluster with custom networking": [
    { ...inNetwork({ ipFamily: "ipv6", nodeSubnetsExcluded: false }), cni: { customNetworking: true } },
    "an IPv6 cluster does not support custom networking; remove cni.customNetworking",
  ],
  "custom networking on a self-managed CNI": [
    { cni: { management: "self-managed", customNetworking: true } },
    "custom networking needs ENIConfigs, which only the managed add-on creates; remove cni.management",
  ],
  "network policy on a self-managed CNI": [
    { cni: { management: "self-managed", networkPolicy: true } },
    "cni.networkPolicy needs the managed add-on; remove cni.management",
  ],
  "a self-managed CNI without a cluster-admin": [
    { cni: { management: "self-managed" }, access: {} },
    "a self-managed CNI is configured through the Kubernetes API; add the deploying role to access as cluster-admin",
  ],
  "the CNI as an add-on": [
    { addons: { "vpc-cni": {} } },
    "addons has vpc-cni, which must be installed before any node; use cni instead",
  ],
  "an add-on version without its build": [
    { addons: { coredns: { version: "1.12.1" } } },
    "prod-payments/addon-coredns: version 1.12.1 is not an add-on version",
  ],
  "no node group": [groups(), "the cluster has no node group, so CoreDNS would never start; add one"],
  "node groups that all repel CoreDNS": [
    groups({ taints: [{ key: "gpu", effect: "NO_SCHEDULE" }] }),
    "every node group (general) has a taint that CoreDNS does not tolerate; remove the taint from one",
  ],
  "two node groups with the same name": [
    groups({ size: { min: 0, desired: 1, max: 1 } }, { size: { min: 0, desired: 1, max: 1 } }),
    "prod-payments: two node groups are named general; use unique names",
  ],
  "more nodes than the subnets support": [
    groups({ name: "general" }, { name: "batch", size: { min: 0, desired: 0, max: 3000 } }),
    "the node groups of nodes grow to 1020 nodes in eu-central-1a (general 60 + batch 3000 over their zones), but subnet 10.10.4.0/24 has room for 235; lower size.max",
  ],
  "more nodes in a zone than its subnet supports": [
    groups(
      { name: "general" },
      { name: "batch", zones: ["eu-central-1b"], size: { min: 0, desired: 0, max: 220 } },
    ),
    "the node groups of nodes grow to 240 nodes in eu-central-1b (general 60 + batch 220 over their zones), but subnet 10.10.5.0/24 has room for 235",
  ],
  "more nodes than the pod subnets support": [
    groups({ size: { min: 3, desired: 6, max: 690 } }),
    "the node groups grow to 690 nodes (general 690), but the planned subnets support",
  ],
  "unknown node subnets": [
    groups({ nodeSubnets: "nodes-2" }),
    "node group general uses the node subnets nodes-2, which the plan does not have; set nodeSubnets to nodes in a new group",
  ],
  "a zone that its node subnets do not have": [
    groups({ zones: ["eu-central-1d"] }),
    "node group general has the zones eu-central-1d; use each of eu-central-1a, eu-central-1b, eu-central-1c at most once",
  ],
  "no zone": [groups({ zones: [] }), "node group general has the zones []"],
  "nodes in a zone that drains": [
    drainingZone,
    'prod-payments: node group general has nodes in eu-central-1c of nodes, which the address plan drains; add a group with nodeSubnets "nodes" and zones eu-central-1a, eu-central-1b, set retiring: true here for that deployment, then remove general',
  ],
  "an invalid size": [
    groups({ size: { min: 3, desired: 2, max: 6 } }),
    "prod-payments/nodes-general: size min 3, desired 2, max 6 is not valid",
  ],
  "a node group with at most 0 nodes": [groups({ size: { min: 0, desired: 0, max: 0 } }), "and max ≥ 1"],
  "a node group name with a space": [
    groups({ name: "my nodes" }),
    'EKS rejects the node group name "my nodes"',
  ],
  "a label with which nodes cannot join": [
    groups({ labels: { "node-role.kubernetes.io/worker": "" } }),
    "the label node-role.kubernetes.io/worker is reserved, and a node with it cannot join",
  ],
  "more pods than the interfaces support": [
    groups({ instanceType: "t3.small", maxPods: 110 }),
    "maxPods is 110, but t3.small supports 1 to 98 with these CNI options; lower it or use a larger type",
  ],
  "more pods than the plan has per node": [
    groups({ maxPods: 200 }),
    "maxPods is 200, but the address plan has 110 pods per node; raise podsPerNode in the plan",
  ],
  "an unknown instance type": [
    groups({ instanceType: "m99.huge" }),
    "prod-payments: node group general: instance type m99.huge is not in the table",
  ],
};

describe("a network rejects", () => {
  test.each(Object.entries(networks))("%s", (_, [props, message]) => {
    expect(() => networkStack(props)).toThrow(message);
  });
});

describe("a cluster rejects", () => {
  test.each(Object.entries(clusters))("%s", (_, [props, message]) => {
    expect(() => new EksClusterStack(newApp(), "prod-payments", { ...clusterProps, ...props })).toThrow(
      message,
    );
  });
});

test("the successor of a group in a draining zone starts before the group leaves", () => {
  const first = { ...group, retiring: true };
  const successor = {
    ...group,
    name: "general-2",
    zones: ["eu-central-1a", "eu-central-1b"],
    nodeSubnets: "nodes",
  };

  for (const nodeGroups of [[first, successor], [successor]])
    expect(
      new EksClusterStack(newApp(), "prod-payments", { ...clusterProps, ...drainingZone, nodeGroups }),
    ).toBeDefined();
});
