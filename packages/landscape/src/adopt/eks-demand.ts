import {
  EKS_SURGE_PER_ZONE,
  eksCapacity,
  INSTANCE_TYPES,
  nodesInSubnet,
  type ZoneSubnet,
} from "@cluster-ipam/address-plan";
import {
  type AwsClusterDefinition,
  eksPodsPerNode,
  instancesOf,
  podSubnetProblem,
} from "@cluster-ipam/address-plan/adoption";

/** The instance type that the plan assumes if nothing tells it. */
export const ASSUMED_INSTANCE_TYPE = "m7i.large";

/** The subnets of an existing cluster. */
export interface ExistingSubnets {
  readonly zones: readonly string[];
  readonly nodes: readonly ZoneSubnet[];
  readonly pods: readonly ZoneSubnet[];
}

type Place = Pick<AwsClusterDefinition, "environment" | "region">;

/**
 * The demand that an existing network holds: with it, the plan adds nothing. More nodes or pods make the plan add subnets.
 *
 * @param most most nodes that the node groups scale to @default what the subnets hold
 * @param instanceType of the nodes @default m7i.large
 */
export function eksDemand(
  place: Place,
  subnets: ExistingSubnets,
  most: number | undefined,
  instanceType: string | undefined,
): AwsClusterDefinition {
  const zones = [...subnets.zones];
  const type = isKnown(instanceType) ? instanceType : ASSUMED_INSTANCE_TYPE;
  const base = {
    ...({ cloud: "aws", vpcCidr: "planned" } as const),
    ...{ ...place, zones, instanceType: [type], growthPercent: 0, vpcCidrQuota: 5 },
    ...{ provisioner: "node-groups" as const, reservedEnis: 0, fargatePods: 0 },
  };
  const room = Math.max(
    1,
    Math.min(...zones.map((zone) => nodesIn(subnets.nodes, zone) - EKS_SURGE_PER_ZONE)),
  );
  const wanted = Math.max(1, Math.min(room, most === undefined ? room : Math.ceil(most / zones.length)));
  for (let perZone = wanted; ; perZone = Math.max(1, Math.floor(perZone * 0.8))) {
    const nodes = perZone * zones.length;
    const held: AwsClusterDefinition = { ...base, nodes, pods: 1, adopted: { podsInNodeSubnets: 0 } };
    const perNode = eksPodsPerNode(held);
    const inNodeSubnets = podsInNodeSubnets(subnets, nodes, perNode);
    const inPodSubnets = subnets.pods.length === 0 ? 0 : podsInPodSubnets(held, subnets, perNode);
    const pods = Math.min(nodes * perNode, inNodeSubnets + inPodSubnets);
    if (pods >= nodes || perZone === 1)
      return {
        ...held,
        pods: Math.max(1, pods),
        adopted: { podsInNodeSubnets: Math.max(inNodeSubnets, pods < 1 ? 1 : 0) },
      };
  }
}

function isKnown(type: string | undefined): type is string {
  return type !== undefined && INSTANCE_TYPES.has(type) && podSubnetProblem(type) === undefined;
}

function nodesIn(subnets: readonly ZoneSubnet[], zone: string): number {
  return subnets
    .filter((subnet) => subnet.zone === zone)
    .reduce((sum, { cidr }) => sum + nodesInSubnet(cidr), 0);
}

/** Pods have the node subnets' addresses where a zone has no pod subnets. */
function podsInNodeSubnets(
  { zones, nodes: subnets, pods }: ExistingSubnets,
  nodes: number,
  perNode: number,
): number {
  const covered = new Set(pods.map(({ zone }) => zone));
  return zones
    .filter((zone) => !covered.has(zone))
    .map((zone) => Math.min((nodes / zones.length) * perNode, nodesIn(subnets, zone) - nodes / zones.length))
    .reduce((sum, count) => sum + Math.max(0, Math.floor(count)), 0);
}

/** The pods that the pod subnets hold with prefix delegation, spread evenly over the zones. */
function podsInPodSubnets(
  cluster: AwsClusterDefinition,
  { nodes, pods }: ExistingSubnets,
  podsPerNode: number,
): number {
  const covered = new Set(pods.map(({ zone }) => zone));
  const share = covered.size / cluster.zones.length;
  const demand = {
    nodes: Math.max(1, Math.round(cluster.nodes * share)),
    pods: 1,
    podsPerNode,
    growthPercent: 0,
  };
  const inCovered = nodes.filter(({ zone }) => covered.has(zone));
  const { limits } = eksCapacity({
    ...{ name: "adopted", demand, instances: instancesOf(cluster) },
    ...{ nodeSubnets: inCovered, podSubnets: pods },
  });
  const least = Math.min(
    ...limits
      .filter(({ name }) => name.startsWith("pod "))
      .filter(({ name }) => name.includes(" in "))
      .map((limit) => limit.pods),
  );
  return Number.isFinite(least) ? least : 0;
}
