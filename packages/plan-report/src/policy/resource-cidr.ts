import { type Ipv4Range, ipv4Range } from "../read/ipv4-range";
import { isRecord } from "../terraform/masked-value";
import { type PlannedResource } from "../terraform/planned-resource";

/** A CIDR that a planned resource occupies. */
export interface ResourceCidr {
  readonly resource: PlannedResource;
  readonly cidr: string;
  readonly range: Ipv4Range;
  /** `pool` and `range` reserve addresses, a `network` is divided into subnets, a `subnet` assigns addresses. */
  readonly level: "pool" | "network" | "subnet" | "range";
}

type Attributes = Readonly<Record<string, unknown>>;

// Attributes whose addresses the resource occupies. Firewall sources, routes and Service ranges only refer to addresses.
const CIDR_ATTRIBUTES: Readonly<
  Record<string, { level: ResourceCidr["level"]; cidrs: (after: Attributes) => unknown[] }>
> = {
  aws_vpc_ipam_pool_cidr: { level: "pool", cidrs: ({ cidr }) => [cidr] },
  aws_vpc: { level: "network", cidrs: ({ cidr_block }) => [cidr_block] },
  aws_vpc_ipv4_cidr_block_association: { level: "network", cidrs: ({ cidr_block }) => [cidr_block] },
  aws_subnet: { level: "subnet", cidrs: ({ cidr_block }) => [cidr_block] },
  google_compute_subnetwork: {
    level: "subnet",
    cidrs: ({ ip_cidr_range, secondary_ip_range }) => [
      ip_cidr_range,
      ...blocks(secondary_ip_range).map((range) => range["ip_cidr_range"]),
    ],
  },
  google_container_cluster: {
    level: "subnet",
    cidrs: ({ private_cluster_config }) =>
      blocks(private_cluster_config).map((config) => config["master_ipv4_cidr_block"]),
  },
  google_network_connectivity_internal_range: {
    level: "range",
    // EXTERNAL_TO_VPC marks addresses outside the network as off limits; it occupies none.
    cidrs: ({ usage, ip_cidr_range }) => (usage === "EXTERNAL_TO_VPC" ? [] : [ip_cidr_range]),
  },
};

/**
 * The IPv4 CIDRs that resources occupy. CIDRs known only after apply are left out.
 *
 * @param when `before`: what the state has @default "after" the apply
 */
export function resourceCidrs(
  resources: readonly PlannedResource[],
  when: "before" | "after" = "after",
): ResourceCidr[] {
  return resources.flatMap((resource) => {
    const source = Object.hasOwn(CIDR_ATTRIBUTES, resource.type) ? CIDR_ATTRIBUTES[resource.type] : undefined;
    const values = resource[when];
    if (source === undefined || values === undefined) return [];
    return source.cidrs(values).flatMap((cidr): ResourceCidr[] => {
      const range = ipv4Range(cidr);
      return range === undefined ? [] : [{ resource, cidr: String(cidr), range, level: source.level }];
    });
  });
}

/** The nested blocks of an attribute. */
export const blocks = (value: unknown): Attributes[] => (Array.isArray(value) ? value.filter(isRecord) : []);
