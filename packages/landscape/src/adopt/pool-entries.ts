import { type AddressLock, type LockEntry, type PlanDefinition } from "@cluster-ipam/address-plan";
import {
  clusterKey,
  lockedPrefix,
  numberedKey,
  parseClusterKey,
  poolKeys,
  poolSettings,
  subnetKey,
} from "@cluster-ipam/address-plan/adoption";
import { type Prefix } from "@cluster-ipam/address-plan/prefix";
import { type AdoptedBlock, type Candidate } from "./candidate";

/** The entries that a network adds to the lock, or the block of the plan that is in its way. */
export type AdoptedEntries =
  { readonly entries: readonly LockEntry[] } | { readonly inTheWay: LockEntry; readonly prefix: Prefix };

/**
 * The lock's entries for a network as it is: its blocks, and further CIDRs of the pools around them where the pools do not have
 * these addresses yet. Such a CIDR is as large as the network, and closed to others.
 *
 * @param lock with the pools of its environment and region
 */
export function adoptedEntries(
  candidate: Candidate,
  plan: PlanDefinition,
  lock: AddressLock,
): AdoptedEntries {
  const { cloud, region, environment, name } = candidate;
  const spaces = poolSettings(plan, environment, cloud)!;
  const added: LockEntry[] = [];
  const known = () => [...lock.allocations, ...added];
  // The blocks of a cluster before what is in them.
  const outer = candidate.blocks.filter(({ zone }) => zone === undefined);
  for (const block of outer) {
    const keys = poolKeys(
      { cloud, region, environment },
      block.pool === "nodes" ? spaces.nodesFrom : spaces.podsFrom,
    );
    const chain = [keys.region, keys.environment, keys.application];
    const inTheWay = known().find((entry) => isInTheWay(entry, block.prefix, chain));
    if (inTheWay !== undefined) return { inTheWay, prefix: block.prefix };
    for (const key of chain) added.push(...poolCidr(key, block.prefix, known()));
    added.push({
      key: clusterKey(keys.application, name, block.role, undefined, block.number),
      ...size(block),
    });
  }
  for (const block of candidate.blocks.filter(({ zone }) => zone !== undefined)) {
    const space = block.pool === "nodes" ? spaces.nodesFrom : spaces.podsFrom;
    const vpc = clusterKey(poolKeys({ cloud, region, environment }, space).application, name, "vpc");
    added.push({ key: subnetKey(vpc, block.role, block.zone!, block.number), ...size(block) });
  }
  return { entries: added };
}

function size({ prefix }: AdoptedBlock) {
  return { cidr: prefix.toString(), demand: `/${prefix.length}` };
}

/** A block that is neither around the network nor one of its pools. */
function isInTheWay(entry: LockEntry, prefix: Prefix, chain: readonly string[]): boolean {
  const own = lockedPrefix(entry);
  if (!own.overlaps(prefix)) return false;
  const isPool = parseClusterKey(entry.key) === undefined;
  return !(isPool && own.contains(prefix) && chain.includes(entry.key.replace(/#\d+$/, "")));
}

/** A further CIDR of a pool, if none of its CIDRs contains the network. */
function poolCidr(key: string, prefix: Prefix, entries: readonly LockEntry[]): LockEntry[] {
  const own = entries.filter((entry) => entry.key.replace(/#\d+$/, "") === key);
  if (own.some((entry) => lockedPrefix(entry).contains(prefix))) return [];
  const highest = Math.max(0, ...own.map((entry) => Number(/#(\d+)$/.exec(entry.key)?.[1] ?? 1)));
  return [{ key: numberedKey(key, highest + 1), cidr: prefix.toString(), demand: `/${prefix.length}` }];
}
