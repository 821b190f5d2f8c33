import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { ServiceError } from "../../service-error";
import { type Transaction } from "../../store/transaction";
import { type InternalRange, internalRangesOf } from "../documents/internal-range";
import { rangesFrom, rangesIn } from "../documents/subnetwork";
import { type InternalRangeRequest } from "../requests/networkconnectivity";
import { type Choice, chooseFree } from "./free-range";
import { parseRange } from "./range";
import { badRequest, inUse } from "./refusals";

const DEFAULT_TARGETS = ["10.0.0.0/8"];
/** Among how many of the lowest blocks RANDOM_FIRST_N_AVAILABLE chooses by default. */
const DEFAULT_LOOKUP = 100;

/** An internal range by its full name, in a network given by its id. */
type RangeName = Pick<InternalRange, "id" | "network">;

/**
 * The block of an internal range: the requested one, or a free one of the requested length. Blocks of a network do
 * not overlap each other, nor its subnetworks unless the request allows it.
 *
 * @throws ServiceError badRequest, invalid, failedPrecondition where no block is free
 */
export const internalRangeBlock = (
  transaction: Transaction,
  name: RangeName,
  request: InternalRangeRequest,
): Prefix => explicitBlock(transaction, name, request) ?? freeBlock(transaction, name, request);

function explicitBlock(
  transaction: Transaction,
  { id, network }: RangeName,
  request: InternalRangeRequest,
): Prefix | undefined {
  const { ipCidrRange: text, prefixLength, usage, peering } = request;
  if (!text) return undefined;
  const prefix = parseRange("internal_range.ip_cidr_range", text, text.includes(":") ? 6 : 4);
  if (prefixLength !== undefined && prefixLength !== prefix.length)
    throw badRequest(`The prefix length ${prefixLength} does not match the CIDR range ${text}.`);
  if (prefix.family === 6 && !(usage === "EXTERNAL_TO_VPC" && peering === "FOR_SELF"))
    throw badRequest("IPv6 internal ranges must have usage EXTERNAL_TO_VPC and peering FOR_SELF.");
  const other = internalRangesOf(transaction, network).find(
    (range) => range.id !== id && Prefix.parse(range.cidr).overlaps(prefix),
  );
  if (other)
    throw badRequest(`The range ${text} overlaps with the internal range '${other.id}' (${other.cidr}).`);
  if (mayOverlapSubnets(request)) return prefix;
  const taken = rangesIn(transaction, network).find(
    (range) => range.reserved !== id && range.prefix.overlaps(prefix),
  );
  if (taken)
    throw badRequest(
      `The range ${text} overlaps with the subnet '${taken.subnetwork.id}' (${taken.prefix}).`,
    );
  return prefix;
}

function freeBlock(
  transaction: Transaction,
  { id, network }: RangeName,
  request: InternalRangeRequest,
): Prefix {
  const { prefixLength, targetCidrRange = [], excludeCidrRanges = [] } = request;
  if (prefixLength === undefined)
    throw badRequest("Either ip_cidr_range or prefix_length must be specified.");
  const targets = targetCidrRange.length > 0 ? targetCidrRange : DEFAULT_TARGETS;
  const subnets = mayOverlapSubnets(request)
    ? []
    : rangesIn(transaction, network).map(({ prefix }) => prefix);
  const used = [
    ...subnets,
    ...internalRangesOf(transaction, network).map(({ cidr }) => Prefix.parse(cidr)),
    ...excludeCidrRanges.map((cidr) => parseRange("exclude_cidr_ranges", cidr)),
  ];
  const found = chooseFree(
    targets.map((cidr) => parseRange("target_cidr_range", cidr)),
    used.filter(({ family }) => family === 4),
    prefixLength,
    choiceOf(request, id),
  );
  if (!found)
    throw new ServiceError(
      "failedPrecondition",
      `No free range with prefix length ${prefixLength} is available in the target CIDR ranges ${targets.join(", ")} of network '${network}'.`,
    );
  return found;
}

/** RANDOM by default; what is random in Google is the same in every run here. */
function choiceOf({ allocationOptions = {} }: InternalRangeRequest, seed: string): Choice {
  const { allocationStrategy, firstAvailableRangesLookupSize: among = DEFAULT_LOOKUP } = allocationOptions;
  switch (allocationStrategy) {
    case "FIRST_AVAILABLE":
      return { by: "first" };
    case "FIRST_SMALLEST_FITTING":
      return { by: "smallest" };
    case "RANDOM_FIRST_N_AVAILABLE":
      return { by: "seed", seed, among };
    default:
      return { by: "seed", seed };
  }
}

const mayOverlapSubnets = ({ overlaps = [] }: InternalRangeRequest): boolean =>
  overlaps.includes("OVERLAP_EXISTING_SUBNET_RANGE");

/**
 * Checks that an internal range may change at all (VPC: "Internal ranges overview": "If an internal range is immutable,
 * you can only modify the range's description").
 *
 * @param updateMask names of the members that change
 * @throws ServiceError badRequest
 */
export function checkMutable({ id, immutable }: InternalRange, updateMask: readonly string[]): void {
  if (immutable && updateMask.some((member) => member !== "description"))
    throw badRequest(`The internal range '${id}' is immutable; only its description can be changed.`);
}

/**
 * Checks the new block of an internal range: ranges taken from it stay inside.
 *
 * @throws ServiceError resourceInUseByAnotherResource
 */
export function checkBlockChange(
  transaction: Transaction,
  before: InternalRange,
  after: InternalRange,
): void {
  const outside = rangesFrom(transaction, before).find(
    ({ prefix }) => !Prefix.parse(after.cidr).contains(prefix),
  );
  if (outside) throw inUse("internalRange", before.id, outside.subnetwork.id);
}
