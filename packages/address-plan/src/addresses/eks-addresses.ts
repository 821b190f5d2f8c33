import { eksCapacity } from "../capacity/eks-capacity";
import { type ZoneSubnet } from "../capacity/zone-subnet";
import { type Demand } from "../demand/cluster-demand";
import { churnPercent, eksPodsPerNode, instancesOf, instanceTypesOf } from "../demand/eks-node";
import { type AwsClusterDefinition } from "../demand/plan-definition";
import { type EksClusterAddresses, type SubnetSet, type VpcCidr } from "./cluster-addresses";
import { type ClusterBlock, namedBlock, rangesOf, subnetSets } from "./cluster-blocks";
import { type ClusterContext } from "./cluster-context";

/** The addresses of an EKS cluster. @param key its name in the plan */
export function eksAddresses(
  key: string,
  cluster: AwsClusterDefinition,
  { name, blocks, privateRanges, sharedGrowth }: ClusterContext,
): EksClusterAddresses {
  const { environment, region, nodes, pods, growthPercent, fargatePods } = cluster;
  const zones = zonesInOrder(cluster, blocks);
  const order = (zone: string) => (zones.includes(zone) ? zones.indexOf(zone) : zones.length);
  const sets = (role: string) => subnetSets(blocks, role, order);
  const cidrs = (role: string): VpcCidr[] =>
    rangesOf(blocks, role)
      .filter(({ block }) => block.state !== "retired")
      .map((range) => ({ ...namedBlock(range), pool: range.pool }));
  const podsPerNode = eksPodsPerNode(cluster);
  const churn = churnPercent(cluster);
  const demand: Demand = {
    ...{ nodes, pods, podsPerNode, growthPercent },
    ...(churn > 0 && { churnPercent: churn }),
    ...(fargatePods > 0 && { fargatePods }),
  };
  const [vpc, ...nodeCidrs] = cidrs("vpc").map((range) =>
    cluster.vpcCidr === "planned" ? range : { ...range, pool: `${range.pool}/${name}` },
  ) as [VpcCidr, ...VpcCidr[]];
  const [nodeSets, podSets] = [sets("nodes"), sets("pods")];
  const capacity = eksCapacity({
    name: key,
    demand,
    instances: instancesOf(cluster),
    nodeSubnets: inUse(nodeSets),
    ...podSubnets(cluster, inUse(nodeSets), inUse(podSets)),
    quotas: { cidrs: cluster.vpcCidrQuota },
  });
  return {
    cloud: "aws",
    name,
    key,
    environment,
    region,
    zones,
    instanceTypes: instanceTypesOf(cluster),
    reservedEnis: cluster.reservedEnis,
    provisioner: cluster.provisioner,
    demand,
    capacity,
    privateRanges,
    vpc: vpc.cidr,
    pool: vpc.pool,
    vpcCidr: cluster.vpcCidr,
    vpcCidrQuota: cluster.vpcCidrQuota,
    nodeCidrs,
    publicSubnets: sets("public").flatMap(({ subnets }) => subnets),
    controlPlaneSubnets: sets("control-plane").flatMap(({ subnets }) => subnets),
    nodes: nodeSets,
    podCidrs: cidrs("pods"),
    pods: podSets,
    growth: cidrs("growth"),
    sharedGrowth,
  };
}

/** Pods are in the node subnets of the zones of an adopted network that have no pod subnets. */
function podSubnets(
  { adopted }: AwsClusterDefinition,
  nodes: readonly ZoneSubnet[],
  pods: readonly ZoneSubnet[],
): { readonly podSubnets?: readonly ZoneSubnet[] } {
  if (adopted === undefined) return { podSubnets: pods };
  if (pods.length === 0) return {};
  const covered = new Set(pods.map(({ zone }) => zone));
  return { podSubnets: [...pods, ...nodes.filter(({ zone }) => !covered.has(zone))] };
}

function inUse(sets: readonly SubnetSet[]) {
  return sets.flatMap(({ subnets }) => subnets).filter(({ state }) => state === undefined);
}

/** The zones that the cluster was created in, which have control-plane subnets, then later ones by their first set. */
function zonesInOrder({ zones }: AwsClusterDefinition, blocks: readonly ClusterBlock[]): string[] {
  const joined = (zone: string): number => {
    const own = blocks.filter((block) => block.zone === zone);
    if (own.some(({ role }) => role === "control-plane")) return 0;
    return Math.min(...own.filter(({ role }) => role === "nodes").map(({ number }) => number));
  };
  return [...zones].sort((a, b) => joined(a) - joined(b) || (a < b ? -1 : 1));
}
