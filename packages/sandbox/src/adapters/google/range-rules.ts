import { AddressPlanError, Prefix } from "@cluster-ipam/address-plan";
import { type Transaction } from "@cluster-ipam/cloud-model";
import {
  internalRangeOf,
  internalRangesOf,
  invalid,
  type OccupiedRange,
  rangesIn,
  rangesOf,
  type Subnetwork,
} from "@cluster-ipam/cloud-model/google";
import { AUTO_MODE_RANGE, networkOf } from "./network";

/** Where no subnetwork can lie (VPC: "Prohibited IPv4 subnet ranges"), and GKE's managed range of Services. */
export const PROHIBITED_RANGES: readonly Prefix[] = [
  "0.0.0.0/8",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "199.36.153.4/30",
  "199.36.153.8/30",
  "224.0.0.0/4",
  "255.255.255.255/32",
  "34.118.224.0/20",
].map((cidr) => Prefix.parse(cidr));

const LARGEST = 4;
const SMALLEST = 29;

/**
 * Checks the ranges in which a subnetwork differs from what it was: possible, apart from every other
 * range of its network in any region, and reserved for it or for nobody.
 *
 * @param before undefined for a new one
 * @throws ServiceError invalid
 */
export function checkSubnetwork(
  transaction: Transaction,
  before: Subnetwork | undefined,
  after: Subnetwork,
): void {
  const others = rangesIn(transaction, after.network, after.id);
  const old = before ? rangesOf(before) : [];
  const own: OccupiedRange[] = [];
  [{ cidr: after.cidr, reserved: after.reserved }, ...after.secondary].forEach(({ cidr, reserved }, i) => {
    const name = after.secondary[i - 1]?.name;
    const field = i === 0 ? "resource.ipCidrRange" : `resource.secondaryIpRanges[${i - 1}].ipCidrRange`;
    const range: OccupiedRange = {
      prefix: parseRange(field, cidr),
      subnetwork: after,
      name: name ?? "",
      reserved,
    };
    const same = old.some((one) => (one.name ?? "") === range.name && one.prefix.equals(range.prefix));
    if (!same) checkRange(transaction, field, range, [...others, ...own]);
    own.push(range);
  });
}

function checkRange(
  transaction: Transaction,
  field: string,
  { prefix, subnetwork, reserved }: OccupiedRange,
  others: readonly OccupiedRange[],
): void {
  const cidr = String(prefix);
  const wrong = (why: string) => invalid(field, cidr, why);
  if (prefix.length < LARGEST || prefix.length > SMALLEST)
    throw wrong(`Invalid IPCidrRange: ${cidr} must be between /${LARGEST} and /${SMALLEST}.`);
  const prohibited = PROHIBITED_RANGES.find((range) => range.overlaps(prefix));
  if (prohibited)
    throw wrong(`Invalid IPCidrRange: ${cidr} overlaps with the prohibited range ${prohibited}.`);
  if (networkOf(transaction, subnetwork.network)?.auto && AUTO_MODE_RANGE.overlaps(prefix))
    throw wrong(`Extended subnetworks in auto subnet mode networks cannot overlap with ${AUTO_MODE_RANGE}.`);
  const other = others.find((one) => one.prefix.overlaps(prefix))?.subnetwork;
  if (other)
    throw wrong(
      `Invalid IPCidrRange: ${cidr} conflicts with existing subnetwork '${other.name}' in region '${other.region}'.`,
    );
  if (reserved !== undefined) checkReservation(transaction, field, prefix, subnetwork, reserved);
  const fence = internalRangesOf(transaction, subnetwork.network).find(
    (range) => range.id !== reserved && Prefix.parse(range.cidr).overlaps(prefix),
  );
  if (fence)
    throw wrong(`Invalid IPCidrRange: ${cidr} conflicts with existing internal range '${fence.id}'.`);
}

/** The range must be reserved for this network, for its own resources, and hold the subnetwork's range. */
function checkReservation(
  transaction: Transaction,
  field: string,
  prefix: Prefix,
  subnetwork: Subnetwork,
  reserved: string,
): void {
  const wrong = (why: string) =>
    invalid(field.replace(/ipCidrRange$/, "reservedInternalRange"), reserved, why);
  const range = internalRangeOf(transaction, reserved);
  if (!range) throw wrong("The referenced internal range was not found.");
  if (range.network !== subnetwork.network)
    throw wrong(`The internal range belongs to the network '${range.network}'.`);
  if (range.usage !== "FOR_VPC")
    throw wrong(`An internal range with usage ${range.usage} cannot be used by subnetworks.`);
  if (range.peering === "FOR_PEER")
    throw wrong("An internal range with peering FOR_PEER can be used in peer networks only.");
  if (!Prefix.parse(range.cidr).contains(prefix))
    throw wrong(`The range ${prefix} is not within the internal range ${range.cidr}.`);
}

/** Reads a range. @param family @default 4 @throws ServiceError invalid */
export function parseRange(field: string, cidr: string, family: 4 | 6 = 4): Prefix {
  try {
    return Prefix.parse(cidr, family);
  } catch (error) {
    if (error instanceof AddressPlanError)
      throw invalid(field, cidr, `Invalid IPCidrRange: ${error.message}.`);
    throw error;
  }
}
