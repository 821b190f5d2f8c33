import { Prefix } from "@cluster-ipam/address-plan";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { ServiceError, type Transaction } from "@cluster-ipam/cloud-model";
import {
  badRequest,
  type Choice,
  chooseFree,
  type InternalRange,
  internalRangeOf,
  internalRangesOf,
  inUse,
  type OccupiedRange,
  putInternalRange,
  rangesIn,
  removeInternalRange,
} from "@cluster-ipam/cloud-model/google";
import { type ResourceContext, type ResourceModel } from "../resource-model";
import { ConfigReader } from "../config-reader";
import { networkNamed } from "./network";
import { parseRange } from "./range-rules";
import { internalRangePath } from "./resource-path";

const DEFAULT_TARGETS = ["10.0.0.0/8"];
/** Among how many of the lowest blocks RANDOM_FIRST_N_AVAILABLE chooses, when it is not said. */
const DEFAULT_LOOKUP = 100;

/**
 * google_network_connectivity_internal_range: an explicit block, or a free one of a length. Blocks of a
 * network lie apart, and apart from its subnetworks unless they may overlap.
 */
export const internalRange: ResourceModel = {
  create(context: ResourceContext, planned: ObjectValue): ObjectValue {
    const { transaction, caller } = context;
    const asked = new ConfigReader(planned);
    const id = internalRangePath.of({ project: caller.owner, name: asked.text("name") });
    const network = networkNamed(transaction, caller, asked.text("network")).id;
    const range = rangeFrom(transaction, id, network, asked);
    putInternalRange(transaction, range);
    return { ip_cidr_range: range.cidr, users: [] };
  },
  update(context: ResourceContext, prior: ObjectValue, planned: ObjectValue): ObjectValue {
    const { transaction, caller } = context;
    const asked = new ConfigReader(planned);
    const before = internalRangeOf(transaction, String(prior["id"]));
    if (!before) throw new ServiceError("notFound", `Resource '${String(prior["id"])}' was not found`, 404);
    if (networkNamed(transaction, caller, asked.text("network")).id !== before.network)
      throw badRequest("The network of an internal range cannot be changed.");
    const after = sameRequest(prior, planned)
      ? before
      : rangeFrom(transaction, before.id, before.network, asked);
    checkChange(transaction, before, after);
    putInternalRange(transaction, after);
    return { ip_cidr_range: after.cidr };
  },
  delete({ transaction }: ResourceContext, state: ObjectValue): void {
    const id = String(state["id"]);
    const range = internalRangeOf(transaction, id);
    const user = range && usersOf(transaction, range)[0];
    if (user) throw inUse("internalRange", id, user.subnetwork.id);
    removeInternalRange(transaction, id);
  },
  read({ transaction }: ResourceContext, state: ObjectValue): ObjectValue | null {
    const range = internalRangeOf(transaction, String(state["id"]));
    if (!range) return null;
    const users = new Set(usersOf(transaction, range).map(({ subnetwork }) => subnetwork.id));
    return {
      ip_cidr_range: range.cidr,
      users: [...users].map((id) => `https://www.googleapis.com/compute/v1/${id}`),
    };
  },
};

/** The ranges of subnetworks that were taken from an internal range. */
const usersOf = (transaction: Transaction, range: InternalRange): readonly OccupiedRange[] =>
  rangesIn(transaction, range.network).filter(({ reserved }) => reserved === range.id);

const deciding = ["ip_cidr_range", "prefix_length", "target_cidr_range", "exclude_cidr_ranges"];

const sameRequest = (prior: ObjectValue, planned: ObjectValue): boolean =>
  deciding.every((name) => JSON.stringify(prior[name] ?? null) === JSON.stringify(planned[name] ?? null));

function rangeFrom(
  transaction: Transaction,
  id: string,
  network: string,
  asked: ConfigReader,
): InternalRange {
  const usage = asked.text("usage");
  const peering = asked.text("peering");
  const immutable = asked.flag("immutable");
  const cidr = String(
    explicitRange(transaction, id, network, asked) ?? allocate(transaction, id, network, asked),
  );
  return { id, network, cidr, usage, peering, immutable };
}

