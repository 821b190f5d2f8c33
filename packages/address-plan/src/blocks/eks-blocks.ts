import {
  EKS_SURGE_PER_ZONE,
  NODE_SUBNET_HEADROOM,
  type PodAddressUsage,
  podAddressUsage,
} from "../capacity/pod-address-usage";
import { instanceShape } from "../cloud/instance-types";
import { SUBNET_RESERVED_ADDRESSES, VPC_CIDR } from "../cloud/vpc-cidr";
import { eksPodsPerNode, instanceOf } from "../demand/eks-node";
import { type AwsClusterDefinition } from "../demand/plan-definition";
import { AddressPlanError } from "../message/address-plan-error";
import { formatCount } from "../message/format-count";
import { growthBlocks, type LockedGrowth } from "./growth-blocks";
import { type RequiredBlock } from "./required-block";

/** Netmask length of a public subnet: NAT gateway, and load balancers that need 8 free addresses each. */
const PUBLIC_SUBNET = 26;
/** Netmask length of a control-plane subnet: EKS recommends 16 addresses and requires 6 free ones. */
const CONTROL_PLANE_SUBNET = 28;
/** A smaller growth CIDR has no room for a subnet with usable prefixes; a VPC rejects a larger one. */
const GROWTH_CIDR = { name: "secondary CIDR", largest: VPC_CIDR.largest, smallest: 26 } as const;

/** The keys of an EKS cluster's blocks and pools. */
export function eksKeys(name: string, cluster: { environment: string; region: string }) {
  const environment = `aws/${cluster.region}/${cluster.environment}`;
  const vpc = `${environment}/eks/${name}`;
  const pods = `${environment}/eks-pods/${name}`;
  return {
    pool: `${environment}/eks`,
    podPool: `${environment}/eks-pods`,
    vpc,
    publicSubnet: (zone: string) => `${vpc}/public/${zone}`,
    controlPlaneSubnet: (zone: string) => `${vpc}/control-plane/${zone}`,
    nodeSubnet: (zone: string) => `${vpc}/nodes/${zone}`,
    pods: `${pods}/pods`,
    podSubnet: (zone: string) => `${pods}/pods/${zone}`,
    growth: `${pods}/growth`,
  };
}

/**
 * The VPC of an EKS cluster with its public, control-plane and node subnets.
 *
 * @throws AddressPlanError if the nodes do not fit into a /16
 */
export function eksVpc(name: string, cluster: AwsClusterDefinition): RequiredBlock {
  const keys = eksKeys(name, cluster);
  const nodes = Math.ceil(cluster.nodes / cluster.zones.length);
  const addresses = nodes + EKS_SURGE_PER_ZONE + SUBNET_RESERVED_ADDRESSES + NODE_SUBNET_HEADROOM;
  const nodeLength = 32 - Math.ceil(Math.log2(addresses));
  if (nodeLength < VPC_CIDR.largest)
    throw new AddressPlanError(
      `${name}/nodes`,
      `${formatCount(nodes)} nodes per zone need a /${nodeLength}, but the largest subnet is a /16; add a zone or split the cluster`,
    );
  const subnet = (key: string, length: number, demand: string): RequiredBlock => ({
    key,
    length,
    demand,
    kind: "subnet",
    owner: name,
    fix: "use fewer nodes or zones, or split the cluster",
    children: [],
  });
  const children = cluster.zones.flatMap((zone) => [
    subnet(keys.publicSubnet(zone), PUBLIC_SUBNET, `/${PUBLIC_SUBNET}`),
    subnet(keys.controlPlaneSubnet(zone), CONTROL_PLANE_SUBNET, `/${CONTROL_PLANE_SUBNET}`),
    subnet(
      keys.nodeSubnet(zone),
      nodeLength,
      `/${nodeLength}: ${formatCount(nodes)} nodes + ${EKS_SURGE_PER_ZONE} surge`,
    ),
  ]);
  // Aligned blocks of powers of two always fit into the next power of two above their sum.
  const total = children.reduce((sum, child) => sum + 2 ** (32 - child.length), 0);
  const length = 32 - Math.ceil(Math.log2(total));
  if (length < VPC_CIDR.largest)
    throw new AddressPlanError(
      `${name}/nodes`,
      `${formatCount(cluster.nodes)} nodes in ${cluster.zones.length} zones need a /${length}, but the largest primary CIDR of a VPC is a /16; split the cluster`,
    );
  const demand = `/${length}: subnets of ${cluster.zones.length} zones`;
  const fix = `use a larger environments.${cluster.environment}.aws.eks or split the cluster`;
  return { key: keys.vpc, length, demand, kind: "cluster", owner: name, fix, children };
}

