import { vpcCidrConflict } from "@cluster-ipam/address-plan";
import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { ValidationError, warn } from "@cluster-ipam/blueprint-core";
import { type EksClusterContract, type EksNetworkContract } from "@cluster-ipam/eks-cni";
import { type Construct } from "constructs";
import { type GrowthSpace, isEmptySpace, plannedSpace, type SharedGrowth } from "../plan/growth-space";

/** Input of {@link growthSpace}. */
export interface GrowthSpaceProps {
  readonly contract: EksClusterContract;
  /** Whether the cluster draws on the environment's growth pool. False: what it drew is emptied. @default true */
  readonly sharedGrowth?: boolean;
  /** Id of the planning pool of the growth subnets. @default none */
  readonly planningPoolId?: string;
}

/**
 * The growth space of a cluster. Warns of a VPC that has no CIDR left for the shared pool: the cluster grows in its own space
 * all the same, and the function says when it needs more.
 *
 * @throws ValidationError for a cluster that more subnets do not help, and for a pool that its VPC cannot draw from
 */
export function growthSpace(scope: Construct, props: GrowthSpaceProps): GrowthSpace {
  const { network, cni } = props.contract;
  const { addresses, ipFamily } = network;
  if (ipFamily === "ipv6") {
    throw new ValidationError(
      scope,
      `${addresses.name} is an IPv6 cluster, whose pods never run out of addresses; remove the autoscaler`,
    );
  }
  if (cni.customNetworking) {
    throw new ValidationError(
      scope,
      `${addresses.name} uses custom networking, whose ENIConfigs name one pod subnet a zone, so a new one would stay empty; remove cni.customNetworking, or the autoscaler and raise pods in addresses.yaml, then set cni.customNetworking to { podSubnets: "pods-${addresses.pods.length + 1}" }`,
    );
  }
  if (!cni.prefixDelegation) {
    throw new ValidationError(
      scope,
      `${addresses.name} does not use prefix delegation, and the autoscaler scales on free /28 prefixes; remove cni.prefixDelegation: false`,
    );
  }
  const space = plannedSpace({
    addresses,
    attachCidrs: network.attachCidrs,
    sharedGrowth: props.sharedGrowth,
  });
  if (isEmptySpace(space)) {
    throw new ValidationError(
      scope,
      `${addresses.name} has growthPercent 0 in the address plan, and ${addresses.environment} no eksGrowth, so it has no growth space; set one of them and run npm run addresses`,
    );
  }
  if (space.shared !== undefined && space.shared.inUse.length > 0) {
    checkShared(scope, props, space.shared);
    checkQuota(scope, props.contract.network, space);
  }
  return space;
}

/** Whether the VPC accepts the pool's CIDRs, and subnets can be created in them. @throws ValidationError */
function checkShared(
  scope: Construct,
  { contract, planningPoolId }: GrowthSpaceProps,
  { pool, inUse }: SharedGrowth,
): void {
  const { name, vpc } = contract.network.addresses;
  for (const cidr of inUse) {
    const conflict = vpcCidrConflict(Prefix.parse(vpc), cidr);
    if (conflict === undefined) continue;
    throw new ValidationError(
      scope,
      `the VPC ${vpc} of ${name} cannot draw from ${cidr} of ${pool}: ${conflict}; set sharedGrowth: false, and growthPercent in addresses.yaml`,
    );
  }
  if (planningPoolId !== undefined) {
    throw new ValidationError(
      scope,
      `planningPoolId ${planningPoolId} allocates subnets in one CIDR of the VPC, and none in those that it draws from ${pool}; remove it, or set sharedGrowth: false`,
    );
  }
}

/** Whether the VPC has room for a CIDR of the shared pool. @throws ValidationError when the cluster has no growth of its own */
function checkQuota(
  scope: Construct,
  { addresses, attachCidrs = [] }: EksNetworkContract,
  { inUse, shared }: GrowthSpace,
): void {
  const { name, key, vpcCidrQuota, nodeCidrs, podCidrs, growth } = addresses;
  const count = 1 + nodeCidrs.length + podCidrs.length + growth.length + attachCidrs.length;
  if (count < vpcCidrQuota) return;
  const problem = `the VPC of ${name} has ${count} CIDRs and a quota of ${vpcCidrQuota}, so it cannot draw from ${shared!.pool}; raise quota L-83CA0A9D and set clusters.${key}.vpcCidrQuota in addresses.yaml (50 at most), or set sharedGrowth: false`;
  if (inUse.length === 0) throw new ValidationError(scope, `${problem}, and growthPercent there`);
  warn(scope, problem);
}
