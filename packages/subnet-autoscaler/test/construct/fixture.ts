import { BlueprintApp } from "@cluster-ipam/blueprint-core";
import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { type EksClusterContract, type EksNetworkContract } from "@cluster-ipam/eks-cni";
import { Testing, type TerraformStack } from "cdktf";
import { SubnetAutoscalerStack, type SubnetAutoscalerStackProps } from "../../src";

const ZONES = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
const inZones = (...cidrs: string[]) => cidrs.map((cidr, index) => ({ zone: ZONES[index]!, cidr }));

/** Key of the pool of the pod and growth CIDRs. */
export const POD_POOL = "aws/eu-central-1/prod/eks-pods";

/** A cluster from the address plan, with as much growth space as pod space. */
export const payments: EksClusterAddresses = {
  cloud: "aws",
  name: "prod-payments",
  key: "prod-payments",
  environment: "prod",
  region: "eu-central-1",
  zones: ZONES,
  demand: { nodes: 60, pods: 3000, podsPerNode: 110, growthPercent: 100 },
  capacity: { nodes: 60, pods: 3000, binding: limit(), limits: [limit()] },
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
  growth: [{ name: "growth", cidr: "100.64.64.0/18", pool: POD_POOL }],
  sharedGrowth: [],
};

function limit() {
  return { name: "pods per node", pods: 3000, formula: "60 nodes × 50 pods", fix: "ask for more nodes" };
}

/** The growth pool of the cluster's environment and Region. */
export const GROWTH_POOL = "aws/eu-central-1/prod/growth-pods";

/** CIDRs of that pool. */
export const sharedGrowth: EksClusterAddresses["sharedGrowth"] = [
  { name: "shared-growth-pods", cidr: "100.96.0.0/16", pool: GROWTH_POOL },
];

/** The contract of the cluster's stack. */
export const contract: EksClusterContract = {
  network: {
    addresses: payments,
    stack: "prod-payments-network",
    ipFamily: "ipv4",
    cniVersion: "v1.23.1-eksbuild.1",
    nodeSubnetsExcluded: true,
    accountId: "333333333333",
  },
  stack: "prod-payments",
  cni: { management: "managed", prefixDelegation: true, customNetworking: false },
  nodeShape: { enis: 4, addressesPerEni: 15 },
};

/** The contract with changes to the cluster's addresses or network. */
export const contractWith = (
  cluster: Partial<EksClusterAddresses>,
  network: Partial<EksNetworkContract> = {},
): EksClusterContract => ({
  ...contract,
  network: { ...contract.network, ...network, addresses: { ...payments, ...cluster } },
});

/** The autoscaler stack of the cluster. */
export function autoscaler(props: Partial<SubnetAutoscalerStackProps> = {}): SubnetAutoscalerStack {
  const app = new BlueprintApp({ backend: { type: "local" } });
  Testing.enableFutureFlags(app);
  return new SubnetAutoscalerStack(app, "prod-payments-autoscaler", { contract, ...props });
}

type Block = Record<string, unknown>;
/** A synthesized stack: blocks by type and id. */
export type Synthesized = Record<"resource" | "data", Record<string, Record<string, Block>>>;

/** Synthesizes a stack. */
export const synthesized = (stack: TerraformStack): Synthesized =>
  JSON.parse(Testing.synth(stack, true)) as Synthesized;

/** The synthesized resources of a type, by id without its hash. */
export function resources(stack: TerraformStack, type: string): Record<string, Block> {
  const found = Object.entries(synthesized(stack).resource[type] ?? {});
  return Object.fromEntries(found.map(([id, block]) => [id.replace(/_[0-9A-F]{8}$/, ""), block]));
}

/** The only synthesized resource of a type. */
export function only(stack: TerraformStack, type: string): Block {
  const all = Object.values(resources(stack, type));
  if (all.length !== 1) throw new Error(`${all.length} resources of type ${type}`);
  return all[0]!;
}