/**
 * The secondary CIDRs of an EKS cluster: pods, with a subnet per zone, and growth.
 *
 * @param locked existing growth blocks
 * @throws AddressPlanError if pods or growth do not fit into a /16
 */
export function eksPodBlocks(
  name: string,
  cluster: AwsClusterDefinition,
  locked: LockedGrowth,
): RequiredBlock[] {
  const keys = eksKeys(name, cluster);
  const { zones } = cluster;
  const subnetLength = podSubnetLength(name, cluster);
  const length = subnetLength - Math.ceil(Math.log2(zones.length));
  if (length < VPC_CIDR.largest)
    throw new AddressPlanError(
      `${name}/pods`,
      `${formatCount(cluster.pods)} pods in ${zones.length} zones need a /${length}, but the largest secondary CIDR is a /16; use fewer pods or nodes, or split the cluster`,
    );
  const nodes = Math.ceil(cluster.nodes / zones.length);
  const pods = Math.ceil(cluster.pods / zones.length);
  const fix = `use a larger environments.${cluster.environment}.aws.eksPods or split the cluster`;
  const block: RequiredBlock = {
    key: keys.pods,
    length,
    kind: "pods",
    owner: name,
    fix,
    demand: `/${length}: ${zones.length} × /${subnetLength}`,
    children: zones.map((zone) => ({
      key: keys.podSubnet(zone),
      length: subnetLength,
      kind: "subnet",
      owner: name,
      children: [],
      demand: `/${subnetLength}: ${formatCount(pods)} pods on ${formatCount(nodes)} nodes + ${EKS_SURGE_PER_ZONE} surge`,
      fix: "use fewer pods or zones, or raise growthPercent and let the subnet autoscaler grow",
    })),
  };
  const { growthPercent } = cluster;
  const growth = { name, key: keys.growth, podsLength: length, growthPercent, block: GROWTH_CIDR, fix };
  return [block, ...growthBlocks(growth, locked)];
}

/** The address usage that the plan assumes: prefix delegation with one warm prefix. */
function plannedUsage(name: string, cluster: AwsClusterDefinition): PodAddressUsage {
  return podAddressUsage({
    shape: instanceShape(instanceOf(cluster), `${name}/instanceType`),
    mode: "custom-networking-with-prefixes",
    podsPerNode: eksPodsPerNode(cluster),
    warm: {},
    sharesNodeSubnets: false,
    path: name,
  });
}

function podSubnetLength(name: string, cluster: AwsClusterDefinition): number {
  const usage = plannedUsage(name, cluster);
  const zones = cluster.zones.length;
  const nodes = Math.ceil(cluster.nodes / zones) + EKS_SURGE_PER_ZONE;
  const needed = usage.units(nodes, Math.ceil(cluster.pods / zones));
  for (let length: number = VPC_CIDR.smallest; length >= VPC_CIDR.largest; length--)
    if (usage.usable(length) >= needed) return length;
  throw new AddressPlanError(
    `${name}/pods`,
    `pods need ${formatCount(needed)} /28 prefixes per zone, but the largest subnet, a /16, has ${formatCount(usage.usable(16))}; add a zone or split the cluster`,
  );
}
