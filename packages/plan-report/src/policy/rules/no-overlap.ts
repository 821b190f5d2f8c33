import { byAddress } from "../../read/ipv4-range";
import { type Finding, type Rule } from "../policy";
import { type TakenCidr, takenCidrs } from "../resource-cidr";

/** Two networks never share addresses, nor do two subnets. */
export const noOverlap: Rule = {
  name: "no-overlap",
  description: "No two networks and no two subnets of an environment share an address, on either cloud.",
  check: ({ resources }) => {
    const taken = takenCidrs(resources);
    return (["network", "subnet"] as const).flatMap((level) =>
      overlaps(taken.filter((other) => other.level === level)),
    );
  },
};

function overlaps(taken: readonly TakenCidr[]): Finding[] {
  const sorted = [...taken].sort((a, b) => byAddress(a.range, b.range));
  const findings: Finding[] = [];
  let reaching: TakenCidr | undefined;
  for (const next of sorted) {
    if (reaching !== undefined && next.range.first <= reaching.range.last) {
      const { stack, address } = next.resource;
      const other = `${reaching.cidr} of ${reaching.resource.stack}: ${reaching.resource.address}`;
      findings.push({ stack, address, message: `${next.cidr} overlaps ${other}; give one another CIDR` });
    }
    if (reaching === undefined || next.range.last > reaching.range.last) reaching = next;
  }
  return findings;
}
