import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { type RequestContext } from "../../../request-context";
import { addressesIn } from "../../documents/address";
import { clustersOn } from "../../documents/cluster";
import { internalRangeOf } from "../../documents/internal-range";
import { poolsOn } from "../../documents/node-pool";
import { internalRangePath, subnetworkPath } from "../../documents/resource-path";
import {
  putSubnetwork,
  removeSubnetwork,
  type SecondaryRange,
  type Subnetwork,
  subnetworkOf,
} from "../../documents/subnetwork";
import {
  type ExpandRequest,
  type SecondaryRangeRequest,
  type SubnetworkPatch,
  type SubnetworkRangeRequest,
  type SubnetworkRequest,
} from "../../requests/compute";
import { existingSubnetwork } from "../../rules/existing";
import { alreadyExists, inUse, invalid, required } from "../../rules/refusals";
import { checkOneWay, checkSubnetwork } from "../../rules/subnetwork-ranges";
import { networkNamed } from "./networks";

/**
 * Creates a subnetwork whose ranges overlap no other range of the network.
 *
 * @throws ServiceError alreadyExists, badRequest, invalid, notFound, required
 */
export function insertSubnetwork(context: RequestContext, request: SubnetworkRequest): Subnetwork {
  const { owner: project, region } = context.caller;
  const { name, secondaryIpRanges = [] } = request;
  const id = subnetworkPath.format({ project, region, name });
  if (subnetworkOf(context.transaction, id)) throw alreadyExists(id);
  return saveSubnetwork(context, undefined, {
    id,
    project,
    region,
    name,
    network: networkNamed(context, request.network).id,
    ...rangeOf(context, request, "resource"),
    secondary: secondaryIpRanges.map((range, i) => secondaryRange(context, range, i)),
  });
}

/**
 * Expands the primary range: it never shrinks or moves, and stays in its internal range (VPC: "Expand a primary IPv4
 * range").
 *
 * @throws ServiceError invalid, notFound
 */
export function expandIpCidrRange(context: RequestContext, id: string, request: ExpandRequest): Subnetwork {
  const before = existingSubnetwork(context.transaction, id);
  const { ipCidrRange: cidr } = request;
  if (!Prefix.parse(cidr, 4).contains(Prefix.parse(before.cidr)))
    throw invalid("resource.ipCidrRange", cidr, `The range must contain the existing range ${before.cidr}.`);
  return saveSubnetwork(context, before, { ...before, cidr });
}

/**
 * Replaces the secondary ranges, by additions or removals but not both.
 *
 * @throws ServiceError badRequest, invalid, notFound, required, resourceInUseByAnotherResource
 */
export function patchSubnetwork(context: RequestContext, id: string, patch: SubnetworkPatch): Subnetwork {
  const before = existingSubnetwork(context.transaction, id);
  const secondary = patch.secondaryIpRanges.map((request, i) => {
    const range = secondaryRange(context, request, i);
    return { ...before.secondary.find(({ name }) => name === range.name), ...range };
  });
  checkOneWay(before.secondary, secondary);
  return saveSubnetwork(context, before, { ...before, secondary });
}

/** Deletes a subnetwork that no cluster and no address uses. @throws ServiceError notFound, resourceInUseByAnotherResource */
export function deleteSubnetwork({ transaction }: RequestContext, id: string): void {
  existingSubnetwork(transaction, id);
  const user =
    poolsOn(transaction, id)[0] ?? clustersOn(transaction, id)[0] ?? addressesIn(transaction, id)[0];
  if (user) throw inUse("subnetwork", id, user.id);
  removeSubnetwork(transaction, id);
}

/** Checks and stores a subnetwork that a user or GKE made or changed. @throws ServiceError see `checkSubnetwork` */
export function saveSubnetwork(
  context: Pick<RequestContext, "transaction" | "quotas">,
  before: Subnetwork | undefined,
  after: Subnetwork,
): Subnetwork {
  checkSubnetwork(context, before, after);
  return putSubnetwork(context.transaction, after);
}

function secondaryRange(
  context: RequestContext,
  request: SecondaryRangeRequest,
  index: number,
): SecondaryRange {
  const field = `resource.secondaryIpRanges[${index}]`;
  const { rangeName: name } = request;
  if (!name) throw required(`${field}.rangeName`);
  return { name, ...rangeOf(context, request, field) };
}

/** A range without a CIDR is the whole internal range that it is taken from. */
function rangeOf(
  { transaction, caller }: RequestContext,
  { ipCidrRange: cidr = "", reservedInternalRange: text = "" }: SubnetworkRangeRequest,
  field: string,
): { readonly cidr: string; readonly reserved: string | undefined } {
  const reserved = text === "" ? undefined : internalRangePath.expand(text, { project: caller.owner });
  if (text !== "" && !reserved)
    throw invalid(`${field}.reservedInternalRange`, text, "The URL is malformed.");
  if (cidr === "" && !reserved) throw required(`${field}.ipCidrRange`);
  const whole = reserved === undefined ? undefined : internalRangeOf(transaction, reserved);
  if (cidr === "" && !whole)
    throw invalid(`${field}.reservedInternalRange`, text, "The referenced internal range was not found.");
  return { cidr: cidr || whole!.cidr, reserved };
}
