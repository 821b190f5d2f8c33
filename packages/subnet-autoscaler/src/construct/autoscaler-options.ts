import { type Prefix } from "@cluster-ipam/address-plan/prefix";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { type EksNetworkContract } from "@cluster-ipam/eks-cni";
import { type Construct } from "constructs";
import { type GrowthSpace } from "../plan/growth-space";
import { plannedPolicy, SMALLEST_SUBNET, subnetSpace } from "../plan/planned-policy";
import {
  DEFAULT_POLICY,
  DEFAULT_QUOTAS,
  type QuotaOptions,
  type ReclaimOptions,
  type ScalingPolicy,
} from "../runtime/config/config";

/** Quotas of an AWS account that the address plan does not have. */
export type AutoscalerQuotas = Partial<Pick<QuotaOptions, "subnetsPerVpc">>;

/** When an autoscaler grows and shrinks a cluster, and its limits. */
export interface AutoscalerOptions {
  /** A zone grows when its free /28 prefixes run out within this many minutes, 1 to 1,440. @default 30 */
  readonly leadTimeMinutes?: number;
  /**
   * A zone grows when it has fewer free /28 prefixes, whatever its growth rate, 1 to 4,096.
   * @default 32, or a quarter of the smallest planned pod subnet if that is less
   */
  readonly floorPrefixes?: number;
  /**
   * Netmask lengths of a zone's growth subnets, 16 to 26, in order of creation; the last repeats.
   * @default an eighth of the zone's share of the growth space, or of the largest CIDR that is drawn, then quarters
   */
  readonly netmaskLengths?: readonly number[];
  /** Maximum number of growth subnets, over all zones; with the planned subnets at most the VPC's quota. @default 24 */
  readonly maxSubnets?: number;
  /** Maximum number of new growth subnets in 24 hours, over all zones, 1 to 200. @default 12 */
  readonly maxSubnetsPerDay?: number;
  /** Maximum number of addresses in all growth subnets, 64 or more. @default the growth space */
  readonly maxAddresses?: number;
  /** Minutes between two new subnets in a zone, 0 to 1,440. @default 5 */
  readonly coolDownMinutes?: number;
  /**
   * Minutes, 0 to 1,440, by which CIDRs of the shared growth pool are attached ahead of need: an EKS control plane can take up
   * to five hours (300) to recognize a new one. `docs/comparison.md` shows its cost.
   * @default 60
   */
  readonly attachLeadMinutes?: number;
  /** Node subnets with fewer free addresses are reported, 0 to 4,096. @default 16 */
  readonly nodeFloorAddresses?: number;
  /**
   * When an empty growth subnet is deleted; false: never.
   * @default after 60 minutes empty and another 30 closed to pods
   */
  readonly reclaim?: ReclaimOptions | false;
  /** Id of the IPAM resource planning pool from which growth subnets are allocated. @default none */
  readonly planningPoolId?: string;
  /** The account's VPC quotas in the Region. That of CIDRs per VPC is in the address plan. @default 200 subnets per VPC */
  readonly quotas?: AutoscalerQuotas;
}

type WholeNumber = (name: string, value: number, min: number, max: number) => number;

/** @throws ValidationError unless the value is a whole number within its bounds */
const wholeNumber =
  (scope: Construct): WholeNumber =>
  (name, value, min, max) => {
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    throw new ValidationError(scope, `${name} is ${value}; use a whole number from ${min} to ${max}`);
  };

/**
 * Completes the quotas with their defaults.
 *
 * @throws ValidationError for a quota that AWS does not grant
 */
export function resolveQuotas(
  scope: Construct,
  { vpcCidrQuota }: EksClusterAddresses,
  { subnetsPerVpc = DEFAULT_QUOTAS.subnetsPerVpc }: AutoscalerQuotas = {},
): QuotaOptions {
  const subnets = wholeNumber(scope)("quotas.subnetsPerVpc", subnetsPerVpc, 1, 10_000);
  return { subnetsPerVpc: subnets, cidrsPerVpc: vpcCidrQuota };
}

/**
 * Completes the options with their defaults to the scaling policy of the runtime.
 *
 * @param growth the growth space
 * @throws ValidationError for an option out of bounds
 */
export function resolvePolicy(
  scope: Construct,
  options: AutoscalerOptions,
  { addresses }: EksNetworkContract,
  growth: GrowthSpace,
): ScalingPolicy {
  const whole = wholeNumber(scope);
  const pods = addresses.pods.flatMap(({ subnets }) => subnets);
  const resolved = { ...plannedPolicy(addresses, growth), ...defined(options) };
  const { maxSubnetsPerDay = DEFAULT_POLICY.budgets.subnetsPerDay, maxAddresses, reclaim } = resolved;
  const nodes = addresses.nodes.flatMap(({ subnets }) => subnets);
  const planned = [addresses.publicSubnets, addresses.controlPlaneSubnets, nodes, pods];
  const remaining = resolveQuotas(scope, addresses, options.quotas).subnetsPerVpc - planned.flat().length;
  return {
    leadTimeMinutes: whole("leadTimeMinutes", resolved.leadTimeMinutes, 1, 1_440),
    floorPrefixes: whole("floorPrefixes", resolved.floorPrefixes, 1, 4_096),
    netmaskLengths:
      options.netmaskLengths === undefined
        ? resolved.netmaskLengths
        : checkLengths(scope, options.netmaskLengths, subnetSpace(growth)),
    maxSubnets: whole("maxSubnets", resolved.maxSubnets, 1, Math.min(200, remaining)),
    coolDownMinutes: whole("coolDownMinutes", resolved.coolDownMinutes, 0, 1_440),
    budgets: {
      subnetsPerDay: whole("maxSubnetsPerDay", maxSubnetsPerDay, 1, 200),
      ...(maxAddresses !== undefined && { addresses: whole("maxAddresses", maxAddresses, 64, 2 ** 32) }),
    },
    ...(options.attachLeadMinutes !== undefined && {
      attachLeadMinutes: whole("attachLeadMinutes", options.attachLeadMinutes, 0, 1_440),
    }),
    nodeFloorAddresses: whole("nodeFloorAddresses", resolved.nodeFloorAddresses, 0, 4_096),
    ...(options.planningPoolId !== undefined && { planningPoolId: options.planningPoolId }),
    ...(reclaim && {
      reclaim: {
        emptyMinutes: whole("reclaim.emptyMinutes", reclaim.emptyMinutes, 5, 10_080),
        quarantineMinutes: whole("reclaim.quarantineMinutes", reclaim.quarantineMinutes, 5, 10_080),
      },
    }),
  };
}

/** Drops undefined options, so that their defaults apply. */
function defined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}

function checkLengths(
  scope: Construct,
  lengths: readonly number[],
  growth: readonly Prefix[],
): readonly number[] {
  const largest = Math.max(16, Math.min(...growth.map(({ length }) => length)));
  const wrong = lengths.find(
    (length) => !Number.isInteger(length) || length < largest || length > SMALLEST_SUBNET,
  );
  if (lengths.length > 0 && wrong === undefined) return lengths;
  throw new ValidationError(
    scope,
    `netmaskLengths ${wrong === undefined ? "is empty" : `has ${wrong}`}; use ${largest} to ${SMALLEST_SUBNET}, so that a subnet fits in the growth space ${growth.join(", ")} and has usable /28 prefixes`,
  );
}
