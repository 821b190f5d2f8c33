import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import {
  createInternalRange,
  deleteInternalRange,
  internalRangeOf,
  type InternalRangeRequest,
  patchInternalRange,
  rangesFrom,
} from "@cluster-ipam/cloud-model/google";
import { ConfigReader } from "../config-reader";
import { type ResourceModel } from "../resource-model";

/** `google_network_connectivity_internal_range`. */
export const internalRange: ResourceModel = {
  create(context, planned) {
    const name = new ConfigReader(planned).text("name");
    const { cidr } = createInternalRange(context, name, requestOf(planned));
    return { ip_cidr_range: cidr, users: [] };
  },
  update(context, prior, planned) {
    const updateMask = Object.entries(members)
      .filter(([name]) => JSON.stringify(prior[name] ?? null) !== JSON.stringify(planned[name] ?? null))
      .map(([, member]) => member);
    const { cidr } = patchInternalRange(context, String(prior["id"]), requestOf(planned), updateMask);
    return { ip_cidr_range: cidr };
  },
  delete(context, state) {
    const id = String(state["id"]);
    if (internalRangeOf(context.transaction, id)) deleteInternalRange(context, id);
  },
  read({ transaction }, state) {
    const range = internalRangeOf(transaction, String(state["id"]));
    if (!range) return null;
    const users = new Set(rangesFrom(transaction, range).map(({ subnetwork }) => subnetwork.id));
    return {
      ip_cidr_range: range.cidr,
      users: [...users].map((id) => `https://www.googleapis.com/compute/v1/${id}`),
    };
  },
};

/** The members that can change in place, by Terraform's names. */
const members: { readonly [name: string]: keyof InternalRangeRequest } = {
  ip_cidr_range: "ipCidrRange",
  prefix_length: "prefixLength",
  target_cidr_range: "targetCidrRange",
  exclude_cidr_ranges: "excludeCidrRanges",
  usage: "usage",
  peering: "peering",
  overlaps: "overlaps",
};

function requestOf(values: ObjectValue): InternalRangeRequest {
  const config = new ConfigReader(values);
  const allocation = config.block("allocation_options");
  return {
    network: config.text("network"),
    usage: config.text("usage"),
    peering: config.text("peering"),
    ipCidrRange: config.text("ip_cidr_range"),
    prefixLength: config.number("prefix_length"),
    targetCidrRange: config.texts("target_cidr_range"),
    excludeCidrRanges: config.texts("exclude_cidr_ranges"),
    overlaps: config.texts("overlaps"),
    immutable: config.flag("immutable"),
    allocationOptions: {
      allocationStrategy: allocation.text("allocation_strategy"),
      firstAvailableRangesLookupSize: allocation.number("first_available_ranges_lookup_size"),
    },
  };
}
