import { Prefix } from "@cluster-ipam/address-plan/prefix";

import { type Ec2VpcCidr } from "../cloud/ec2";
import { type AutoscalerConfig } from "../config/config";
import { type Observation } from "../observe/observation";

/** States in which a VPC CIDR counts against the quota. */
const COUNTED = /^(associated|associating)$/;
/** CIDRs that a VPC should still be able to get: one to grow, and one to merge into. */
const SPARE_SLOTS = 2;
/** A CIDR is merged only into one this many times larger; merging equals would go on for ever. */
const LARGER = 4;

type VpcState = Pick<Observation, "vpcCidrs">;

/** How many more IPv4 CIDRs the VPC may get. */
export function freeCidrSlots({ quotas }: AutoscalerConfig, { vpcCidrs }: VpcState): number {
  return quotas.cidrsPerVpc - vpcCidrs.filter(({ state }) => COUNTED.test(state)).length;
}

/** The VPC's CIDRs from the shared growth pool that are associated, lowest first, without those that the plan drains. */
export function sharedCidrs({ growthPools }: AutoscalerConfig, vpc: VpcState): readonly Ec2VpcCidr[] {
  return drawnFrom(growthPools.shared?.cidrs ?? [], vpc);
}

/** The VPC's CIDRs from a part of the shared growth pool that drains, lowest first. */
export function drainedCidrs({ growthPools }: AutoscalerConfig, vpc: VpcState): readonly Ec2VpcCidr[] {
  return drawnFrom(growthPools.shared?.drainCidrs ?? [], vpc);
}

function drawnFrom(cidrs: readonly string[], { vpcCidrs }: VpcState): readonly Ec2VpcCidr[] {
  const pool = cidrs.map((cidr) => Prefix.parse(cidr));
  return vpcCidrs
    .filter(({ state }) => state === "associated")
    .filter(({ cidr }) => pool.some((block) => block.contains(Prefix.parse(cidr))))
    .sort((a, b) => Prefix.parse(a.cidr).compare(Prefix.parse(b.cidr)));
}

/**
 * Shared CIDRs to give up, the smallest first, while the VPC nears its quota of CIDRs. Their subnets are emptied like
 * those of a growth CIDR that the plan drains, and what they held moves to larger ones.
 */
export function mergingCidrs(config: AutoscalerConfig, observation: VpcState): readonly string[] {
  const blocks = sharedCidrs(config, observation).map(({ cidr }) => Prefix.parse(cidr));
  const largest = Math.max(0, ...blocks.map(({ size }) => Number(size)));
  return blocks
    .filter(({ size }) => Number(size) * LARGER <= largest)
    .sort((a, b) => b.length - a.length || b.compare(a))
    .slice(0, Math.max(0, SPARE_SLOTS - freeCidrSlots(config, observation)))
    .map(String);
}
