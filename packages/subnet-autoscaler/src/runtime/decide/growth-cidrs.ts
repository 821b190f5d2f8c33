import { Prefix } from "@cluster-ipam/address-plan/prefix";

import { type AutoscalerConfig, type GrowthPools } from "../config/config";
import { type Observation } from "../observe/observation";
import { type Decision } from "./decision";
import { type GrowthSpace } from "./growth-space";
import { freeCidrSlots } from "./merging";

/** Used share of the attached growth CIDRs that attaches the next: EKS can take 5 hours to recognize a new one. */
const ATTACH_AT = 0.7;
/** Used share of the others below which an empty growth CIDR is detached: half of what attaches the next. */
const DETACH_BELOW = 0.35;

/** A growth CIDR that the autoscaler attaches and detaches. */
interface ManagedCidr {
  readonly cidr: string;
  /** Absent while it is not associated. */
  readonly associationId?: string;
  /** Whether it is being associated or disassociated. */
  readonly changing: boolean;
  /** Whether the growth pool can allocate it: it is provisioned and not allocated to anything else. */
  readonly allocatable: boolean;
}

/** Attaches the next growth CIDR ahead of need, or detaches an empty one. */
export function decideGrowthCidrs(
  observation: Observation,
  config: AutoscalerConfig,
  space: GrowthSpace,
  decided: readonly Decision[],
): Decision[] {
  const cidrs = managedCidrs(config.growthPools, observation);
  if (cidrs.length === 0 || cidrs.some(({ changing }) => changing)) return [];
  if (space.usedShare() >= ATTACH_AT || decided.some(({ cause }) => cause === "pool-empty"))
    return attachNext(cidrs, observation, config, space);
  return config.policy.reclaim === undefined ? [] : detachIdle(cidrs, space);
}

function attachNext(
  cidrs: readonly ManagedCidr[],
  observation: Observation,
  config: AutoscalerConfig,
  space: GrowthSpace,
): Decision[] {
  const { growthPools, quotas } = config;
  const next = cidrs.find(({ associationId }) => associationId === undefined);
  if (next === undefined) return [];
  const usage = `${Math.floor(space.usedShare() * 100)} % of the attached growth space is used`;
  if (freeCidrSlots(config, observation) <= 0)
    return [
      {
        action: "none",
        cause: "quota-reached",
        reason: `${usage}, and the VPC has ${quotas.cidrsPerVpc} IPv4 CIDRs, its quota`,
        advice: "raise the quota IPv4 CIDR blocks per VPC (up to 50), then quotas.cidrsPerVpc",
      },
    ];
  if (!next.allocatable)
    return [
      {
        action: "none",
        cause: "pool-empty",
        reason: `${usage}, and pool ${growthPools.ipamPoolId} cannot allocate ${next.cidr}`,
        advice: "provision the CIDR to the pool, or find out who else allocated it",
      },
    ];
  return [{ action: "attach-cidr", cidr: next.cidr, cause: "growth-space-short", reason: usage }];
}

function detachIdle(cidrs: readonly ManagedCidr[], space: GrowthSpace): Decision[] {
  const idle = cidrs
    .filter(({ associationId }) => associationId !== undefined)
    .reverse()
    .find(({ cidr }) => {
      const block = space.attached.find((attached) => String(attached) === cidr);
      const others = space.attached.filter((attached) => attached !== block);
      return block !== undefined && !space.isUsed(block) && space.usedShare(others) < DETACH_BELOW;
    });
  if (idle === undefined) return [];
  return [
    {
      action: "detach-cidr",
      cidr: idle.cidr,
      associationId: idle.associationId!,
      cause: "idle",
      reason: `${idle.cidr} has no subnet and the other growth CIDRs are less than ${DETACH_BELOW * 100} % used`,
    },
  ];
}

/** The growth CIDRs that the autoscaler attaches, lowest first. */
function managedCidrs(pools: GrowthPools, observation: Observation): readonly ManagedCidr[] {
  const provisioned = (observation.poolCidrs ?? []).map((cidr) => Prefix.parse(cidr));
  const foreign = observation.foreignCidrs.map((cidr) => Prefix.parse(cidr));
  return (pools.attachCidrs ?? [])
    .map((cidr) => Prefix.parse(cidr))
    .sort((a, b) => a.compare(b))
    .map((block) => {
      const association = observation.vpcCidrs.find(
        ({ cidr, state }) => cidr === String(block) && !/^(disassociated|failed)$/.test(state),
      );
      return {
        cidr: String(block),
        ...(association?.state === "associated" && { associationId: association.associationId }),
        changing: association !== undefined && association.state !== "associated",
        allocatable:
          provisioned.some((cidr) => cidr.contains(block)) && !foreign.some((cidr) => cidr.overlaps(block)),
      };
    });
}
