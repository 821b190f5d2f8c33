import { AddressPlanError } from "../message/address-plan-error";
import { count } from "../capacity/capacity-of";
import { eksPodsPerNode, instanceOf } from "../demand/definition-check";
import {
  EKS_SURGE_PER_ZONE,
  NODE_SUBNET_HEADROOM,
  type PodSpace,
  podSpace,
  SUBNET_RESERVED_ADDRESSES,
} from "../capacity/pod-address-usage";
import { growthBlocks, type LockedGrowth } from "./growth-blocks";
import { instanceShape } from "../cloud/instance-types";
import { type AwsClusterDefinition } from "../demand/plan-definition";
import { type WantedBlock } from "./required-block";

/** Netmask length of a public subnet: NAT gateway and load balancers, each with 8 free addresses. */
const PUBLIC_SUBNET = 26;
/** Netmask length of a control-plane subnet: EKS recommends 16 addresses and needs 6 free ones. */
const CONTROL_PLANE_SUBNET = 28;
/** The largest CIDR a VPC or a subnet can have, and the smallest (VPC: "VPC CIDR blocks"). */
const VPC_CIDR = { largest: 16, smallest: 28 } as const;
/** A smaller growth CIDR could not hold one subnet with usable prefixes; a larger one no VPC takes. */
const GROWTH_CIDR = { name: "a secondary CIDR", largest: VPC_CIDR.largest, smallest: 26 } as const;

/** Keys of an EKS cluster's blocks. */
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

/** The VPC of an EKS cluster with its public, control-plane and node subnets. */
export function eksVpc(name: string, cluster: AwsClusterDefinition): WantedBlock {
  const keys = eksKeys(name, cluster);
  const nodes = Math.ceil(cluster.nodes / cluster.zones.length);
  const addresses = nodes + EKS_SURGE_PER_ZONE + SUBNET_RESERVED_ADDRESSES + NODE_SUBNET_HEADROOM;
  const nodeLength = 32 - Math.ceil(Math.log2(addresses));
  if (nodeLength < VPC_CIDR.largest)
    throw new AddressPlanError(
      `${name}/nodes`,
      `${count(nodes)} nodes a zone need a /${nodeLength} but a subnet is a /16 at most; add a zone or split the cluster`,
    );
  const subnet = (key: string, length: number, asked: string): WantedBlock => ({
    key,
    length,
    asked,
    kind: "subnet",
    owner: name,
    fix: "ask for fewer nodes or zones, or split the cluster",
    children: [],
  });
  const children = cluster.zones.flatMap((zone) => [
    subnet(keys.publicSubnet(zone), PUBLIC_SUBNET, `/${PUBLIC_SUBNET}`),
    subnet(keys.controlPlaneSubnet(zone), CONTROL_PLANE_SUBNET, `/${CONTROL_PLANE_SUBNET}`),
    subnet(
      keys.nodeSubnet(zone),
      nodeLength,
      `/${nodeLength}: ${count(nodes)} nodes + ${EKS_SURGE_PER_ZONE} surge`,
    ),
  ]);
  // Aligned blocks of powers of two always fit into the next power of two above their sum.
  const total = children.reduce((sum, child) => sum + 2 ** (32 - child.length), 0);
  const length = 32 - Math.ceil(Math.log2(total));
  if (length < VPC_CIDR.largest)
    throw new AddressPlanError(
      `${name}/nodes`,
      `${count(cluster.nodes)} nodes in ${cluster.zones.length} zones need a /${length} but the primary CIDR of a VPC is a /16 at most; split the cluster`,
    );
  const asked = `/${length}: subnets of ${cluster.zones.length} zones`;
  const fix = `use a larger environments.${cluster.environment}.aws.eks or split the cluster`;
  return { key: keys.vpc, length, asked, kind: "cluster", owner: name, fix, children };
}

/** The secondary CIDRs of an EKS cluster: pods, split over the zones, and growth. @param locked what stands of it */
export function eksPodBlocks(
  name: string,
  cluster: AwsClusterDefinition,
  locked: LockedGrowth,
): WantedBlock[] {
  const keys = eksKeys(name, cluster);
  const { zones } = cluster;
  const subnetLength = podSubnetLength(name, cluster);
  const length = subnetLength - Math.ceil(Math.log2(zones.length));
  if (length < VPC_CIDR.largest)
    throw new AddressPlanError(
      `${name}/pods`,
      `${count(cluster.pods)} pods in ${zones.length} zones need a /${length} but a secondary CIDR is a /16 at most; ask for fewer pods or nodes, or split the cluster`,
    );
  const nodes = Math.ceil(cluster.nodes / zones.length);
  const pods = Math.ceil(cluster.pods / zones.length);
  const fix = `use a larger environments.${cluster.environment}.aws.eksPods or split the cluster`;
  const block: WantedBlock = {
    key: keys.pods,
    length,
    kind: "pods",
    owner: name,
    fix,
    asked: `/${length}: ${zones.length} × /${subnetLength}`,
    children: zones.map((zone) => ({
      key: keys.podSubnet(zone),
      length: subnetLength,
      kind: "subnet",
      owner: name,
      children: [],
      asked: `/${subnetLength}: ${count(pods)} pods on ${count(nodes)} nodes + ${EKS_SURGE_PER_ZONE} surge`,
      fix: "ask for fewer pods or zones, or raise growthPercent and let the subnet autoscaler grow",
    })),
  };
  const { growthPercent } = cluster;
  const growth = { name, key: keys.growth, podsLength: length, growthPercent, block: GROWTH_CIDR, fix };
  return [block, ...growthBlocks(growth, locked)];
}

/** How the nodes of a cluster use up its pod subnets: prefix delegation with one warm prefix. */
function planSpace(name: string, cluster: AwsClusterDefinition): PodSpace {
  return podSpace({
    shape: instanceShape(instanceOf(cluster), `${name}/instanceType`),
    mode: "custom-networking-with-prefixes",
    podsPerNode: eksPodsPerNode(cluster),
    warm: {},
    sharesNodeSubnets: false,
    path: name,
  });
}

function podSubnetLength(name: string, cluster: AwsClusterDefinition): number {
  const space = planSpace(name, cluster);
  const zones = cluster.zones.length;
  const nodes = Math.ceil(cluster.nodes / zones) + EKS_SURGE_PER_ZONE;
  const needed = space.units(nodes, Math.ceil(cluster.pods / zones));
  for (let length: number = VPC_CIDR.smallest; length >= VPC_CIDR.largest; length--)
    if (space.usable(length) >= needed) return length;
  throw new AddressPlanError(
    `${name}/pods`,
    `pods need ${count(needed)} /28 prefixes a zone but the largest subnet, a /16, holds ${count(space.usable(16))}; add a zone or split the cluster`,
  );
}
