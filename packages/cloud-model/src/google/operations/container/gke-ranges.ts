import { identifier } from "../../../store/identifier";
import { type RequestContext } from "../../../request-context";
import { type Cluster } from "../../documents/cluster";
import {
  type RangePurpose,
  removeSubnetwork,
  type SecondaryRange,
  type Subnetwork,
  subnetworksWhere,
} from "../../documents/subnetwork";
import { type Placement } from "../../rules/node-placement";
import { saveSubnetwork } from "../compute/subnetworks";

/**
 * Adds a secondary range that belongs to a cluster.
 *
 * @param rangeName @default one of GKE's choice
 * @throws ServiceError badRequest, invalid
 */
export function addGkeRange(
  context: RequestContext,
  { id, name }: Pick<Cluster, "id" | "name">,
  subnetwork: Subnetwork,
  cidr: string,
  purpose: RangePurpose,
  rangeName = "",
): Placement & { readonly podRange: SecondaryRange } {
  const noun = purpose === "services" ? "services" : "pods";
  const range: SecondaryRange = {
    name: rangeName || `gke-${name}-${noun}-${identifier(`${id}/${subnetwork.id}/${cidr}`, 8)}`,
    cidr,
    madeBy: id,
    purpose,
  };
  const secondary = [...subnetwork.secondary, range];
  return {
    subnetwork: saveSubnetwork(context, subnetwork, { ...subnetwork, secondary }),
    podRange: range,
  };
}

/** Removes what GKE made for a cluster: its subnetworks, and its secondary ranges on others. */
export function removeRangesOf(context: RequestContext, cluster: string): void {
  const { transaction } = context;
  for (const { id } of subnetworksWhere(transaction, ({ madeBy }) => madeBy === cluster))
    removeSubnetwork(transaction, id);
  const has = (subnetwork: Subnetwork) => subnetwork.secondary.some(({ madeBy }) => madeBy === cluster);
  for (const subnetwork of subnetworksWhere(transaction, has)) {
    const secondary = subnetwork.secondary.filter(({ madeBy }) => madeBy !== cluster);
    saveSubnetwork(context, subnetwork, { ...subnetwork, secondary });
  }
}
