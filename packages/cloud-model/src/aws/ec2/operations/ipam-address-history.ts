import {
  type GetIpamAddressHistoryRequest,
  type GetIpamAddressHistoryResult,
  type IpamAddressHistoryRecord,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ipamPools } from "../documents/ipam-pool";
import { type IpamScope, ipamScopes } from "../documents/ipam-scope";
import { invalidValue, required } from "../documents/refusals";
import { type SampledCidr, samplesOf } from "../documents/sampled-cidr";
import { readCidr } from "../rules/cidr";
import { filterAndPage, type Listing } from "./filter-and-page";
import { resourcesIn } from "./ipam-resource";

/**
 * Lists which VPCs and subnets of a scope had exactly a CIDR between two times, oldest first. The status of one that exists
 * is that of now.
 */
export function getIpamAddressHistory(
  context: RequestContext,
  input: GetIpamAddressHistoryRequest,
): GetIpamAddressHistoryResult {
  const { transaction } = context;
  const scope = ipamScopes.get(context, input.IpamScopeId);
  const cidr = readCidr(required(input.Cidr, "Cidr")).toString();
  const until = input.EndTime?.getTime() ?? transaction.now;
  const from = input.StartTime?.getTime() ?? until;
  if (from > until) throw invalidValue("The start time must not be after the end time.");
  const records = samplesOf(transaction, cidr)
    .filter(({ start, end, VpcId }) => {
      const isThen = start <= until && (end ?? from) >= from;
      return isThen && (input.VpcId ?? VpcId) === VpcId;
    })
    .flatMap((sample) => {
      const record =
        sample.end === undefined ? current(context, scope, sample) : past(context, scope, sample);
      return record ? [record] : [];
    });
  const { MaxResults, NextToken: token } = input;
  const page = filterAndPage(context, records, listing, { MaxResults, NextToken: token });
  return { HistoryRecords: [...page.documents], NextToken: page.NextToken };
}

/** The record of a CIDR that exists; undefined if it is not in the scope. */
function current(
  context: RequestContext,
  scope: IpamScope,
  sample: SampledCidr,
): IpamAddressHistoryRecord | undefined {
  const found = resourcesIn(context, scope).find(
    ({ ResourceId, ResourceCidr }) =>
      ResourceId === sample.ResourceId && ResourceCidr === sample.ResourceCidr,
  );
  return (
    found && {
      ...recordOf(sample),
      ResourceName: found.ResourceName,
      ResourceComplianceStatus: found.ComplianceStatus,
      ResourceOverlapStatus: found.OverlapStatus,
    }
  );
}

/** The record of a CIDR that is gone; undefined if it was not in the scope. */
function past(
  { transaction }: RequestContext,
  scope: IpamScope,
  sample: SampledCidr,
): IpamAddressHistoryRecord | undefined {
  const pool = sample.IpamPoolId === undefined ? undefined : transaction.get(ipamPools, sample.IpamPoolId);
  const isHere = pool
    ? pool.IpamScopeId === scope.IpamScopeId
    : scope.IsDefault && scope.IpamScopeType === "private";
  return isHere ? recordOf(sample) : undefined;
}

const recordOf = ({
  start,
  end,
  id: _,
  IpamPoolId: _pool,
  ...members
}: SampledCidr): IpamAddressHistoryRecord => ({
  ...members,
  SampledStartTime: new Date(start),
  SampledEndTime: end === undefined ? undefined : new Date(end),
});

const listing: Listing<IpamAddressHistoryRecord> = {
  idOf: ({ SampledStartTime, ResourceId }) => `${SampledStartTime!.toISOString()}/${ResourceId}`,
  missing: invalidValue,
  filters: {},
  pages: [1, 1000],
};