function explicitRange(
  transaction: Transaction,
  id: string,
  network: string,
  asked: ConfigReader,
): Prefix | undefined {
  const text = asked.text("ip_cidr_range");
  if (text === "") return undefined;
  const prefix = parseRange("internal_range.ip_cidr_range", text, text.includes(":") ? 6 : 4);
  const length = asked.number("prefix_length");
  if (length !== undefined && length !== prefix.length)
    throw badRequest(`The prefix length ${length} does not match the CIDR range ${text}.`);
  const external = asked.text("usage") === "EXTERNAL_TO_VPC" && asked.text("peering") === "FOR_SELF";
  if (prefix.family === 6 && !external)
    throw badRequest("IPv6 internal ranges must have usage EXTERNAL_TO_VPC and peering FOR_SELF.");
  const other = internalRangesOf(transaction, network).find(
    (range) => range.id !== id && Prefix.parse(range.cidr).overlaps(prefix),
  );
  if (other)
    throw badRequest(`The range ${text} overlaps with the internal range '${other.id}' (${other.cidr}).`);
  if (mayOverlapSubnets(asked)) return prefix;
  const taken = rangesIn(transaction, network).find(
    (range) => range.reserved !== id && range.prefix.overlaps(prefix),
  );
  if (taken)
    throw badRequest(
      `The range ${text} overlaps with the subnet '${taken.subnetwork.id}' (${taken.prefix}).`,
    );
  return prefix;
}

function allocate(transaction: Transaction, id: string, network: string, asked: ConfigReader): Prefix {
  const length = asked.number("prefix_length");
  if (length === undefined) throw badRequest("Either ip_cidr_range or prefix_length must be specified.");
  const texts = asked.texts("target_cidr_range");
  const targets = texts.length > 0 ? texts : DEFAULT_TARGETS;
  const subnets = mayOverlapSubnets(asked) ? [] : rangesIn(transaction, network).map(({ prefix }) => prefix);
  const used = [
    ...subnets,
    ...internalRangesOf(transaction, network).map(({ cidr }) => Prefix.parse(cidr)),
    ...asked.texts("exclude_cidr_ranges").map((cidr) => parseRange("exclude_cidr_ranges", cidr)),
  ];
  const prefixes = targets.map((cidr) => parseRange("target_cidr_range", cidr));
  const found = chooseFree(
    prefixes,
    used.filter(({ family }) => family === 4),
    length,
    choiceOf(asked, id),
  );
  if (!found)
    throw new ServiceError(
      "failedPrecondition",
      `No free range with prefix length ${length} is available in the target CIDR ranges ${targets.join(", ")} of network '${network}'.`,
    );
  return found;
}

/** RANDOM unless said; what is random in Google is the same in every run here. */
function choiceOf(asked: ConfigReader, seed: string): Choice {
  const options = asked.block("allocation_options");
  switch (options.text("allocation_strategy")) {
    case "FIRST_AVAILABLE":
      return { by: "first" };
    case "FIRST_SMALLEST_FITTING":
      return { by: "smallest" };
    case "RANDOM_FIRST_N_AVAILABLE":
      return {
        by: "seed",
        seed,
        among: options.number("first_available_ranges_lookup_size") ?? DEFAULT_LOOKUP,
      };
    default:
      return { by: "seed", seed };
  }
}

const mayOverlapSubnets = (asked: ConfigReader): boolean =>
  asked.texts("overlaps").includes("OVERLAP_EXISTING_SUBNET_RANGE");

function checkChange(transaction: Transaction, before: InternalRange, after: InternalRange): void {
  if (before.immutable && after.cidr !== before.cidr)
    throw badRequest(`The internal range '${before.id}' is immutable; only its description can be changed.`);
  const left = usersOf(transaction, before).find(({ prefix }) => !Prefix.parse(after.cidr).contains(prefix));
  if (left) throw inUse("internalRange", before.id, left.subnetwork.id);
}
