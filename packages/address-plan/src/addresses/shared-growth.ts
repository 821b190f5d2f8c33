import { type AllocatedBlock } from "../allocation/allocated-block";
import { baseOf, isSharedGrowth, numberedName, placeOf } from "../blocks/block-key";
import { type SharedGrowthCidr } from "./cluster-addresses";

/** The CIDRs of the growth pools that clusters share, by Region and environment: `eu-west-1/dev`. */
export type SharedGrowthPools = ReadonlyMap<string, readonly SharedGrowthCidr[]>;

/** The growth pools of every environment and Region. Retired CIDRs are left out: no cluster has anything in them. */
export function sharedGrowthPools(roots: readonly AllocatedBlock[]): SharedGrowthPools {
  const pools = new Map<string, SharedGrowthCidr[]>();
  const visit = (block: AllocatedBlock): void => {
    if (block.kind !== "pool") return;
    if (isSharedGrowth(block.key) && block.state !== "retired") {
      const { region, environment } = placeOf(block.key);
      const place = `${region}/${environment}`;
      pools.set(place, [...(pools.get(place) ?? []), growthCidr(block)].sort(byName));
    }
    block.children.forEach(visit);
  };
  roots.forEach(visit);
  return pools;
}

function growthCidr({ key, prefix, state }: AllocatedBlock): SharedGrowthCidr {
  const [pool, number] = baseOf(key);
  return {
    name: numberedName(`shared-${pool.slice(pool.lastIndexOf("/") + 1)}`, number),
    cidr: prefix.toString(),
    ...(state !== undefined && { state: "draining" }),
    pool,
  };
}

function byName(a: SharedGrowthCidr, b: SharedGrowthCidr): number {
  return a.name.localeCompare(b.name, "en", { numeric: true });
}
