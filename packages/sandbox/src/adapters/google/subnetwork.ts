import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import {
  deleteSubnetwork,
  existingSubnetwork,
  expandIpCidrRange,
  insertSubnetwork,
  patchSubnetwork,
  type SecondaryRangeRequest,
  type Subnetwork,
  subnetworkOf,
  subnetworkPath,
} from "@cluster-ipam/cloud-model/google";
import { ConfigReader } from "../config-reader";
import { type ResourceModel } from "../resource-model";
import { pathDefaults } from "./path-defaults";

/** `google_compute_subnetwork`. */
export const subnetwork: ResourceModel = {
  create(context, planned) {
    const config = new ConfigReader(planned);
    const made = insertSubnetwork(context, {
      name: config.text("name"),
      network: config.text("network"),
      ipCidrRange: config.text("ip_cidr_range"),
      reservedInternalRange: config.text("reserved_internal_range"),
      secondaryIpRanges: rangesOf(planned),
    });
    return subnetworkState(made, planned);
  },
  update(context, prior, planned) {
    const id = String(prior["id"]);
    const before = existingSubnetwork(context.transaction, id);
    const ipCidrRange = new ConfigReader(planned).text("ip_cidr_range");
    if (ipCidrRange !== "" && ipCidrRange !== before.cidr) expandIpCidrRange(context, id, { ipCidrRange });
    const secondaryIpRanges = changedRanges(before, rangesOf(prior), rangesOf(planned));
    return subnetworkState(patchSubnetwork(context, id, { secondaryIpRanges }), planned);
  },
  delete(context, state) {
    const id = String(state["id"]);
    if (subnetworkOf(context.transaction, id)) deleteSubnetwork(context, id);
  },
  read({ transaction }, state) {
    const found = subnetworkOf(transaction, String(state["id"]));
    return found ? subnetworkState(found, state) : null;
  },
  find({ transaction, terraformType, caller }, text) {
    const id = subnetworkPath.expand(text, pathDefaults(terraformType, caller));
    const found = id === undefined ? undefined : subnetworkOf(transaction, id);
    if (!found) return undefined;
    const { project, region, name, network } = found;
    return { id: found.id, project, region, name, network, ...subnetworkState(found, {}) };
  },
};

const rangesOf = (values: ObjectValue): readonly SecondaryRangeRequest[] =>
  new ConfigReader(values).blocks("secondary_ip_range").map((block) => ({
    rangeName: block.text("range_name"),
    ipCidrRange: block.text("ip_cidr_range"),
    reservedInternalRange: block.text("reserved_internal_range"),
  }));

/** All ranges after a change by Terraform: ranges that GKE added, and that Terraform has not seen, stay. */
function changedRanges(
  { secondary }: Subnetwork,
  prior: readonly SecondaryRangeRequest[],
  planned: readonly SecondaryRangeRequest[],
): readonly SecondaryRangeRequest[] {
  const named = (ranges: readonly SecondaryRangeRequest[], name: string | undefined) =>
    ranges.find(({ rangeName }) => rangeName === name);
  const current = secondary
    .filter(({ name }) => !named(prior, name) || named(planned, name))
    .map(
      ({ name, cidr, reserved }) =>
        named(planned, name) ?? {
          rangeName: name,
          ipCidrRange: cidr,
          ...(reserved === undefined ? {} : { reservedInternalRange: reserved }),
        },
    );
  return [...current, ...planned.filter(({ rangeName }) => !named(current, rangeName))];
}

/** What Terraform is told: the ranges that it knows as it knows them, then the others. */
export function subnetworkState(found: Subnetwork, known: ObjectValue): ObjectValue {
  const blocks = new ConfigReader(known).objects("secondary_ip_range");
  const named = (name: string) => blocks.findIndex((block) => block["range_name"] === name);
  const order = (name: string) => (named(name) < 0 ? blocks.length : named(name));
  const ranges = [...found.secondary].sort((a, b) => order(a.name) - order(b.name));
  return {
    ip_cidr_range: found.cidr,
    gateway_address: gatewayOf(found.cidr),
    secondary_ip_range: ranges.map(({ name, cidr, reserved }) => ({
      ...(blocks[named(name)] ?? { range_name: name, reserved_internal_range: reservedUrl(reserved) }),
      ip_cidr_range: cidr,
    })),
  };
}

const reservedUrl = (id: string | undefined): string | null =>
  id === undefined ? null : `https://networkconnectivity.googleapis.com/v1/${id}`;

/** The gateway has the second address of the primary range. */
const gatewayOf = (cidr: string): string =>
  Prefix.ipv4At(Number(Prefix.parse(cidr).first) + 1, 32)
    .toString()
    .split("/")[0]!;
