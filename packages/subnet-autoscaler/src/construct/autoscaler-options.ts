import { Prefix, usablePrefixes } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type EksNetworkContract } from "@cluster-ipam/eks-cni";
import { type Construct } from "constructs";
import {
  DEFAULT_POLICY,
  DEFAULT_QUOTAS,
  type Policy,
  type Quotas,
  type ReclaimPolicy,
} from "../runtime/config";

/** When an autoscaler grows a cluster, by how much, and when it gives back. */
export interface AutoscalerSettings {
  /** A zone grows when its trend leaves it without a free /28 prefix within so many minutes, 1 to 1,440. @default 30 */
  readonly leadTimeMinutes?: number;
  /**
   * A zone grows below so many free /28 prefixes, whatever its trend, 1 to 4,096.
   * @default 32, or a quarter of the smallest planned pod subnet where that is less
   */
  readonly floorPrefixes?: number;
  /**
   * Netmask lengths of a zone's growth subnets, 16 to 26, in the order in which they are made; the last repeats.
   * @default an eighth of the zone's share of the growth space, then quarters
   */
  readonly netmaskLengths?: readonly number[];
  /** Growth subnets at most, over all zones; with the planned ones no more than the VPC's quota. @default 24 */
  readonly maxSubnets?: number;
  /** New growth subnets in 24 hours at most, over all zones, 1 to 200. @default 12 */
  readonly maxSubnetsPerDay?: number;
  /** Addresses of all growth subnets together at most, 64 or more. @default the growth space */
  readonly maxAddresses?: number;
  /** Minutes between two new subnets of one zone, 0 to 1,440. @default 5 */
  readonly coolDownMinutes?: number;
  /** A node subnet with fewer free addresses is reported, 0 to 4,096. @default 16 */
  readonly nodeFloorAddresses?: number;
  /**
   * When an empty growth subnet is given back; false for never.
   * @default after 60 minutes empty and 30 closed to pods
   */
  readonly reclaim?: ReclaimPolicy | false;
  /** Id of the resource-planning pool through which IPAM records the growth subnets. @default none */
  readonly planningPoolId?: string;
  /** The account's quotas, where they are not those of a new account. @default 200 subnets and 5 IPv4 CIDRs per VPC */
  readonly quotas?: Partial<Quotas>;
}

/** The smallest subnet that has usable /28 prefixes: its first and its last hold reserved addresses. */
const SMALLEST_SUBNET = 26;

type WholeNumber = (name: string, value: number, least: number, most: number) => number;

/** @throws ValidationError unless it is a whole number within its bounds */
const wholeNumber =
  (where: Construct): WholeNumber =>
  (name, value, least, most) => {
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new ValidationError(where, `${name} is ${value}; use a whole number of ${least} to ${most}`);
  };

/**
 * The account's quotas.
 *
 * @throws ValidationError on one that AWS does not grant
 */
export function quotasOf(where: Construct, quotas: Partial<Quotas> = {}): Quotas {
  const whole = wholeNumber(where);
  const { subnetsPerVpc, cidrsPerVpc } = { ...DEFAULT_QUOTAS, ...quotas };
  return {
    subnetsPerVpc: whole("quotas.subnetsPerVpc", subnetsPerVpc, 1, 10_000),
    cidrsPerVpc: whole("quotas.cidrsPerVpc", cidrsPerVpc, 5, 50),
  };
}

/**
 * The settings with their defaults, as the runtime reads them.
 *
 * @param growth the space the cluster grows into, at least one CIDR
 * @throws ValidationError on a setting out of its bounds
 */
export function policyOf(
  where: Construct,
  settings: AutoscalerSettings,
  { cluster }: EksNetworkContract,
  growth: readonly Prefix[],
): Policy {
  const whole = wholeNumber(where);
  const given = {
    ...DEFAULT_POLICY,
    floorPrefixes: defaultFloor(cluster.pods.subnets),
    ...defined(settings),
  };
  const { maxSubnetsPerDay = DEFAULT_POLICY.budgets.subnetsPerDay, maxAddresses, reclaim } = given;
  const planned = [
    cluster.publicSubnets,
    cluster.controlPlaneSubnets,
    cluster.nodeSubnets,
    cluster.pods.subnets,
  ];
  const room = quotasOf(where, settings.quotas).subnetsPerVpc - planned.flat().length;
  return {
    leadTimeMinutes: whole("leadTimeMinutes", given.leadTimeMinutes, 1, 1_440),
    floorPrefixes: whole("floorPrefixes", given.floorPrefixes, 1, 4_096),
    netmaskLengths:
      settings.netmaskLengths === undefined
        ? defaultLengths(growth[0]!, cluster.zones.length)
        : checkLengths(where, settings.netmaskLengths, growth),
    maxSubnets: whole("maxSubnets", given.maxSubnets, 1, Math.min(200, room)),
    coolDownMinutes: whole("coolDownMinutes", given.coolDownMinutes, 0, 1_440),
    budgets: {
      subnetsPerDay: whole("maxSubnetsPerDay", maxSubnetsPerDay, 1, 200),
      ...(maxAddresses !== undefined && { addresses: whole("maxAddresses", maxAddresses, 64, 2 ** 32) }),
    },
    nodeFloorAddresses: whole("nodeFloorAddresses", given.nodeFloorAddresses, 0, 4_096),
    ...(settings.planningPoolId !== undefined && { planningPoolId: settings.planningPoolId }),
    ...(reclaim && {
      reclaim: {
        emptyMinutes: whole("reclaim.emptyMinutes", reclaim.emptyMinutes, 5, 10_080),
        quarantineMinutes: whole("reclaim.quarantineMinutes", reclaim.quarantineMinutes, 5, 10_080),
      },
    }),
  };
}

/** A setting that is given as undefined is not given. */
function defined<T extends object>(settings: T): T {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as T;
}

function checkLengths(
  where: Construct,
  lengths: readonly number[],
  growth: readonly Prefix[],
): readonly number[] {
  const largest = Math.max(16, Math.min(...growth.map(({ length }) => length)));
  const wrong = lengths.find(
    (length) => !Number.isInteger(length) || length < largest || length > SMALLEST_SUBNET,
  );
  if (lengths.length > 0 && wrong === undefined) return lengths;
  throw new ValidationError(
    where,
    `netmaskLengths ${wrong === undefined ? "is empty" : `has ${wrong}`}; use ${largest} to ${SMALLEST_SUBNET}, so that a subnet fits the growth space ${growth.join(", ")} and has usable /28 prefixes`,
  );
}

/** A small cluster must not grow from the first minute on. */
function defaultFloor(subnets: readonly { readonly cidr: string }[]): number {
  const smallest = Math.max(...subnets.map(({ cidr }) => Prefix.parse(cidr).length));
  return Math.min(DEFAULT_POLICY.floorPrefixes, Math.max(1, Math.floor(usablePrefixes(smallest) / 4)));
}

/** Small steps first: what is reserved for a zone follows what it needs. */
function defaultLengths(growth: Prefix, zones: number): readonly number[] {
  const share = growth.length + Math.ceil(Math.log2(zones));
  const within = (length: number) => Math.min(SMALLEST_SUBNET, Math.max(16, length));
  return [...new Set([within(share + 3), within(share + 2)])];
}
