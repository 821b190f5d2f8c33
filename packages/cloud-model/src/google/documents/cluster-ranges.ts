import { type Transaction } from "../../store/transaction";
import { type Cluster } from "./cluster";
import { type SecondaryRange, subnetworkOf } from "./subnetwork";

/** Where Services are unless a range is requested: outside of every subnetwork (GKE: "GKE-managed range"). */
const MANAGED_SERVICES = "34.118.224.0/20";

/** The default pod range of a cluster; undefined where it is routes-based. */
export function podRangeOf(transaction: Transaction, { subnets }: Cluster): SecondaryRange | undefined {
  const [own] = subnets;
  return secondaryRangeOf(transaction, own!.subnetwork, own!.podRanges[0]);
}

/** The range of a cluster's Services; the name of GKE's managed range is empty. */
export function servicesRangeOf(
  transaction: Transaction,
  { subnets, servicesRange }: Cluster,
): { readonly name: string; readonly cidr: string } {
  const found = secondaryRangeOf(transaction, subnets[0]!.subnetwork, servicesRange);
  return { name: found?.name ?? "", cidr: found?.cidr ?? MANAGED_SERVICES };
}

const secondaryRangeOf = (
  transaction: Transaction,
  subnetwork: string,
  wanted: string | undefined,
): SecondaryRange | undefined =>
  subnetworkOf(transaction, subnetwork)?.secondary.find(({ name }) => name === wanted);
