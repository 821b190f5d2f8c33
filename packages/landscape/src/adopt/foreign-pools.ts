import { type AddressLock, type PlanDefinition } from "@cluster-ipam/address-plan";
import { type Landscape } from "../landscape/landscape";
import { type Finding } from "./finding";

/** IPAM pools in the plan's spaces from which somebody else may take addresses at any time. */
export function foreignPools(
  { ranges }: Landscape,
  { spaces }: PlanDefinition,
  { allocations }: AddressLock,
): readonly Finding[] {
  const planned = new Set([
    ...Object.values(spaces).flat().map(String),
    ...allocations.map(({ cidr }) => cidr),
  ]);
  const all = Object.entries(spaces).flatMap(([name, cidrs]) => cidrs.map((cidr) => ({ name, cidr })));
  return ranges.flatMap(({ kind, prefix, id, owner }) => {
    const space =
      kind === "ipam-pool" && !planned.has(prefix.toString())
        ? all.find(({ cidr }) => cidr.overlaps(prefix))
        : undefined;
    if (space === undefined) return [];
    const message = `the IPAM pool ${id}${owner === "" ? "" : ` of ${owner}`} has ${prefix} in the space ${space.name}; reserve it, or compose the plan's pools in its scope`;
    return [{ kind: "ipam-pool", subject: prefix.toString(), message } as const];
  });
}
