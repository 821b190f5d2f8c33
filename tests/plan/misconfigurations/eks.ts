import { type EksClusterAddresses, type ZoneSubnet } from "@cluster-ipam/address-plan";
import {
  AdoptedEksNetworkStack,
  EksClusterStack,
  type EksClusterStackProps,
  type EksNetworkContract,
  EksNetworkStack,
  type EksNetworkStackProps,
} from "@cluster-ipam/eks-cni";
import { composeProd, prodSettings } from "../../../apps/prod/src/prod";
import { readEnvironment } from "../../../apps/prod/src/environment";
import { addresses, app, type Misconfigurations } from "./misconfiguration";

const payments = addresses.eks("prod-payments");
const general = {
  name: "general",
  instanceType: "m7i.2xlarge",
  size: { min: 3, desired: 6, max: 60 },
};
const role = "arn:aws:iam::333333333333:role/platform";

/** prod's network with some props replaced. */
export const network = (props: Partial<EksNetworkStackProps>): EksNetworkContract =>
  new EksNetworkStack(app(), "prod-payments-network", {
    addresses: payments,
    accountId: "333333333333",
    natGateways: "per-zone",
    ...props,
  }).contract;

/** prod's cluster with some props replaced. */
export const cluster = (
  props: Partial<EksClusterStackProps>,
  contract: Partial<EksNetworkContract> = {},
): EksClusterStack =>
  new EksClusterStack(app(), "prod-payments", {
    network: { ...network({}), ...contract },
    version: "1.33",
    cni: { prefixDelegation: { warmPrefixTarget: 1 }, networkPolicy: true },
    nodeGroups: [general],
    ...props,
  });

const growth = (cidr: string) => [{ ...payments.growth[0]!, cidr }];
const planned = (change: Partial<EksClusterAddresses>) => network({ addresses: { ...payments, ...change } });
const draining = (subnet: ZoneSubnet): ZoneSubnet => ({ ...subnet, state: "draining" });
const group = (change: object) => cluster({ nodeGroups: [{ ...general, ...change }] });

/** Mistakes in an EKS network. */
export const wrongEksNetworks: Misconfigurations = {
  "a zone whose id EKS does not support": {
    trap: "aws",
    wrong: () => network({ zoneIds: { "eu-central-1b": "use1-az3" } }),
    error: { path: "prod-payments-network/network", value: "use1-az3", fix: "plan another zone" },
  },
  "control-plane subnets with fewer than 6 free addresses": {
    trap: "aws",
    wrong: () =>
      planned({
        controlPlaneSubnets: payments.zones.map((zone, i) => ({ zone, cidr: `10.208.1.${128 + 8 * i}/29` })),
      }),
    error: {
      path: "prod-payments-network/network",
      value: "10.208.1.128/29 in eu-central-1a has 3",
      fix: "use a /28",
    },
  },
  "more CIDRs than the VPC's quota": {
    trap: "aws",
    wrong: () => planned({ growth: growth("100.68.0.0/14") }),
    error: { path: "prod-payments-network/network", value: "6 CIDRs", fix: "raise quota L-83CA0A9D" },
  },
  "growth that overlaps the pods": {
    trap: "aws",
    wrong: () => planned({ growth: growth("100.64.64.0/19") }),
    error: {
      path: "prod-payments-network/network",
      value: "100.64.64.0/19 overlaps 100.64.64.0/18",
      fix: "run npm run addresses",
    },
  },
  "a growth CIDR that a VPC of 10.0.0.0/8 rejects": {
    trap: "aws",
    wrong: () => planned({ growth: growth("192.168.0.0/18") }),
    error: {
      path: "prod-payments-network/network",
      value: "192.168.0.0/18",
      fix: "such as 100.64.0.0/10 for pods",
    },
  },
  "an adopted subnet that the plan does not have": {
    trap: "plan",
    wrong: () =>
      new AdoptedEksNetworkStack(app(), "prod-payments-network", {
        addresses: payments,
        existing: {
          ...{ accountId: "333333333333", vpcId: "vpc-0a1b2c3d", cidrs: {} },
          subnets: { "10.99.0.0/24": "subnet-0a1b2c3d" },
        },
      }),
    error: {
      path: "prod-payments-network/network",
      value: "10.99.0.0/24",
      fix: "run npx addresses adopt again, or remove it from existing",
    },
  },
  "an existing VPC whose CIDR IPAM would assign": {
    trap: "ipam",
    wrong: () =>
      network({
        addresses: { ...payments, vpcCidr: "ipam-assigned" },
        vpcCidr: { mode: "existing", vpcId: "vpc-0a1b2c3d" },
      }),
    error: {
      path: "prod-payments-network/network",
      value: "vpc-0a1b2c3d",
      fix: "remove clusters.prod-payments.vpcCidr from addresses.yaml",
    },
  },
  "a VPC CIDR that the plan decides": {
    trap: "ipam",
    wrong: () => network({ vpcCidr: { mode: "ipam-assigned" } as never }),
    error: {
      path: "prod-payments-network/network",
      value: '"ipam-assigned"',
      fix: "set clusters.prod-payments.vpcCidr: ipam-assigned in addresses.yaml",
    },
  },
  "a second VPC CIDR in the carve-out of 10.0.0.0/15": {
    trap: "aws",
    wrong: () =>
      planned({
        vpc: "10.1.0.0/16",
        nodeCidrs: [{ name: "vpc-2", cidr: "10.0.4.0/22", pool: payments.pool }],
      }),
    error: { path: "prod-payments-network/network", value: "vpc-2 10.0.4.0/22", fix: "choose other spaces" },
  },
  "a CNI that stops adding pods when the node subnet is full": {
    trap: "aws",
    wrong: () => network({ cniVersion: "v1.18.2-eksbuild.1" }),
    error: {
      path: "prod-payments-network/network",
      value: "v1.18.2-eksbuild.1",
      fix: "use v1.18.3-eksbuild.1 or later",
    },
  },
  "a tag that opens every subnet to pods": {
    trap: "aws",
    wrong: () => network({ tags: { "kubernetes.io/role/cni": "" } }),
    error: {
      path: "prod-payments-network",
      value: "kubernetes.io/role/cni",
      fix: "remove it",
    },
  },
  "an account id without its leading zero": {
    trap: "aws",
    wrong: () => network({ accountId: "33333333333" }),
    error: { path: "prod-payments-network", value: '"33333333333"', fix: "keep leading zeros" },
  },
};

