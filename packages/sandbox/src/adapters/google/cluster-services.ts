import { type Transaction } from "@cluster-ipam/cloud-model";
import { type Cluster, type SecondaryRange, subnetworkOf } from "@cluster-ipam/cloud-model/google";
import { type ConfigReader } from "../config-reader";

/** Where Services are when no range is asked for: outside of every subnetwork (GKE: "GKE-managed range"). */
export const MANAGED_SERVICES = "34.118.224.0/20";

/** The default pod range of a cluster; undefined where it is routes-based. */
export function podRangeOf(transaction: Transaction, { subnets }: Cluster): SecondaryRange | undefined {
  const [own] = subnets;
  const subnetwork = subnetworkOf(transaction, own!.subnetwork);
  return subnetwork?.secondary.find(({ name }) => name === own!.podRanges[0]);
}

/** The range of a cluster's Services, with an empty name where it is GKE's own. */
export function servicesRangeOf(
  transaction: Transaction,
  { id, subnets }: Cluster,
  policy: ConfigReader,
): { readonly name: string; readonly cidr: string } {
  const asked = policy.text("services_secondary_range_name");
  const found = subnetworkOf(transaction, subnets[0]!.subnetwork)?.secondary.find((range) =>
    asked === "" ? range.madeBy === id && range.purpose === "services" : range.name === asked,
  );
  return { name: found?.name ?? "", cidr: found?.cidr ?? MANAGED_SERVICES };
}
