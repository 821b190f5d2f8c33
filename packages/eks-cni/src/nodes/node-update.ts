import { EKS_SURGE_PER_ZONE } from "@cluster-ipam/address-plan";
import { ValidationError, warn } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";

/** EKS replaces no more nodes of a group at a time. */
const MOST_UNAVAILABLE = 100;

/** What decides how a group is updated. */
export interface UpdatedGroup {
  readonly name: string;
  readonly size: { readonly max: number };
  readonly maxUnavailable?: number | `${number}%`;
}

/**
 * The update settings of a node group. An update first adds as many nodes as it replaces at a time, or two for each zone if
 * that is more (EKS user guide, "Understand each phase of node updates"): the plan has room for two for each zone.
 *
 * @param zones number of the group's zones
 * @throws ValidationError for a number or share that EKS refuses
 */
export function updateConfig(
  where: Construct,
  { name, size, maxUnavailable }: UpdatedGroup,
  zones: number,
): { readonly maxUnavailable: number } | { readonly maxUnavailablePercentage: number } {
  const planned = EKS_SURGE_PER_ZONE * zones;
  if (maxUnavailable === undefined) return { maxUnavailable: planned };
  const share = typeof maxUnavailable === "string" ? /^(\d+)%$/.exec(maxUnavailable)?.[1] : undefined;
  const value = Number(share ?? maxUnavailable);
  if (!Number.isInteger(value) || value < 1 || value > 100)
    throw new ValidationError(
      where,
      `maxUnavailable is ${JSON.stringify(maxUnavailable)}; use 1 to 100 nodes, or a share from "1%" to "100%"`,
    );
  const added = Math.min(MOST_UNAVAILABLE, share === undefined ? value : Math.ceil((size.max * value) / 100));
  if (added > planned)
    warn(
      where,
      `an update of node group ${name} adds up to ${added} nodes, and the plan has addresses for ${planned} besides those of its nodes; use maxUnavailable ${planned}, or plan more nodes`,
    );
  return share === undefined ? { maxUnavailable: value } : { maxUnavailablePercentage: value };
}
