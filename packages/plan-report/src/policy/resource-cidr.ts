import { type Ipv4Range, ipv4Range } from "../read/ipv4-range";
import { isRecord } from "../terraform/masked-value";
import { type PlannedResource } from "../terraform/planned-resource";

/** A CIDR that an object of the plan takes from the address space. */
export interface TakenCidr {
  readonly resource: PlannedResource;
  readonly cidr: string;
  readonly range: Ipv4Range;
  /** A pool hands addresses out, a network is split into subnets, a subnet is where they are used. */
  readonly level: "pool" | "network" | "subnet" | "range";
}

type Attributes = Readonly<Record<string, unknown>>;

// Which attributes take addresses. Firewall sources, routes and Service ranges name addresses and take none.
const TAKERS: Readonly<
  Record<string, { level: TakenCidr["level"]; cidrs: (after: Attributes) => unknown[] }>
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
    // EXTERNAL_TO_VPC keeps others' addresses out of a network: it takes none.
    cidrs: ({ usage, ip_cidr_range }) => (usage === "EXTERNAL_TO_VPC" ? [] : [ip_cidr_range]),
  },
};

/** The IPv4 CIDRs that objects take once the plan is applied; one that is not known yet is left out. */
export function takenCidrs(resources: readonly PlannedResource[]): TakenCidr[] {
  return resources.flatMap((resource) => {
    const taker = Object.hasOwn(TAKERS, resource.type) ? TAKERS[resource.type] : undefined;
    if (taker === undefined || resource.after === undefined) return [];
    return taker.cidrs(resource.after).flatMap((cidr): TakenCidr[] => {
      const range = ipv4Range(cidr);
      return range === undefined ? [] : [{ resource, cidr: String(cidr), range, level: taker.level }];
    });
  });
}

/** The blocks of a nested attribute. */
export const blocks = (value: unknown): Attributes[] => (Array.isArray(value) ? value.filter(isRecord) : []);
