import { type EksClusterAddresses, type NamedBlock } from "@cluster-ipam/address-plan";
import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { type GrowthPools } from "../runtime/config/config";

/** The growth pool that a cluster shares with others. */
export interface SharedGrowth {
  /** Key of the IPAM pool. */
  readonly pool: string;
  /** CIDRs from which the autoscaler draws. */
  readonly inUse: readonly Prefix[];
  /** CIDRs in which it empties and detaches what it drew. */
  readonly draining: readonly Prefix[];
}

/** Where a cluster grows. At least one of the lists, or `shared`, has a CIDR. */
export interface GrowthSpace {
  /** CIDRs of its own in which subnets are created: of the address plan, then those that the autoscaler attaches. */
  readonly inUse: readonly Prefix[];
  /** CIDRs of its own that the address plan drains. */
  readonly draining: readonly Prefix[];
  /** Key of the IPAM pool of `inUse`. @default none; the cluster has no growth of its own */
  readonly pool?: string;
  /** The pool from which the autoscaler draws CIDRs, or drew. @default none */
  readonly shared?: SharedGrowth;
}

/** Input of {@link plannedSpace}. */
export interface PlannedSpaceProps {
  readonly addresses: EksClusterAddresses;
  /** CIDRs outside the plan that the autoscaler attaches. @default none */
  readonly attachCidrs?: readonly string[];
  /** Whether the cluster draws on the environment's growth pool. @default true */
  readonly sharedGrowth?: boolean;
}

/** The growth space that the address plan gives a cluster; it may be empty. */
export function plannedSpace(props: PlannedSpaceProps): GrowthSpace {
  const { addresses, attachCidrs = [], sharedGrowth: shares = true } = props;
  const { growth, sharedGrowth, podCidrs } = addresses;
  const drains = ({ state }: NamedBlock) => state === "draining";
  const prefixes = (blocks: readonly NamedBlock[]) => blocks.map(({ cidr }) => Prefix.parse(cidr));
  const inUse = growth.filter((block) => !drains(block));
  const [pool] = [...inUse, ...growth, ...(attachCidrs.length > 0 ? podCidrs : [])];
  const drawn = sharedGrowth.filter((block) => shares && !drains(block));
  const [first] = [...drawn, ...sharedGrowth];
  return {
    inUse: [...prefixes(inUse), ...attachCidrs.map((cidr) => Prefix.parse(cidr))],
    draining: prefixes(growth.filter(drains)),
    ...(pool && { pool: pool.pool }),
    ...(first && {
      shared: {
        pool: first.pool,
        inUse: prefixes(drawn),
        draining: prefixes(sharedGrowth.filter((block) => !drawn.includes(block))),
      },
    }),
  };
}

/** Whether a cluster has no room to grow, whatever its autoscaler does. */
export function isEmptySpace({ inUse, draining, shared }: GrowthSpace): boolean {
  return inUse.length + draining.length === 0 && shared === undefined;
}

/** Ids of the IPAM pools of a growth space. */
export interface GrowthPoolIds {
  readonly own?: string;
  readonly shared?: string;
}

/** A growth space in the autoscaler's configuration. @param attachCidrs those of `inUse` that the autoscaler attaches */
export function growthPools(
  { inUse, draining, shared }: GrowthSpace,
  ids: GrowthPoolIds,
  attachCidrs?: readonly string[],
): GrowthPools {
  const drains = (cidrs: readonly Prefix[]) => cidrs.length > 0 && { drainCidrs: cidrs.map(String) };
  return {
    ...(ids.own !== undefined && { ipamPoolId: ids.own }),
    cidrs: inUse.map(String),
    ...(attachCidrs && { attachCidrs }),
    ...drains(draining),
    ...(shared && {
      shared: {
        ipamPoolId: ids.shared!,
        cidrs: shared.inUse.map(String),
        ...drains(shared.draining),
      },
    }),
  };
}
