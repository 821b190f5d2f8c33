import { isAround, parseClusterKey } from "../blocks/block-key";
import { type AddressLock } from "../lock/address-lock";
import { lockedPrefix } from "../lock/locked-blocks";

/** What else happens to the pod ranges of GKE clusters. */
export interface RangeChanges {
  /** Keys of blocks that the same update adds. */
  readonly added: readonly string[];
  /** Keys of `pendingRanges`. */
  readonly pending: ReadonlySet<string>;
}

/**
 * Drained blocks that must not retire yet, because of other blocks, with the reason.
 *
 * @param drained keys of draining blocks that no state mentions
 */
export function heldBlocks(
  lock: AddressLock,
  drained: ReadonlySet<string>,
  changes: RangeChanges,
): ReadonlyMap<string, string> {
  const held = new Map([...heldByNodes(lock, drained), ...heldByGoogle(lock, drained, changes)]);
  return new Map([...held, ...heldByContent(lock, new Set([...drained].filter((key) => !held.has(key))))]);
}

/** Drained CIDRs of VPCs with a subnet that has not drained: EC2 disassociates no CIDR with subnets. */
function heldByContent(lock: AddressLock, drained: ReadonlySet<string>): Map<string, string> {
  const inUse = lock.allocations.filter(({ key, state }) => state !== "retired" && !drained.has(key));
  const held = new Map<string, string>();
  for (const outer of lock.allocations) {
    if (!drained.has(outer.key)) continue;
    const inner = inUse.find(
      (entry) => isAround(outer.key, entry.key) && lockedPrefix(outer).contains(lockedPrefix(entry)),
    );
    if (inner !== undefined) held.set(outer.key, `${inner.key} is in it and still in use`);
  }
  return held;
}

/**
 * Drained pod and public subnets of EKS clusters in whose zone a node subnet is still in use. No state mentions them: the
 * VPC CNI and the load balancer controller find them by tag.
 */
function heldByNodes(lock: AddressLock, drained: ReadonlySet<string>): Map<string, string> {
  const inZone = (key: string) => {
    const { cluster, zone } = parseClusterKey(key)!;
    return `${cluster} ${zone}`;
  };
  const inUse = new Map(
    lock.allocations
      .filter(({ key, state }) => state === "draining" && !drained.has(key))
      .filter(({ key }) => key.startsWith("aws/") && parseClusterKey(key)?.role === "nodes")
      .map(({ key }) => [inZone(key), key]),
  );
  const held = new Map<string, string>();
  for (const key of inUse.size === 0 ? [] : drained) {
    const role = parseClusterKey(key)?.role;
    const nodes = role === undefined || role === "nodes" ? undefined : inUse.get(inZone(key));
    if (nodes !== undefined) held.set(key, `nodes are still in ${nodes}`);
  }
  return held;
}

/**
 * Drained ranges of GKE clusters that must not retire yet: a subnet and its pod range retire together, and Google does not
 * add and remove secondary ranges of a subnet in the same request (Compute Engine: `subnetworks.patch`).
 */
function heldByGoogle(
  lock: AddressLock,
  drained: ReadonlySet<string>,
  { added, pending }: RangeChanges,
): Map<string, string> {
  const held = new Map<string, string>();
  const keys = new Set(lock.allocations.map(({ key }) => key));
  const growing = new Set(
    added
      .map((key) => parseClusterKey(key))
      .map((parsed) => (isRange(parsed?.role) ? parsed?.cluster : undefined)),
  );
  for (const key of drained) {
    const parsed = parseClusterKey(key);
    if (parsed === undefined || !key.startsWith("google/")) continue;
    const partner = partnerOf(key, keys);
    if (partner !== undefined && !drained.has(partner))
      held.set(key, `it retires together with ${partner}, which is still in use`);
    else if (isRange(parsed.role) && (growing.has(parsed.cluster) || pending.has(key)))
      held.set(
        key,
        "Google does not add and remove pod ranges of a subnet at once; deploy the added ones, then run npm run addresses again",
      );
  }
  return held;
}

function isRange(role: string | undefined): boolean {
  return role === "pods" || role === "growth";
}

/** The pod range of a further subnet, or the subnet of a pod range: both have the same number. */
function partnerOf(key: string, keys: ReadonlySet<string>): string | undefined {
  const { cluster, role, number } = parseClusterKey(key)!;
  if (number === 1 || (role !== "nodes" && role !== "pods")) return undefined;
  return [...keys].find((candidate) => {
    const other = parseClusterKey(candidate);
    const isOther = other?.role === (role === "nodes" ? "pods" : "nodes");
    return isOther && candidate.startsWith("google/") && other.cluster === cluster && other.number === number;
  });
}
