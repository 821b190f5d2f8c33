import { type IpamPoolPlan, type Prefix } from "@cluster-ipam/address-plan";
import { literalCidr, ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";
import { type IpamScope } from "./aws-ipam";
import { checkPoolKey } from "./ipam-pool-lookup";
import { type Reservation } from "./reservation";
import { reservedPool } from "./reserved-pool";

/** IPAM quota: CIDRs per pool. https://docs.aws.amazon.com/vpc/latest/ipam/quotas-ipam.html */
const CIDRS_PER_POOL = 50;
/** IPAM quota: depth of a pool tree, including the root. Same source. */
const POOL_DEPTH = 10;

/** A valid pool, with its CIDRs as prefixes. */
export interface CheckedPool {
  readonly plan: IpamPoolPlan;
  readonly cidrs: readonly Prefix[];
  readonly reservations: readonly Reservation[];
  /** 1 for a root pool. */
  readonly depth: number;
}

/**
 * Checks a pool against its scope and its parent. {@link checkPoolTree} checks siblings.
 *
 * @throws ValidationError for the first rule of IPAM that the pool breaks
 */
export function checkPool(
  where: Construct,
  scope: IpamScope,
  plan: IpamPoolPlan,
  parent?: CheckedPool,
): CheckedPool {
  const refuse = (message: string): never => {
    throw new ValidationError(where, `pool ${plan.key} ${message}`);
  };
  checkPoolKey(where, plan.key);
  if (plan.parent !== parent?.plan.key) {
    refuse(
      `names ${plan.parent ? `the parent ${plan.parent}` : "no parent"}, but the parent prop is ${parent?.plan.key ?? "not set"}; use the same parent in both`,
    );
  }
  if (scope.tier !== "advanced") {
    refuse(`is private, but the IPAM has the tier "${scope.tier}"; use the tier "advanced"`);
  }
  const depth = (parent?.depth ?? 0) + 1;
  if (depth > POOL_DEPTH) {
    refuse(`is ${depth} levels deep, but IPAM allows ${POOL_DEPTH}; remove levels above it`);
  }
  checkLocale(scope, plan, parent, refuse);
  const cidrs = checkCidrs(where, plan, parent, refuse);
  const pool = { plan, cidrs, reservations: checkReservations(where, plan, cidrs, refuse), depth };
  checkRules(pool, refuse);
  return pool;
}

type Refuse = (message: string) => never;

function checkLocale(
  scope: IpamScope,
  { locale }: IpamPoolPlan,
  parent: CheckedPool | undefined,
  refuse: Refuse,
): void {
  if (locale !== undefined && !scope.operatingRegions.includes(locale)) {
    refuse(
      `has the locale ${locale}, but the IPAM operates in ${scope.operatingRegions.join(", ")}; add ${locale} to operatingRegions`,
    );
  }
  const inherited = parent?.plan.locale;
  if (inherited !== undefined && locale !== inherited) {
    refuse(
      `has ${locale ? `the locale ${locale}` : "no locale"}, but its parent ${parent?.plan.key} has ${inherited}; use the same locale or another parent`,
    );
  }
}

function checkCidrs(
  where: Construct,
  plan: IpamPoolPlan,
  parent: CheckedPool | undefined,
  refuse: Refuse,
): readonly Prefix[] {
  if (plan.cidrs.length === 0) refuse("has no CIDR; provision at least one");
  if (plan.cidrs.length > CIDRS_PER_POOL) {
    refuse(
      `has ${plan.cidrs.length} CIDRs, but IPAM allows ${CIDRS_PER_POOL} per pool; use larger blocks or split the pool`,
    );
  }
  const cidrs = plan.cidrs.map((cidr) => literalCidr(where, `pool ${plan.key}`, cidr));
  cidrs.forEach((cidr, i) => {
    const other = cidrs.slice(0, i).find((before) => before.overlaps(cidr));
    if (other) refuse(`has the overlapping CIDRs ${other} and ${cidr}; remove one`);
    if (parent && !parent.cidrs.some((outer) => outer.contains(cidr))) {
      refuse(
        `has ${cidr}, which is outside its parent ${parent.plan.key} (${parent.cidrs.join(", ")}); use a block inside or provision it to the parent`,
      );
    }
    const reserved = parent?.reservations.find((reservation) => reservation.cidr.overlaps(cidr));
    if (reserved && plan.key !== reservedPool(parent!.plan)?.key) {
      refuse(
        `has ${cidr}, which overlaps ${reserved.cidr}, reserved in its parent for ${reserved.owner}; use another block or remove the reservation`,
      );
    }
  });
  return cidrs;
}

function checkReservations(
  where: Construct,
  plan: IpamPoolPlan,
  cidrs: readonly Prefix[],
  refuse: Refuse,
): readonly Reservation[] {
  const reservations = plan.reservations.map(({ cidr, owner }) => ({
    cidr: literalCidr(where, `pool ${plan.key}, reservation for ${owner}`, cidr),
    owner,
  }));
  reservations.forEach(({ cidr, owner }, i) => {
    if (!cidrs.some((outer) => outer.contains(cidr))) {
      refuse(
        `reserves ${cidr} for ${owner}, but has ${cidrs.join(", ")}; reserve it in the pool that contains it`,
      );
    }
    const other = reservations.slice(0, i).find((before) => before.cidr.overlaps(cidr));
    if (other) {
      refuse(`reserves ${other.cidr} for ${other.owner} and ${cidr} for ${owner}, which overlap; remove one`);
    }
  });
  return reservations;
}

function checkRules({ plan, cidrs }: CheckedPool, refuse: Refuse): void {
  const { rules } = plan;
  if (!rules) return;
  const { minNetmaskLength: min, maxNetmaskLength: max, defaultNetmaskLength: preset } = rules;
  for (const [name, value] of Object.entries({ min, max, default: preset })) {
    if (!Number.isInteger(value) || value < 0 || value > 32) {
      refuse(`has the ${name} netmask length ${value}; use 0 to 32`);
    }
  }
  if (min > max) {
    refuse(
      `has the min netmask length ${min}, which is above its max ${max}; min is for the largest block, so swap them`,
    );
  }
  if (preset < min || preset > max) {
    refuse(`has the default netmask length ${preset}, which is outside its rules; use ${min} to ${max}`);
  }
  const largest = Math.min(...cidrs.map((cidr) => cidr.length));
  if (preset < largest) {
    refuse(
      `has the default netmask length ${preset}, but its largest CIDR is a /${largest}; use ${largest} or longer`,
    );
  }
}
