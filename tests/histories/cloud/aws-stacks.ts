import {
  type AddressPlan,
  type EksClusterAddresses,
  type IpamPoolPlan,
  Prefix,
  vpcSizedBlocks,
} from "@cluster-ipam/address-plan";
import { type PlannedSubnet, plannedSubnets } from "../../../packages/eks-cni/src/subnets/planned-subnets";
import { customAllocations } from "../../../packages/ipam/src/aws/reservation";
import { reservedPool } from "../../../packages/ipam/src/aws/reserved-pool";
import { type AwsResources } from "./aws-resources";
import { type ComposedResource, type Stack } from "./stack";

/** The IPAM with its pools, as the network app composes it. */
export function addressSpace(plan: AddressPlan, aws: AwsResources, stack: Stack): ComposedResource[] {
  const pools = plan.awsPools();
  const regions = [...new Set(pools.flatMap(({ locale }) => locale ?? []))].sort();
  const all = pools.flatMap((pool) => [pool, ...(reservedPool(pool) ? [reservedPool(pool)!] : [])]);
  return [
    { address: "aws_vpc_ipam.ipam", api: aws.ipam, attributes: () => ({ regions }) },
    ...all.flatMap((pool) => poolResources(pool, aws, stack)),
  ];
}

function poolResources(pool: IpamPoolPlan, aws: AwsResources, stack: Stack): ComposedResource[] {
  const idOf = (key: string) => stack.attributesOf(`aws_vpc_ipam_pool.${key}`)["id"];
  const { key, parent, cidrs, locale, rules, environment } = pool;
  const reservations =
    locale === undefined
      ? []
      : customAllocations(
          pool.reservations.map(({ cidr, owner }) => ({ cidr: Prefix.parse(cidr), owner })),
          rules,
        );
  return [
    {
      address: `aws_vpc_ipam_pool.${key}`,
      api: aws.pool,
      attributes: () => ({
        key,
        tags: { "cluster-ipam/pool": key },
        scope: stack.attributesOf("aws_vpc_ipam.ipam")["scope"],
        ...(parent !== undefined && { source: idOf(parent) }),
        ...(locale !== undefined && { locale }),
        ...(rules !== undefined && { rules, environment }),
      }),
    },
    ...cidrs.map((cidr): ComposedResource => ({
      address: `aws_vpc_ipam_pool_cidr.${key} ${cidr}`,
      api: aws.poolCidr,
      attributes: () => ({ key, pool: idOf(key), ipam_pool_id: idOf(key), cidr }),
    })),
    ...reservations.map(({ cidr }): ComposedResource => ({
      address: `aws_vpc_ipam_pool_cidr_allocation.${key} ${cidr}`,
      api: aws.allocation,
      attributes: () => ({ pool: idOf(key), cidr: cidr.toString(), region: locale }),
    })),
  ];
}

/** The ids of the IPAM pools of a network. */
interface PoolIds {
  poolId(key: string): unknown;
  /** Undefined for a VPC that was created without IPAM. */
  vpcPoolId(key: string): unknown;
}

/** The network of an EKS cluster. */
export function eksNetwork(
  addresses: EksClusterAddresses,
  aws: AwsResources,
  stack: Stack,
  { poolId, vpcPoolId }: PoolIds,
): ComposedResource[] {
  const { region, environment, vpc, pool, vpcCidr } = addresses;
  const vpcId = () => stack.attributesOf("aws_vpc.vpc")["id"];
  const further = [...addresses.nodeCidrs, ...addresses.podCidrs, ...addresses.growth];
  return [
    {
      address: "aws_vpc.vpc",
      api: aws.vpc,
      attributes: () => ({
        ...(vpcCidr === "planned" ? { cidr_block: vpc } : { ipv4_netmask_length: Prefix.parse(vpc).length }),
        pool: vpcPoolId(pool),
        region,
        environment,
      }),
    },
    ...further.flatMap(({ name, cidr, pool: key }) =>
      vpcSizedBlocks(cidr).map((block, index): ComposedResource => ({
        address: `aws_vpc_ipv4_cidr_block_association.${name}-${index}`,
        api: aws.vpcCidr,
        attributes: () => ({ vpc: vpcId(), cidr_block: block, pool: poolId(key), region }),
      })),
    ),
    ...plannedSubnets(addresses, "ipv4").map((subnet): ComposedResource => ({
      address: addressOf(subnet),
      api: aws.subnet,
      attributes: () => ({ vpc: vpcId(), cidr_block: subnet.cidr, zone: subnet.zone, region }),
    })),
  ];
}

/** An EKS cluster with a node group in each set of node subnets that is in use. */
export function eksCluster(
  addresses: EksClusterAddresses,
  aws: AwsResources,
  network: Stack,
): ComposedResource[] {
  const { name, region } = addresses;
  const planned = plannedSubnets(addresses, "ipv4");
  const ids = (subnets: readonly PlannedSubnet[]) =>
    subnets.map((subnet) => network.attributesOf(addressOf(subnet))["id"]);
  return [
    {
      address: "aws_eks_cluster.cluster",
      api: aws.cluster,
      attributes: () => ({
        name,
        region,
        subnet_ids: ids(planned.filter(({ role }) => role === "control-plane")),
      }),
    },
    ...addresses.nodes.flatMap((set): ComposedResource[] => {
      const number = Number(/-(\d+)$/.exec(set.name)?.[1] ?? 1);
      const subnets = planned.filter(
        (subnet) => subnet.role === "node" && subnet.set === number && subnet.state === undefined,
      );
      if (subnets.length === 0) return [];
      // A group keeps its subnets, so another one takes over when a zone drains.
      const group = `${set.name}-${subnets.map(({ zone }) => zone.at(-1)).join("")}`;
      return [
        {
          address: `aws_eks_node_group.${group}`,
          api: aws.nodeGroup,
          attributes: () => ({ cluster: name, name: group, region, subnet_ids: ids(subnets) }),
        },
      ];
    }),
  ];
}

function addressOf({ id }: PlannedSubnet): string {
  return `aws_subnet.${id}`;
}
