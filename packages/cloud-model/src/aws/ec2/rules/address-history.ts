import { type RequestContext } from "../../../request-context";
import { type Transaction } from "../../../store/transaction";
import { ipams } from "../documents/ipam";
import { ipamAllocations } from "../documents/ipam-allocation";
import {
  closeSample,
  openSample,
  putOpenSample,
  removeSamples,
  type SampledCidr,
} from "../documents/sampled-cidr";
import { tagValues } from "../documents/tags";
import { discoveredBy } from "./discovered-resources";

type NewCidr = Pick<SampledCidr, "ResourceCidr" | "ResourceId" | "ResourceType" | "VpcId">;

/** Samples a new CIDR in the caller's account and Region, if an IPAM looks there. */
export function sampleNew({ transaction, caller }: RequestContext, cidr: NewCidr): void {
  const isSeen = transaction.find(ipams, ({ OperatingRegions }) => OperatingRegions.includes(caller.region));
  if (!isSeen) return;
  const location = { ResourceOwnerId: caller.owner, ResourceRegion: caller.region };
  putOpenSample(transaction, { ...cidr, ...location, start: transaction.now });
}

/** Samples what exists where a new or changed IPAM looks. */
export function sampleExisting(transaction: Transaction): void {
  for (const ipam of [...transaction.all(ipams)])
    for (const found of discoveredBy(transaction, ipam)) {
      const { ResourceCidr, ResourceId, ResourceOwnerId, ResourceRegion, ResourceType, VpcId } = found;
      const cidr = { ResourceCidr, ResourceId, ResourceOwnerId, ResourceRegion, ResourceType, VpcId };
      if (!openSample(transaction, cidr)) putOpenSample(transaction, { ...cidr, start: transaction.now });
    }
}

/** Ends the history of a CIDR that is about to go, while it still has its allocation and tags. */
export function sampleLast({ transaction }: RequestContext, ResourceId: string, ResourceCidr: string): void {
  const sample = openSample(transaction, { ResourceId, ResourceCidr });
  if (!sample) return;
  const allocation = transaction.find(
    ipamAllocations,
    (one) => one.ResourceId === ResourceId && one.Cidr === ResourceCidr,
  );
  closeSample(transaction, {
    ...sample,
    end: transaction.now,
    IpamPoolId: allocation?.IpamPoolId,
    ResourceName: tagValues(transaction, ResourceId)["Name"],
  });
}

/** Forgets all history with the last IPAM. */
export function forgetSamples(transaction: Transaction): void {
  if (!transaction.find(ipams, () => true)) removeSamples(transaction);
}
