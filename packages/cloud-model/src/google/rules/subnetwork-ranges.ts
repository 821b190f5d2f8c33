import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { type RequestContext } from "../../request-context";
import { type Transaction } from "../../store/transaction";
import { clustersOn } from "../documents/cluster";
import { internalRangeOf, internalRangesOf } from "../documents/internal-range";
import { networkOf } from "../documents/network";
import { poolsOn } from "../documents/node-pool";
import {
  type OccupiedRange,
  rangesIn,
  rangesOf,
  type SecondaryRange,
  type Subnetwork,
} from "../documents/subnetwork";
import { AUTO_MODE_RANGE, parseRange, PROHIBITED_RANGES } from "./range";
import { badRequest, inUse, invalid } from "./refusals";

/** Netmask lengths of the largest and the smallest range. */
const LARGEST = 4;
const SMALLEST = 29;

/**
 * Checks a new or changed subnetwork: how many ranges it has, the ranges that differ from before, and that no pods
 * use the ranges that are removed.
 *
 * @param before undefined for a new one
 * @throws ServiceError badRequest, invalid, resourceInUseByAnotherResource
 */
export function checkSubnetwork(
  { transaction, quotas }: Pick<RequestContext, "transaction" | "quotas">,
  before: Subnetwork | undefined,
  after: Subnetwork,
): void {
  const most = quotas.secondaryRangesPerSubnetwork;
  if (after.secondary.length > most)
    throw badRequest(`Exceeded maximum supported number of secondary ranges per subnetwork: ${most}.`);
  const repeated = after.secondary.findIndex(
    ({ name }, i) => after.secondary.findIndex((one) => one.name === name) < i,
  );
  if (repeated >= 0)
    throw invalid(
      `resource.secondaryIpRanges[${repeated}].rangeName`,
      after.secondary[repeated]!.name,
      "The secondary range name must be unique within the subnetwork.",
    );
  checkRanges(transaction, before, after);
  if (before) checkReleased(transaction, before, after);
}

/** Secondary ranges that are removed or changed must not be used by pods or Services (VPC: "Work with subnets"). */
function checkReleased(transaction: Transaction, before: Subnetwork, after: Subnetwork): void {
  for (const { name, cidr } of before.secondary) {
    if (after.secondary.some((range) => range.name === name && range.cidr === cidr)) continue;
    const cluster = clustersOn(transaction, before.id).find(
      ({ subnets, servicesRange }) =>
        subnets.some(({ subnetwork, podRanges }) => subnetwork === before.id && podRanges.includes(name)) ||
        (servicesRange === name && subnets[0]!.subnetwork === before.id),
    );
    const user = poolsOn(transaction, before.id).find(({ podRange }) => podRange === name) ?? cluster;
    if (user) throw inUse("subnetwork", `${before.id}' secondary range '${name}`, user.id);
  }
}

/**
 * Checks that a change only adds or only removes secondary ranges (VPC: "Configure alias IP ranges", "Limitations";
 * wording: hashicorp/terraform-provider-google#2570). Another CIDR for a name is both.
 *
 * @throws ServiceError invalid
 */
export function checkOneWay(before: readonly SecondaryRange[], after: readonly SecondaryRange[]): void {
  const without = (ranges: readonly SecondaryRange[], others: readonly SecondaryRange[]) =>
    ranges.filter(({ name, cidr }) => !others.some((one) => one.name === name && one.cidr === cidr));
  const [added, removed] = [without(after, before), without(before, after)].map((ranges) =>
    ranges.map(({ cidr }) => cidr).join(", "),
  );
  if (!added || !removed) return;
  throw invalid(
    "resource.secondaryIpRanges",
    "",
    `Cannot add and remove secondary IP ranges in the same request. Added ranges: [${added}]. Removed ranges: [${removed}].`,
  );
}

/** New ranges overlap no other range of the network in any region, and no internal range but the one they name. */
function checkRanges(transaction: Transaction, before: Subnetwork | undefined, after: Subnetwork): void {
  const others = rangesIn(transaction, after.network, after.id);
  const old = before ? rangesOf(before) : [];
  const own = [{ cidr: after.cidr, reserved: after.reserved, name: "" }, ...after.secondary].map(
    ({ cidr, reserved, name }, i): OccupiedRange => {
      return { prefix: parseRange(fieldOf(i), cidr), subnetwork: after, name, reserved };
    },
  );
  const isOld = ({ name, prefix }: OccupiedRange) =>
    old.some((one) => (one.name ?? "") === name && one.prefix.equals(prefix));
  own.forEach((range, i) => {
    if (isOld(range)) return;
    const known = own.filter((one, at) => at < i || (at > i && isOld(one)));
    checkRange(transaction, fieldOf(i), range, [...others, ...known]);
  });
}

/** The field of a range: the primary range is the first. */
const fieldOf = (index: number): string =>
  index === 0 ? "resource.ipCidrRange" : `resource.secondaryIpRanges[${index - 1}].ipCidrRange`;

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

/** The internal range must belong to this network, be usable by its subnetworks, and contain the range. */
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
