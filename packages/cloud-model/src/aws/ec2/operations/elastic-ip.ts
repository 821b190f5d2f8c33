import {
  type AllocateAddressRequest,
  type AllocateAddressResult,
  type ReleaseAddressRequest,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { elasticIps } from "../documents/connectivity/elastic-ip";
import { natGatewayWith } from "../documents/connectivity/nat-gateway";
import { locationOf } from "../documents/located";
import { removeTags } from "../documents/tags";
import { addTags, tagsFor } from "../rules/tags";

/** TEST-NET-2 and TEST-NET-3 (RFC 5737): addresses that are routed nowhere. */
const networks = ["198.51.100", "203.0.113"];

/** Allocates an Elastic IP address from the documentation ranges. */
export function allocateAddress(
  context: RequestContext,
  input: AllocateAddressRequest,
): AllocateAddressResult {
  const taken = new Set(elasticIps.all(context).map(({ PublicIp }) => PublicIp));
  const PublicIp = networks
    .flatMap((network) => Array.from({ length: 254 }, (_, host) => `${network}.${host + 1}`))
    .find((address) => !taken.has(address));
  if (PublicIp === undefined)
    throw new ServiceError("AddressLimitExceeded", "The maximum number of addresses has been reached.");
  const AllocationId = elasticIps.newId(context);
  context.transaction.put(elasticIps, AllocationId, { ...locationOf(context), AllocationId, PublicIp });
  addTags(context, AllocationId, "elastic-ip", tagsFor("elastic-ip", input.TagSpecifications));
  return { AllocationId, PublicIp, Domain: "vpc", NetworkBorderGroup: context.caller.region };
}

/** Releases an Elastic IP address that no NAT gateway uses. */
export function releaseAddress(context: RequestContext, input: ReleaseAddressRequest): void {
  const { AllocationId } = elasticIps.get(context, input.AllocationId);
  if (natGatewayWith(context.transaction, AllocationId))
    throw new ServiceError("AuthFailure", "You do not have permission to access the specified resource.");
  context.transaction.remove(elasticIps, AllocationId);
  removeTags(context, AllocationId);
}