/** Mistakes in an EKS cluster. */
export const wrongEksClusters: Misconfigurations = {
  "a version as a number": {
    trap: "aws",
    wrong: () => cluster({ version: 1.3 as unknown as string }),
    error: { path: "prod-payments/cluster", value: "version 1.3", fix: 'as a string, for example "1.33"' },
  },
  "more nodes than the planned subnets support": {
    trap: "aws",
    wrong: () => composeProd(app(), addresses, readEnvironment({}), { ...prodSettings, eksMaxNodes: 600 }),
    error: {
      path: "prod-payments",
      value: "general 600 over their zones",
      fix: "raise nodes in the address plan",
    },
  },
  "nodes in subnets that the plan drains": {
    trap: "aws",
    wrong: () =>
      cluster(
        {},
        {
          addresses: {
            ...payments,
            nodes: [
              { ...payments.nodes[0]!, subnets: payments.nodes[0]!.subnets.map(draining) },
              { name: "nodes-2", subnets: payments.nodes[0]!.subnets },
            ],
          },
        },
      ),
    error: { path: "prod-payments", value: "general", fix: 'add a group with nodeSubnets "nodes-2"' },
  },
  "node subnets that the plan does not have": {
    trap: "aws",
    wrong: () => group({ nodeSubnets: "nodes-2" }),
    error: { path: "prod-payments", value: "nodes-2", fix: "set nodeSubnets to nodes" },
  },
  "more pods per node than the plan has": {
    trap: "aws",
    wrong: () => group({ maxPods: 234 }),
    error: { path: "prod-payments/nodes-general", value: "234", fix: "raise podsPerNode in the plan" },
  },
  "more pods per node than its interfaces support": {
    trap: "aws",
    wrong: () => group({ instanceType: "t3.small", maxPods: 110 }),
    error: { path: "prod-payments/nodes-general", value: "110", fix: "lower it or use a larger type" },
  },
  "Karpenter on a plan without the nodes that it replaces": {
    trap: "aws",
    wrong: () => cluster({ karpenter: { nodePools: [{ name: "apps", maxNodes: 10 }] } }),
    error: {
      path: "prod-payments/karpenter",
      value: "the address plan of prod-payments",
      fix: "set provisioner: karpenter in addresses.yaml",
    },
  },
  "Auto Mode beside node groups": {
    trap: "aws",
    wrong: () => cluster({ autoMode: { nodePools: [{ name: "apps", maxNodes: 10 }] } }),
    error: { path: "prod-payments", value: "nodeGroups", fix: "remove nodeGroups, or remove autoMode" },
  },
  "a Fargate profile on a plan without its pods": {
    trap: "aws",
    wrong: () => cluster({}).cluster.addFargateProfile({ name: "web", selectors: [{ namespace: "web" }] }),
    error: {
      path: "prod-payments/cluster/fargate-web",
      value: "the address plan of prod-payments",
      fix: "set fargatePods in addresses.yaml",
    },
  },
  "a misspelled instance type": {
    trap: "aws",
    wrong: () => group({ instanceType: "m7i.2xlrge" }),
    error: { path: "prod-payments", value: "m7i.2xlrge", fix: "did you mean m7i.2xlarge?" },
  },
  "warm targets of zero": {
    trap: "aws",
    wrong: () => cluster({ cni: { prefixDelegation: { warmPrefixTarget: 0 } } }),
    error: { path: "prod-payments/vpc-cni", value: "warmPrefixTarget is 0", fix: "at least 1" },
  },
  "a minimum without a warm target": {
    trap: "aws",
    wrong: () => cluster({ cni: { prefixDelegation: { minimumIpTarget: 32 } } }),
    error: { path: "prod-payments/vpc-cni", value: "minimumIpTarget 32", fix: "add warmIpTarget" },
  },
  "a warm target that another overrides": {
    trap: "aws",
    wrong: () => cluster({ cni: { prefixDelegation: { warmPrefixTarget: 2, warmIpTarget: 8 } } }),
    error: { path: "prod-payments/vpc-cni", value: "warmIpTarget 8", fix: "remove one" },
  },
  "the VPC CNI as an add-on": {
    trap: "aws",
    wrong: () => cluster({ addons: { "vpc-cni": {} } }),
    error: { path: "prod-payments/addon-vpc-cni", value: "vpc-cni", fix: "use cni instead" },
  },
  "custom networking with a self-managed CNI": {
    trap: "aws",
    wrong: () =>
      cluster({
        cni: { management: "self-managed", customNetworking: true },
        access: { platform: { principalArn: role, policy: "cluster-admin" } },
      }),
    error: {
      path: "prod-payments/vpc-cni",
      value: "custom networking",
      fix: "remove cni.management",
    },
  },
  "custom networking in an IPv6 cluster": {
    trap: "aws",
    wrong: () =>
      cluster({ cni: { customNetworking: true } }, { ipFamily: "ipv6", nodeSubnetsExcluded: false }),
    error: { path: "prod-payments/vpc-cni", value: "IPv6", fix: "remove cni.customNetworking" },
  },
  "a Service CIDR that overlaps the plan": {
    trap: "aws",
    wrong: () => cluster({ serviceCidr: "10.100.0.0/16" }),
    error: { path: "prod-payments/cluster", value: "10.100.0.0/16", fix: "use a range outside the plan" },
  },
  "a Service CIDR with host bits": {
    trap: "aws",
    wrong: () => cluster({ serviceCidr: "172.20.1.0/16" }),
    error: { path: "prod-payments/cluster", value: "172.20.1.0/16", fix: "write 172.20.0.0/16" },
  },
  "an API open to the internet": {
    trap: "aws",
    wrong: () => cluster({ endpoint: { publicCidrs: ["0.0.0.0/0"] } }),
    error: { path: "prod-payments/cluster", value: "0.0.0.0/0", fix: "list the CIDRs of your offices" },
  },
  "an address instead of a CIDR for the API": {
    trap: "aws",
    wrong: () => cluster({ endpoint: { publicCidrs: ["198.51.100.7"] } }),
    error: { path: "prod-payments/cluster", value: "198.51.100.7", fix: "write 198.51.100.7/32" },
  },
  "access for a role session": {
    trap: "aws",
    wrong: () =>
      cluster({
        access: { ada: { principalArn: "arn:aws:sts::333333333333:assumed-role/ops/ada", policy: "view" } },
      }),
    error: {
      path: "prod-payments/cluster/access-ada",
      value: "arn:aws:sts::333333333333:assumed-role/ops/ada",
      fix: "use arn:aws:iam::<account>:role/<name>",
    },
  },
};
