import { type AddressLock, type PlanDefinition } from "@cluster-ipam/address-plan";
import { lockedPrefix, parseClusterKey } from "@cluster-ipam/address-plan/adoption";
import { freeBlocks, type Prefix } from "@cluster-ipam/address-plan/prefix";
import { type ExistingRange } from "../landscape/existing-range";
import { rangeLabel } from "../landscape/landscape-builder";
import { type Finding } from "./finding";

/** An entry of `reserved`. */
export interface Reservation {
  readonly cidr: string;
  readonly owner: string;
}

/** What to reserve, and what cannot be. */
export interface Reservations {
  /** Sorted by address. */
  readonly entries: readonly Reservation[];
  readonly findings: readonly Finding[];
}

/** Marks the entries that `adopt` writes, and may change. */
export const ADOPTED_MARK = "exists: ";

/** The ranges that something has, apart from pools and what is inside another range of the same network. */
export function occupied(ranges: readonly ExistingRange[]): readonly ExistingRange[] {
  const vpcs = new Set(ranges.filter(({ kind }) => kind === "vpc").map(({ id }) => id));
  const isInVpc = ({ kind, network }: ExistingRange) =>
    kind === "subnet" && network !== undefined && vpcs.has(network);
  return ranges.filter((range) => range.kind !== "ipam-pool" && !isInVpc(range));
}

/**
 * Reserves what exists and is not in the plan. A range that others have inside is reserved once, for all of them.
 *
 * @param lock with everything that is managed
 */
export function reservations(
  ranges: readonly ExistingRange[],
  plan: Pick<PlanDefinition, "spaces">,
  lock: AddressLock,
): Reservations {
  const spaces = Object.values(plan.spaces).flat();
  const owners = new Map<string, { readonly prefix: Prefix; readonly labels: string[] }>();
  const findings: Finding[] = [];
  const outside = new Map<string, Finding>();
  let around: Prefix | undefined;
  for (const range of occupied(ranges)) {
    const { prefix } = range;
    const label = rangeLabel(range);
    if (!spaces.some((space) => space.overlaps(prefix))) {
      const key = prefix.toString();
      if (!outside.has(key))
        outside.set(key, {
          kind: "outside-spaces",
          subject: key,
          message: `${label} has it, and it is in no space; nothing is ever planned there`,
        });
      continue;
    }
    if (spaces.some((space) => prefix.contains(space))) {
      findings.push({
        kind: "taken",
        subject: prefix.toString(),
        message: `${label} has a whole space of the plan; it is not reserved: shrink it where it is documented, or use another space`,
      });
      continue;
    }
    if (around?.contains(prefix) === true && !around.equals(prefix)) continue;
    for (const free of partsBesidePlan(range, lock)) {
      const known = owners.get(free.toString()) ?? { prefix: free, labels: [] };
      owners.set(free.toString(), known);
      if (!known.labels.includes(label)) known.labels.push(label);
      around = free;
    }
  }
  const sorted = [...owners.values()].sort((a, b) => a.prefix.compare(b.prefix));
  return {
    entries: sorted.map(({ prefix, labels }) => ({
      cidr: prefix.toString(),
      owner: `${ADOPTED_MARK}${ownerText(labels)}`,
    })),
    findings: [...findings, ...outside.values()],
  };
}

/** Names at most this many owners of the same range. */
const NAMED_OWNERS = 2;

function ownerText(labels: readonly string[]): string {
  const named = labels.slice(0, NAMED_OWNERS).join("; ");
  return labels.length > NAMED_OWNERS ? `${named}; ${labels.length - NAMED_OWNERS} more` : named;
}

/** The parts of a range that no block of the plan has. A pool may be around it. */
function partsBesidePlan({ prefix }: ExistingRange, lock: AddressLock): Prefix[] {
  const planned: Prefix[] = [];
  for (const entry of lock.allocations) {
    const own = lockedPrefix(entry);
    if (!own.overlaps(prefix)) continue;
    const isPool = parseClusterKey(entry.key) === undefined;
    if (isPool && own.contains(prefix) && !own.equals(prefix)) continue;
    planned.push(own);
  }
  const parts = freeBlocks(prefix, planned);
  return parts.some((part) => part.equals(prefix)) ? [prefix] : parts;
}
