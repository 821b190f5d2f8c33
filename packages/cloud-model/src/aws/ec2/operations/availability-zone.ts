import {
  type DescribeAvailabilityZonesRequest,
  type DescribeAvailabilityZonesResult,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { type Zone, zonesOf } from "../../regions";
import { invalidValue } from "../documents/refusals";
import { filterAndPage, type Listing } from "./filter-and-page";

/** Lists the zones of the caller's Region. All of them are available to the account. */
export function describeAvailabilityZones(
  context: RequestContext,
  input: DescribeAvailabilityZonesRequest,
): DescribeAvailabilityZonesResult {
  const { region } = context.caller;
  // Also lists zones that are not available to the account: there are none.
  void input.AllAvailabilityZones;
  const zones = zonesOf(region).filter(({ id }) => input.ZoneIds?.includes(id) ?? true);
  const { documents } = filterAndPage(
    context,
    zones,
    listingIn(region),
    { Filters: input.Filters },
    input.ZoneNames,
  );
  return {
    AvailabilityZones: documents.map(({ name, id }) => ({
      ZoneName: name,
      ZoneId: id,
      RegionName: region,
      GroupName: region,
      NetworkBorderGroup: region,
      ZoneType: "availability-zone",
      OptInStatus: "opt-in-not-required",
      State: "available",
    })),
  };
}

const listingIn = (region: string): Listing<Zone> => ({
  action: "DescribeAvailabilityZones",
  idOf: ({ name }) => name,
  missing: (name) => invalidValue(`Invalid availability zone: [${name}]`),
  filters: {
    "group-long-name": () => region,
    message: () => undefined,
    "parent-zone-id": () => undefined,
    "parent-zone-name": () => undefined,
    "group-name": () => region,
    "opt-in-status": () => "opt-in-not-required",
    "region-name": () => region,
    state: () => "available",
    "zone-id": ({ id }) => id,
    "zone-name": ({ name }) => name,
    "zone-type": () => "availability-zone",
  },
});
