import { byAddress } from "../../read/ipv4-range";
import { type Finding, type Rule } from "../policy";
import { type ResourceCidr, resourceCidrs } from "../resource-cidr";

/** Forbids overlapping networks and overlapping subnets. */
export const noOverlap: Rule = {
  name: "no-overlap",
  description:
    "Networks do not overlap, and subnets do not overlap, within an environment, across both clouds.",
  check: ({ resources }) => {
    const cidrs = resourceCidrs(resources);
    return (["network", "subnet"] as const).flatMap((level) =>
      overlaps(cidrs.filter((other) => other.level === level)),
    );
  },
};

function overlaps(cidrs: readonly ResourceCidr[]): Finding[] {
  const sorted = [...cidrs].sort((a, b) => byAddress(a.range, b.range));
  const findings: Finding[] = [];
  let furthest: ResourceCidr | undefined;
  for (const next of sorted) {
    if (furthest !== undefined && next.range.first <= furthest.range.last) {
      const { stack, address } = next.resource;
      const other = `${furthest.cidr} of ${furthest.resource.stack}: ${furthest.resource.address}`;
      findings.push({ stack, address, message: `${next.cidr} overlaps ${other}; change one of the CIDRs` });
    }
    if (furthest === undefined || next.range.last > furthest.range.last) furthest = next;
  }
  return findings;
}
