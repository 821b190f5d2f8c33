import { parseClusterKey } from "../blocks/block-key";
import { cloudName } from "../allocation/renames";
import { type AddressLock } from "../lock/address-lock";
import { cidrsIn, type StackState } from "../states";

/** Whether a block is a pod range of a GKE cluster. */
export function isPodRange(key: string): boolean {
  const role = key.startsWith("google/") ? parseClusterKey(key)?.role : undefined;
  return role === "pods" || role === "growth";
}

/**
 * The pod ranges of the lock that a network's subnets have, while they lack others that the lock has in use. Google does
 * not add and remove secondary ranges of a subnet in the same request (Compute Engine: `subnetworks.patch`), so these
 * cannot leave in the next deployment.
 *
 * @returns their keys
 */
export function pendingRanges(lock: AddressLock, states: readonly StackState[]): ReadonlySet<string> {
  const keys = new Set<string>();
  const ranges = lock.allocations.filter(({ key }) => isPodRange(key));
  if (!ranges.some(({ state }) => state !== undefined)) return keys;
  for (const state of states) {
    if (state.kind !== "network" || state.status !== "holds") continue;
    const own = ranges.filter(({ key }) => cloudName(lock, parseClusterKey(key)!.cluster) === state.cluster);
    if (!own.some(({ state: leaving }) => leaving !== undefined)) continue;
    const attached = new Set(
      cidrsIn(state)
        .filter(({ use }) => use === "network")
        .map(({ cidr }) => cidr),
    );
    if (own.every(({ cidr, state: leaving }) => leaving !== undefined || attached.has(cidr))) continue;
    for (const { key, cidr } of own) if (attached.has(cidr)) keys.add(key);
  }
  return keys;
}
