import { type AddressLock, type LockEntry } from "@cluster-ipam/address-plan";
import { baseOf } from "../../packages/address-plan/src/blocks/block-key";
import { freeBlocks } from "../../packages/address-plan/src/prefix/prefix-set";
import { MOST_CLUSTERS } from "./edits";
import { parsedKey, prefixOf } from "./parsed";
import { newCluster, type Plan } from "./plan";

/** A VPC that exists outside of the plan, taken into it. */
export interface Adoption {
  /** The cluster that gets the VPC. */
  readonly name: string;
  readonly plan: Plan;
  readonly lock: AddressLock;
}

/**
 * Takes a VPC into the plan as `docs/import.md` says: someone writes its CIDR into the lock, and its cluster into the plan.
 * Undefined if no application pool has space for one.
 */
export function adoption(plan: Plan, lock: AddressLock, which: number, how: number): Adoption | undefined {
  if (Object.keys(plan.clusters).length >= MOST_CLUSTERS) return undefined;
  const places = lock.allocations.flatMap((entry) => placesIn(entry, plan, lock));
  const place = places[which % Math.max(1, places.length)];
  if (place === undefined) return undefined;
  const { key, region, environment, free } = place;
  const known = new Set([
    ...Object.keys(plan.clusters),
    ...lock.allocations.map((entry) => parsedKey(entry.key)?.cluster),
    ...lock.renamed.map(({ createdAs }) => createdAs),
  ]);
  let name = `${environment}-legacy`;
  for (let number = 2; known.has(name); number++) name = `${environment}-legacy${number}`;
  // At the end of the space, where the plan itself would not begin.
  const cidr = prefixOf(free)
    .split(24 - (how % 2))
    .at(-1)!;
  const entry: LockEntry = { key: `${key}/${name}`, cidr: cidr.toString(), demand: `/${cidr.length}` };
  const cluster = newCluster("aws", environment, region, 2, 3 + how);
  return {
    name,
    plan: { ...plan, clusters: { ...plan.clusters, [name]: cluster } },
    lock: { ...lock, allocations: [...lock.allocations, entry] },
  };
}

interface Place {
  readonly key: string;
  readonly region: string;
  readonly environment: string;
  readonly free: string;
}

/** The free CIDRs of an application pool that hold a VPC. */
function placesIn({ key, cidr, state }: LockEntry, plan: Plan, lock: AddressLock): Place[] {
  const [, region = "", environment = ""] = /^aws\/([^/]+)\/([^/]+)\/eks(#\d+)?$/.exec(key) ?? [];
  const isPlanned = region in plan.regions.aws && plan.environments[environment]?.aws !== undefined;
  if (state !== undefined || !isPlanned) return [];
  const pool = prefixOf(cidr);
  const taken = [...lock.allocations, ...plan.reserved]
    .map((block) => prefixOf(block.cidr))
    .filter((prefix) => pool.overlaps(prefix) && !prefix.contains(pool));
  return freeBlocks(pool, taken)
    .filter(({ length }) => length <= 23)
    .map((free) => ({ key: baseOf(key)[0], region, environment, free: free.toString() }));
}
