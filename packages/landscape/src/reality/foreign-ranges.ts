import { type AddressLock, type PlanDefinition } from "@cluster-ipam/address-plan";
import { lockedPrefix, parseClusterKey } from "@cluster-ipam/address-plan/adoption";
import { type ExistingRange } from "../landscape/existing-range";
import { rangeLabel } from "../landscape/landscape-builder";
import { occupied } from "../adopt/reservations";
import { type Difference } from "./difference";
import { type ComparedClusters } from "./planned-blocks";

/**
 * What exists, is none of the plan's and has addresses of the plan: in a cluster's block, in a pool, or in a space without being
 * reserved.
 */
export function foreignRanges(
  ranges: readonly ExistingRange[],
  plan: Pick<PlanDefinition, "spaces" | "reserved">,
  lock: AddressLock,
  { networks, ranges: own }: ComparedClusters,
): readonly Difference[] {
  const spaces = Object.values(plan.spaces).flat();
  const blocks = lock.allocations
    .map((entry) => ({ ...entry, prefix: lockedPrefix(entry), cluster: parseClusterKey(entry.key)?.cluster }))
    // The innermost block first: it says best what was taken.
    .sort((a, b) => b.prefix.length - a.prefix.length);
  return occupied(ranges).flatMap((range): Difference[] => {
    const { prefix, network = "" } = range;
    const isOwn =
      own.has(range) ||
      networks.has(network) ||
      range.kind === "internal-range" ||
      range.kind === "allocation";
    if (isOwn || !spaces.some((space) => space.overlaps(prefix))) return [];
    const [subject, cidr] = [rangeLabel(range), prefix.toString()];
    const block = blocks.find(
      (candidate) => candidate.cluster !== undefined && candidate.prefix.overlaps(prefix),
    );
    // A block that leaves the plan stays taken until its network is gone.
    if (block?.state !== undefined) return [];
    if (block !== undefined)
      return [
        {
          kind: "taken",
          key: block.key,
          cidr,
          subject,
          message: `it has ${cidr}, and the plan has ${block.cidr} for ${block.key}`,
        },
      ];
    if (plan.reserved.some((reserved) => reserved.cidr.contains(prefix))) return [];
    const pool = blocks.find((candidate) => candidate.prefix.overlaps(prefix));
    if (pool !== undefined)
      return [
        {
          kind: "taken",
          key: pool.key,
          cidr,
          subject,
          message: `it has ${cidr} in the pool ${pool.key}, and is not reserved; run npx addresses adopt`,
        },
      ];
    return [
      {
        kind: "unplanned",
        cidr,
        subject,
        message: `it has ${cidr}, which the plan may give away, and is not reserved; run npx addresses adopt`,
      },
    ];
  });
}

/** What IPAM says of the ranges itself. */
export function ipamStates(ranges: readonly ExistingRange[]): readonly Difference[] {
  return ranges.flatMap((range) =>
    (range.states ?? []).map((state) => ({
      kind: "ipam" as const,
      cidr: range.prefix.toString(),
      subject: rangeLabel(range),
      message: `IPAM says that ${range.prefix} is ${state}`,
    })),
  );
}
