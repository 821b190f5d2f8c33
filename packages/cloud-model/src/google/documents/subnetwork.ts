import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { Kind } from "../../store/kind";
import { type Transaction } from "../../store/transaction";
import { removeSubnetworkPolicy, subnetworkPolicyOf } from "./subnetwork-policy";

/** What GKE adds a range for: a cluster's pods or Services, or a node pool, with which the range is removed. */
export type RangePurpose = "pods" | "services" | "pool";

/** A secondary range of a subnetwork. */
export interface SecondaryRange {
  readonly name: string;
  readonly cidr: string;
  /** The internal range it is taken from. */
  readonly reserved?: string | undefined;
  /** The cluster for which GKE added it. */
  readonly madeBy?: string;
  /** Set where GKE added it. */
  readonly purpose?: RangePurpose;
}

/** A subnetwork with its ranges, made by a user or by Google. */
export interface Subnetwork {
  /** `projects/…/regions/…/subnetworks/…` */
  readonly id: string;
  readonly project: string;
  readonly region: string;
  readonly name: string;
  /** Id of the network. */
  readonly network: string;
  /** Primary range. */
  readonly cidr: string;
  /** The internal range that the primary range is taken from. */
  readonly reserved?: string | undefined;
  readonly secondary: readonly SecondaryRange[];
  /** The cluster or network for which Google made it. */
  readonly madeBy?: string;
}

/** A range in which addresses of a network lie. */
export interface OccupiedRange {
  readonly prefix: Prefix;
  readonly subnetwork: Subnetwork;
  /** Name of the secondary range; absent for the primary range. */
  readonly name?: string;
  /** Id of the internal range it is taken from. */
  readonly reserved?: string | undefined;
}

const kind = new Kind<Subnetwork>("google/subnetwork");

/** The subnetwork, or undefined. @param id its full name */
export const subnetworkOf = (transaction: Transaction, id: string): Subnetwork | undefined =>
  transaction.get(kind, id);

/** The subnetworks of a network, in every region. */
export const subnetworksOf = (transaction: Transaction, network: string): readonly Subnetwork[] =>
  transaction.filter(kind, (subnetwork) => subnetwork.network === network);

/** Subnetworks that fulfil a condition, in any network. */
export const subnetworksWhere = (
  transaction: Transaction,
  condition: (subnetwork: Subnetwork) => boolean,
): readonly Subnetwork[] => transaction.filter(kind, condition);

/** Makes or changes a subnetwork. */
export const putSubnetwork = (transaction: Transaction, subnetwork: Subnetwork): Subnetwork =>
  transaction.put(kind, subnetwork.id, subnetwork);

/** Removes a subnetwork with its IAM policy. */
export function removeSubnetwork(transaction: Transaction, id: string): void {
  if (subnetworkPolicyOf(transaction, id)) removeSubnetworkPolicy(transaction, id);
  transaction.remove(kind, id);
}

/** The ranges of a subnetwork, the primary one first. */
export const rangesOf = (subnetwork: Subnetwork): readonly OccupiedRange[] => [
  { prefix: Prefix.parse(subnetwork.cidr), subnetwork, reserved: subnetwork.reserved },
  ...subnetwork.secondary.map(({ name, cidr, reserved }) => ({
    prefix: Prefix.parse(cidr),
    subnetwork,
    name,
    reserved,
  })),
];

/** Every range of a network. @param except id of a subnetwork to leave out */
export const rangesIn = (
  transaction: Transaction,
  network: string,
  except?: string,
): readonly OccupiedRange[] =>
  subnetworksOf(transaction, network)
    .filter(({ id }) => id !== except)
    .flatMap(rangesOf);

/** The ranges of subnetworks that were taken from an internal range. */
export const rangesFrom = (
  transaction: Transaction,
  { id, network }: { readonly id: string; readonly network: string },
): readonly OccupiedRange[] => rangesIn(transaction, network).filter(({ reserved }) => reserved === id);
