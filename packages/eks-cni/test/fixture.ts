import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { BlueprintApp } from "@cluster-ipam/blueprint-core";
import { Testing, type TerraformStack } from "cdktf";
import {
  type EksClusterStackProps,
  type EksNetworkContract,
  EksNetworkStack,
  type EksNetworkStackProps,
  type NodeGroupOptions,
} from "../src";

const ZONES = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
const inZones = (...cidrs: string[]) => cidrs.map((cidr, index) => ({ zone: ZONES[index]!, cidr }));

/** Key of the pool of the pod and growth CIDRs. */
export const POD_POOL = "aws/eu-central-1/prod/eks-pods";

/** A growth pool that the cluster shares with others of its environment and Region. */
export const sharedGrowth: EksClusterAddresses["sharedGrowth"][number] = {
  ...{ name: "shared-growth-pods", cidr: "100.96.0.0/16", pool: "aws/eu-central-1/prod/growth-pods" },
};

/** A cluster as the address plan lays it out: 60 nodes and 3,000 pods in three zones. */
export const payments: EksClusterAddresses = {
  cloud: "aws",
  name: "prod-payments",
  key: "prod-payments",
  environment: "prod",
  region: "eu-central-1",
  zones: ZONES,
  demand: { nodes: 60, pods: 3000, podsPerNode: 110, growthPercent: 50 },
  capacity: limited(60, 3000),
  privateRanges: ["10.0.0.0/8", "100.64.0.0/10"],
  instanceTypes: ["m7i.2xlarge"],
  reservedEnis: 0,
  provisioner: "node-groups",
  vpc: "10.10.0.0/20",
  pool: "aws/eu-central-1/prod/eks",
  vpcCidr: "planned",
  vpcCidrQuota: 5,
  nodeCidrs: [],
  publicSubnets: inZones("10.10.0.0/26", "10.10.0.64/26", "10.10.0.128/26"),
  controlPlaneSubnets: inZones("10.10.1.0/27", "10.10.1.32/27", "10.10.1.64/27"),
  nodes: [{ name: "nodes", subnets: inZones("10.10.4.0/24", "10.10.5.0/24", "10.10.6.0/24") }],
  podCidrs: [{ name: "pods", cidr: "100.64.0.0/18", pool: POD_POOL }],
  pods: [{ name: "pods", subnets: inZones("100.64.0.0/20", "100.64.16.0/20", "100.64.32.0/20") }],
  growth: [{ name: "growth", cidr: "100.64.64.0/19", pool: POD_POOL }],
  sharedGrowth: [],
};

const inZonesAAndC = <T extends { zone: string }>(list: readonly T[]) =>
  list.filter(({ zone }) => !zone.endsWith("b"));
const zoneB = payments.publicSubnets.filter(({ zone }) => zone.endsWith("b"));

/** The same cluster, created in zones a and c. */
export const twoZones: EksClusterAddresses = {
  ...payments,
  zones: ["eu-central-1a", "eu-central-1c"],
  publicSubnets: inZonesAAndC(payments.publicSubnets),
  controlPlaneSubnets: inZonesAAndC(payments.controlPlaneSubnets),
  nodes: payments.nodes.map(({ name, subnets }) => ({ name, subnets: inZonesAAndC(subnets) })),
  pods: payments.pods.map(({ name, subnets }) => ({ name, subnets: inZonesAAndC(subnets) })),
};

/** That cluster a year later: zone b was added, and more nodes in a second VPC CIDR. Nothing has moved. */
export const grown: EksClusterAddresses = {
  ...twoZones,
  zones: [...twoZones.zones, "eu-central-1b"],
  nodeCidrs: [{ name: "vpc-2", cidr: "10.10.64.0/22", pool: payments.pool }],
  publicSubnets: [...twoZones.publicSubnets, ...zoneB],
  nodes: [...twoZones.nodes, { name: "nodes-2", subnets: inZones("10.10.64.0/24", "10.10.65.0/24") }],
  podCidrs: [...twoZones.podCidrs, { name: "pods-2", cidr: "100.72.0.0/18", pool: `${POD_POOL}-shared` }],
  pods: [...twoZones.pods, { name: "pods-2", subnets: [{ zone: "eu-central-1b", cidr: "100.72.0.0/20" }] }],
};

function limited(nodes: number, pods: number): EksClusterAddresses["capacity"] {
  const limit = {
    name: "pods per node",
    pods,
    formula: `${nodes} nodes × 50 pods`,
    fix: "ask for more nodes",
  };
  return { nodes, pods, binding: limit, limits: [limit] };
}

/** The contract of the fixture's network. */
export const contract: EksNetworkContract = {
  addresses: payments,
  stack: "prod-payments-network",
  ipFamily: "ipv4",
  cniVersion: "v1.23.1-eksbuild.1",
  nodeSubnetsExcluded: true,
};

/** The required props of a cluster's stack, and an access entry. */
export const clusterProps: EksClusterStackProps & { nodeGroups: readonly NodeGroupOptions[] } = {
  network: contract,
  version: "1.33",
  access: { platform: { principalArn: "arn:aws:iam::111122223333:role/platform", policy: "cluster-admin" } },
  nodeGroups: [{ name: "general", instanceType: "m7i.2xlarge", size: { min: 3, desired: 6, max: 60 } }],
};

export function newApp(): BlueprintApp {
  const app = new BlueprintApp({ backend: { type: "local" } });
  Testing.enableFutureFlags(app);
  return app;
}

export function networkStack(props: Partial<EksNetworkStackProps> = {}): EksNetworkStack {
  return new EksNetworkStack(newApp(), "prod-payments-network", {
    addresses: payments,
    natGateways: "per-zone",
    ...props,
  });
}

type Block = Record<string, unknown>;

/** The synthesized resources or data sources of one type, by the end of their id. */
export function blocks(
  stack: TerraformStack,
  kind: "resource" | "data",
  type: string,
): Record<string, Block> {
  const json = JSON.parse(Testing.synth(stack, true)) as Record<
    string,
    Record<string, Record<string, Block>>
  >;
  return json[kind]?.[type] ?? {};
}

/** All synthesized resources of one type. */
export const resources = (stack: TerraformStack, type: string): Block[] =>
  Object.values(blocks(stack, "resource", type));

/** The only synthesized resource of a type. */
export function only(stack: TerraformStack, type: string): Block {
  const all = resources(stack, type);
  if (all.length !== 1) throw new Error(`${all.length} resources of type ${type}`);
  return all[0]!;
}
