import { type AllocatedBlock, type AllocatedSpace } from "../allocation/allocated-block";
import { baseOf, isSharedGrowth, placeOf } from "../blocks/block-key";
import { DRAWN_CIDR, VPC_CIDR } from "../cloud/vpc-cidr";
import { type IpamPoolPlan } from "./ipam-pool";

/** Netmask lengths of what is allocated from a pool. */
interface AllocationRules {
  readonly largest: number;
  readonly smallest: number;
  /** @param widest netmask length of the pool's largest CIDR */
  readonly preset: (widest: number) => number;
}

/** VPCs and their planned CIDRs: 16 default allocations fit in a pool. */
const VPC_RULES: AllocationRules = { ...VPC_CIDR, preset: (widest) => widest + 4 };

/** CIDRs that clusters draw from shared growth space, sized by demand. */
const GROWTH_RULES: AllocationRules = {
  ...DRAWN_CIDR,
  preset: (widest) => Math.max(24, widest),
};

/**
 * The keys of the pools of VPCs whose CIDR IPAM assigns, by the key of the VPC in the lock. A pool has the name of its
 * cluster in the cloud, so that it stays when the cluster is renamed.
 */
type AssignedVpcs = ReadonlyMap<string, string>;

/** A pool with all its CIDRs. */
interface Pool {
  readonly key: string;
  readonly blocks: readonly AllocatedBlock[];
}

/**
 * The AWS IPAM pools of a space: the root pool, then Region, environment and application pools, and a pool for each VPC
 * whose CIDR IPAM assigns. A pool that leaves the plan stays as long as it has blocks.
 *
 * @param cidrs the space's CIDRs
 */
export function awsPoolsOf(cidrs: readonly AllocatedSpace[], assigned: AssignedVpcs): IpamPoolPlan[] {
  const [{ space, owner }] = cidrs as readonly [AllocatedSpace];
  const root: IpamPoolPlan = {
    key: space,
    cidrs: cidrs.map(({ prefix }) => prefix.toString()),
    description: owner,
    reservations: reservationsOf(cidrs, ({ kind, key }) => kind === "reserved" || !key.startsWith("aws/")),
  };
  const pools = (parent: Pool, depth: number): IpamPoolPlan[] =>
    poolsIn(parent, assigned).flatMap((pool) => [
      poolPlan(pool, { parent: parent.key, depth, space }),
      ...pools(pool, depth + 1),
    ]);
  return [root, ...pools({ key: space, blocks: cidrs }, 0)];
}

/** The pools in a pool, each with all its CIDRs. */
function poolsIn(parent: Pool, assigned: AssignedVpcs): Pool[] {
  const byKey = new Map<string, AllocatedBlock[]>();
  for (const child of parent.blocks.flatMap(({ children }) => children)) {
    const [base] = baseOf(child.key);
    const isPool = child.kind === "pool" && child.key.startsWith("aws/");
    const key = isPool ? base : assigned.get(base);
    // Nothing composes a retired pool.
    if (key === undefined || (isPool && child.state === "retired")) continue;
    byKey.set(key, [...(byKey.get(key) ?? []), child]);
  }
  return [...byKey].map(([key, blocks]) => ({ key, blocks }));
}

/** Where a pool is in its space: a Region's pool has depth 0, an environment's 1, an application's 2, a VPC's 3. */
interface PoolPosition {
  readonly parent: string;
  readonly depth: number;
  readonly space: string;
}

function poolPlan({ key, blocks }: Pool, { parent, depth, space }: PoolPosition): IpamPoolPlan {
  // The keys of Regions' and environments' pools end with their space, unless it is the primary one.
  const { region: locale, environment } = placeOf(
    depth < 2 && key.endsWith(`-${space}`) ? key.slice(0, -space.length - 1) : key,
  );
  const isGrowth = isSharedGrowth(key);
  const content = space === "pods" && !isGrowth ? " pods" : "";
  const [{ owner, kind }] = blocks as readonly [AllocatedBlock];
  const place = depth === 0 ? "" : ` in ${locale}`;
  return {
    key,
    parent,
    cidrs: blocks.map(({ prefix }) => prefix.toString()),
    locale,
    description: `${owner}${kind === "cluster" ? " VPC" : content}${place}`,
    ...(depth > 0 && { environment }),
    ...(depth > 1 && { rules: rulesOf(blocks, environment!, isGrowth ? GROWTH_RULES : VPC_RULES) }),
    reservations: reservationsOf(blocks, ({ kind }) => kind === "reserved"),
  };
}

function reservationsOf(
  blocks: readonly AllocatedBlock[],
  isReserved: (block: AllocatedBlock) => boolean,
): IpamPoolPlan["reservations"] {
  return blocks
    .flatMap(({ children }) => children)
    .filter(isReserved)
    .sort((a, b) => a.prefix.compare(b.prefix))
    .map(({ prefix, key, kind, owner }) => ({
      cidr: prefix.toString(),
      owner: kind === "reserved" ? owner : key,
    }));
}

function rulesOf(
  blocks: readonly AllocatedBlock[],
  environment: string,
  { largest, smallest, preset }: AllocationRules,
): IpamPoolPlan["rules"] {
  const bounded = (length: number): number => Math.min(smallest, Math.max(largest, length));
  const widest = Math.min(...blocks.map(({ prefix }) => prefix.length));
  return {
    minNetmaskLength: bounded(widest),
    maxNetmaskLength: smallest,
    defaultNetmaskLength: bounded(preset(widest)),
    requiredTags: { environment },
  };
}
