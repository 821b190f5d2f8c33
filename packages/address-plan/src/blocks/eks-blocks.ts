import { VPC_CIDR } from "../cloud/vpc-cidr";
import { clusterKey, subnetKey } from "./block-key";
import { type EksCluster, nodeSubnets, podSubnets } from "./eks-subnets";
import { addToGroup } from "./group";
import { growthBlocks } from "./growth-blocks";
import { lockedOf, nextNumber } from "./locked-cluster";
import { leafBlock, type PlacedInPool, type RequiredBlock } from "./required-block";

/** Netmask length of a public subnet: NAT gateway, and load balancers that need 8 free addresses each. */
const PUBLIC_SUBNET = 26;
/** Netmask length of a control-plane subnet: EKS recommends 16 addresses and requires 6 free ones. */
const CONTROL_PLANE_SUBNET = 28;
/** A smaller growth CIDR has no room for a subnet with usable prefixes; a VPC rejects a larger one. */
const GROWTH_CIDR = { largest: VPC_CIDR.largest, smallest: 26 } as const;

/** CIDRs of a VPC are as large as the subnets in them. */
const VPC_CIDR_SIZE = { kind: "content", largest: VPC_CIDR.largest, smallest: VPC_CIDR.smallest } as const;

/**
 * The VPC of an EKS cluster with its public, control-plane and node subnets.
 *
 * The control-plane subnets stay in the zones that the cluster was created in, whatever zones are added or removed later:
 * EKS accepts only subnets in exactly these (EKS user guide: "View Amazon EKS networking requirements for VPC and subnets";
 * aws/containers-roadmap#2330). The nodes in a later zone reach the control plane through the other zones.
 *
 * @param pool key of the application pool of a new cluster
 */
export function eksVpc(cluster: EksCluster, pool: string): PlacedInPool {
  const { name, definition, locked } = cluster;
  const vpcPool = lockedOf(locked, "vpc")[0]?.pool ?? pool;
  const created = locked.filter(({ role }) => role === "control-plane");
  const controlPlaneZones = created.length === 0 ? definition.zones : created.map(({ zone }) => zone!);
  const key = clusterKey(vpcPool, name, "vpc");
  const children: RequiredBlock[] = [];
  if (definition.adopted === undefined) {
    for (const zone of definition.zones)
      children.push(ownSubnet(cluster, key, "public", zone, PUBLIC_SUBNET));
    for (const zone of controlPlaneZones)
      children.push(ownSubnet(cluster, key, "control-plane", zone, CONTROL_PLANE_SUBNET));
  } else {
    for (const subnet of adoptedSubnets(cluster)) children.push(subnet);
  }
  for (const subnet of nodeSubnets(cluster, vpcPool)) children.push(subnet);
  const block: RequiredBlock = {
    key,
    size: VPC_CIDR_SIZE,
    demand: `subnets of ${definition.zones.length} zones`,
    kind: "cluster",
    owner: name,
    inVpcOf: name,
    vpcCidr: definition.vpcCidr === "ipam-assigned" ? definition.vpcCidr : undefined,
    nextNumber: undefined,
    children,
  };
  return { pool: vpcPool, block };
}

/** The roles of subnets in a network from before the plan that nothing is added to. */
const ADOPTED_ROLES = ["public", "control-plane", "existing"];

/** What a network from before the plan has besides nodes and pods, as it is. */
function adoptedSubnets({ name, locked }: EksCluster): RequiredBlock[] {
  return locked
    .filter(({ role, zone }) => zone !== undefined && ADOPTED_ROLES.includes(role))
    .map(({ key, prefix }) => leafBlock(key, prefix.length, `/${prefix.length}`, "subnet", name));
}

/** The only subnet of a role in a zone. @param vpc key of the VPC */
function ownSubnet(
  { name, locked }: EksCluster,
  vpc: string,
  role: string,
  zone: string,
  length: number,
): RequiredBlock {
  const own = lockedOf(locked, role, zone)[0]?.prefix.length ?? length;
  return leafBlock(subnetKey(vpc, role, zone), own, `/${length}`, "subnet", name);
}

/**
 * The secondary CIDRs of an EKS cluster: pods, with a subnet per zone, and growth.
 *
 * @param pool key of the application pool of new blocks
 */
export function eksPodBlocks(cluster: EksCluster, pool: string): PlacedInPool[] {
  const { name, definition, locked } = cluster;
  const { subnets, addresses } = podSubnets(cluster, pool);
  const byPool = new Map<string, RequiredBlock[]>();
  for (const subnet of subnets)
    addToGroup(byPool, locked.find(({ key }) => key === subnet.key)?.pool ?? pool, subnet);
  const blocks: PlacedInPool[] = [];
  for (const [own, children] of byPool) {
    const block: RequiredBlock = {
      key: clusterKey(own, name, "pods"),
      size: VPC_CIDR_SIZE,
      demand: countsOf(children),
      kind: "pods",
      owner: name,
      inVpcOf: name,
      vpcCidr: undefined,
      nextNumber: nextNumber(locked, "pods", false),
      children,
    };
    blocks.push({ pool: own, block });
  }
  const { growthPercent } = definition;
  const growth = { name, pool, podAddresses: addresses, growthPercent, inVpcOf: name, ...GROWTH_CIDR };
  blocks.push(...growthBlocks(growth, locked));
  return blocks;
}

/** The subnets by their size: `3 × /20`. */
function countsOf(subnets: readonly RequiredBlock[]): string {
  const [first] = subnets;
  if (subnets.every(({ size }) => size === first!.size))
    return `${subnets.length} × /${(first!.size as { length: number }).length}`;
  const counts = new Map<number, number>();
  for (const { size } of subnets) {
    const { length } = size as { length: number };
    counts.set(length, (counts.get(length) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([length, count]) => `${count} × /${length}`)
    .join(" + ");
}
