import { type AddressLock } from "@cluster-ipam/address-plan";
import { parsedKey, prefixOf } from "./parsed";

/** Addresses of each block with all its CIDRs, by the key of the first one; of a cluster, by cluster. */
function sizes({ allocations }: AddressLock): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { key, cidr } of allocations) {
    const parsed = parsedKey(key);
    // Subnets are in CIDRs that are counted.
    if (parsed?.zone !== undefined) continue;
    const owner = parsed === undefined ? key.replace(/#\d+$/, "") : `${parsed.pool}/${parsed.cluster}`;
    sums.set(owner, (sums.get(owner) ?? 0) + Number(prefixOf(cidr).size));
  }
  return sums;
}

/** Blocks that leave, although nothing is deployed in them, and blocks of clusters and pools that a new plan would not have. */
export function lost(lock: AddressLock, fresh: AddressLock | undefined): string[] {
  const leaving = lock.allocations
    .filter(({ state }) => state !== undefined)
    .map(({ key, cidr, state }) => `${key} ${cidr} is still ${state}`);
  if (fresh === undefined) return leaving;
  const needed = sizes(fresh);
  const clusters = new Set(fresh.allocations.map(({ key }) => parsedKey(key)?.cluster));
  const unknown = [...sizes(lock).keys()].filter((key) => {
    const cluster = parsedKey(key)?.cluster;
    // A cluster stays in the pools that it was created in.
    if (cluster !== undefined) return !clusters.has(cluster);
    return (
      !needed.has(key) &&
      !lock.allocations.some((entry) => parsedKey(entry.key)?.pool === key || isAbove(key, entry.key))
    );
  });
  return [...leaving, ...unknown.map((key) => `nothing needs ${key}`)];
}

/** Whether a pool has a cluster's pool inside. */
function isAbove(pool: string, key: string): boolean {
  const parsed = parsedKey(key);
  return parsed !== undefined && parsed.pool.startsWith(pool.replace(/-[a-z]+$/, ""));
}

/** The blocks that are larger than in a new plan. */
export function larger(lock: AddressLock, fresh: AddressLock): string[] {
  const needed = sizes(fresh);
  return [...sizes(lock)].flatMap(([key, size]) => {
    const least = needed.get(key) ?? 0;
    if (size <= least) return [];
    const reason =
      parsedKey(key) === undefined
        ? "a pool keeps its CIDRs while they have blocks, and at least the first one"
        : "the first blocks of a cluster never shrink";
    return [`${key}: ${size} addresses instead of ${least}, because ${reason}`];
  });
}
