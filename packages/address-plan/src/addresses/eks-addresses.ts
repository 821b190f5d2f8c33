import { eksKeys } from "../blocks/eks-blocks";
import { eksCapacity } from "../capacity/eks-capacity";
import { type ZoneSubnet } from "../capacity/zone-subnet";
import { eksPodsPerNode, instanceOf } from "../demand/eks-node";
import { type AwsClusterDefinition } from "../demand/plan-definition";
import { type BlockLookup } from "./block-lookup";
import { type EksClusterAddresses } from "./cluster-addresses";

/** The addresses of an EKS cluster. */
export function eksAddresses(
  name: string,
  cluster: AwsClusterDefinition,
  { prefixOf, growth, privateRanges }: BlockLookup,
): EksClusterAddresses {
  const { environment, region, nodes, pods, growthPercent, instanceType } = cluster;
  const keys = eksKeys(name, cluster);
  const zones = [...cluster.zones].sort();
  const subnets = (keyOf: (zone: string) => string): ZoneSubnet[] =>
    zones.map((zone) => ({ zone, cidr: prefixOf(keyOf(zone)).toString() }));
  const demand = { nodes, pods, podsPerNode: eksPodsPerNode(cluster), growthPercent };
  const nodeSubnets = subnets(keys.nodeSubnet);
  const podSubnets = subnets(keys.podSubnet);
  const capacity = eksCapacity({ name, demand, instance: instanceOf(cluster), nodeSubnets, podSubnets });
  return {
    cloud: "aws",
    name,
    key: name,
    environment,
    region,
    zones,
    instanceType,
    demand,
    capacity,
    privateRanges,
    vpc: prefixOf(keys.vpc).toString(),
    pool: keys.pool,
    vpcCidr: "planned",
    vpcCidrQuota: 5,
    nodeCidrs: [],
    publicSubnets: subnets(keys.publicSubnet),
    controlPlaneSubnets: subnets(keys.controlPlaneSubnet),
    nodes: [{ name: "nodes", subnets: nodeSubnets }],
    podCidrs: [{ name: "pods", cidr: prefixOf(keys.pods).toString(), pool: keys.podPool }],
    pods: [{ name: "pods", subnets: podSubnets }],
    growth: growth.map((block) => ({ ...block, pool: keys.podPool })),
  };
}
