import { type Prefix } from "@cluster-ipam/address-plan/prefix";
import { type ExistingRange } from "../landscape/existing-range";
import { rangeLabel } from "../landscape/landscape-builder";
import { type Finding } from "./finding";

/** The kinds of ranges that are a network of their own. The others are parts of one, or documents. */
const NETWORK_KINDS: ReadonlySet<string> = new Set([
  "vpc",
  "subnet",
  "secondary-range",
  "pod-range",
  "control-plane",
]);

/**
 * The ranges that networks route. A VPC's subnets are in its CIDRs, and NetBox describes networks: its prefixes are no further
 * ones.
 */
export function networkRanges(ranges: readonly ExistingRange[]): readonly ExistingRange[] {
  return ranges.filter(
    ({ kind, cloud, network }) =>
      (NETWORK_KINDS.has(kind) && !(kind === "subnet" && cloud === "aws")) ||
      (kind === "documented" && network !== undefined),
  );
}

/** Whether two ranges belong to the same network: they may overlap, or cannot. */
function isSameNetwork(a: ExistingRange, b: ExistingRange): boolean {
  const describes = (a.kind === "documented") !== (b.kind === "documented") && a.cloud === b.cloud;
  if (describes && a.prefix.equals(b.prefix)) return true;
  return a.network !== undefined && a.network === b.network;
}

/** The pairs of networks with common addresses: the same range in many networks is one finding. */
export function overlaps(ranges: readonly ExistingRange[]): readonly Finding[] {
  const networks = networkRanges(ranges);
  const byRange = new Map<string, { readonly prefix: Prefix; readonly members: Set<ExistingRange> }>();
  // Sorted by their first address, wider ones first: what overlaps a range is among the open ones around it.
  let open: ExistingRange[] = [];
  for (const range of networks) {
    open = open.filter(({ prefix }) => prefix.overlaps(range.prefix));
    for (const other of open) {
      if (isSameNetwork(other, range)) continue;
      const key = range.prefix.toString();
      const found = byRange.get(key) ?? { prefix: range.prefix, members: new Set<ExistingRange>() };
      found.members.add(other).add(range);
      byRange.set(key, found);
    }
    open.push(range);
  }
  return [...byRange.values()].map(({ prefix, members }) => ({
    kind: "overlap",
    subject: prefix.toString(),
    message: `${prefix.size} addresses are in ${members.size} networks: ${listed([...members].map(describe))}; they cannot be connected, and only one of them can be in the plan`,
  }));
}

function describe(range: ExistingRange): string {
  return `${rangeLabel(range)} ${range.prefix}`;
}

/** Names at most this many. */
const LISTED = 4;

function listed(names: readonly string[]): string {
  const more = names.length - LISTED;
  return more > 1 ? `${names.slice(0, LISTED).join(", ")} and ${more} more` : names.join(", ");
}
