import { ServiceError } from "../../../service-error";
import { type RequestContext } from "../../../request-context";
import {
  type InternalRange,
  internalRangeOf,
  putInternalRange,
  removeInternalRange,
} from "../../documents/internal-range";
import { internalRangePath } from "../../documents/resource-path";
import { rangesFrom } from "../../documents/subnetwork";
import { type InternalRangeRequest } from "../../requests/networkconnectivity";
import { checkBlockChange, checkMutable, internalRangeBlock } from "../../rules/internal-range-block";
import { badRequest, inUse } from "../../rules/refusals";
import { networkNamed } from "../compute/networks";

/**
 * Creates an internal range: the requested block, or a free one of the requested length.
 *
 * @param name its last part
 * @throws ServiceError badRequest, failedPrecondition, notFound
 */
export function createInternalRange(
  context: RequestContext,
  name: string,
  request: InternalRangeRequest,
): InternalRange {
  const id = internalRangePath.format({ project: context.caller.owner, name });
  const network = networkNamed(context, request.network).id;
  const cidr = String(internalRangeBlock(context.transaction, { id, network }, request));
  const { usage, peering, immutable = false } = request;
  return putInternalRange(context.transaction, { id, network, cidr, usage, peering, immutable });
}

/** The members of a request that decide the block. */
const BLOCK_MEMBERS: readonly string[] = [
  "ipCidrRange",
  "prefixLength",
  "targetCidrRange",
  "excludeCidrRanges",
];

/**
 * Changes an internal range.
 *
 * @param updateMask names of the members that change; the block is chosen again only if one of them decides it
 * @throws ServiceError badRequest, failedPrecondition, notFound, resourceInUseByAnotherResource
 */
export function patchInternalRange(
  context: RequestContext,
  id: string,
  request: InternalRangeRequest,
  updateMask: readonly string[],
): InternalRange {
  const { transaction } = context;
  const before = existingRange(context, id);
  const { network } = before;
  checkMutable(before, updateMask);
  if (networkNamed(context, request.network).id !== network)
    throw badRequest("The network of an internal range cannot be changed.");
  const moves = updateMask.some((member) => BLOCK_MEMBERS.includes(member));
  const after = {
    ...before,
    usage: updateMask.includes("usage") ? request.usage : before.usage,
    peering: updateMask.includes("peering") ? request.peering : before.peering,
    cidr: moves ? String(internalRangeBlock(transaction, { id, network }, request)) : before.cidr,
  };
  checkBlockChange(transaction, before, after);
  return putInternalRange(transaction, after);
}

/**
 * Deletes an internal range that no subnetwork uses: Google answers "already being used" for one with users
 * (hashicorp/terraform-provider-google#27175).
 *
 * @throws ServiceError notFound, resourceInUseByAnotherResource
 */
export function deleteInternalRange(context: RequestContext, id: string): void {
  const [user] = rangesFrom(context.transaction, existingRange(context, id));
  if (user) throw inUse("internalRange", id, user.subnetwork.id);
  removeInternalRange(context.transaction, id);
}

function existingRange({ transaction }: RequestContext, id: string): InternalRange {
  const found = internalRangeOf(transaction, id);
  if (!found) throw new ServiceError("notFound", `Resource '${id}' was not found`, 404);
  return found;
}
