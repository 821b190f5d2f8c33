import { AddressPlanError } from "../message/address-plan-error";
import { Prefix } from "../prefix/prefix";
import { type StackState } from "./stack-state";

/** A CIDR that a resource in a state occupies. */
export interface OccupiedCidr {
  /** In canonical form, IPv4 or IPv6. */
  readonly cidr: string;
  /** Address of the resource in its state. */
  readonly address: string;
  /**
   * `network`: a VPC, subnet, range or control plane. `pool`: a CIDR of an IPAM pool. `reservation`: nothing uses the
   * space yet, but the cloud gives it to nobody else.
   */
  readonly use: "network" | "pool" | "reservation";
  /** Key of the IPAM pool in the address plan, for a CIDR of one. @default none, or not in the state */
  readonly pool?: string;
}

type Attributes = Readonly<Record<string, unknown>>;
type Reader = (attributes: Attributes) => readonly (readonly [OccupiedCidr["use"], unknown])[];

const network = (...paths: readonly string[]): Reader => {
  return (attributes) =>
    paths.flatMap((path) => valuesAt(attributes, path.split(".")).map((cidr) => ["network", cidr] as const));
};

/** By Terraform type: where a resource has the CIDRs that it occupies. */
const readers: Readonly<Record<string, Reader>> = {
  aws_vpc: network("cidr_block"),
  aws_default_vpc: network("cidr_block"),
  aws_vpc_ipv4_cidr_block_association: network("cidr_block"),
  aws_subnet: network("cidr_block"),
  aws_default_subnet: network("cidr_block"),
  aws_vpc_ipam_pool_cidr: ({ cidr }) => [["pool", cidr]],
  aws_vpc_ipam_pool_cidr_allocation: ({ cidr }) => [["reservation", cidr]],
  google_compute_subnetwork: network("ip_cidr_range", "secondary_ip_range.ip_cidr_range"),
  google_container_cluster: network(
    "cluster_ipv4_cidr",
    "ip_allocation_policy.cluster_ipv4_cidr_block",
    "ip_allocation_policy.services_ipv4_cidr_block",
    "private_cluster_config.master_ipv4_cidr_block",
    "node_pool.network_config.pod_ipv4_cidr_block",
  ),
  google_container_node_pool: network("network_config.pod_ipv4_cidr_block"),
  google_compute_global_address: ({ address, prefix_length, address_type }) =>
    address_type === "INTERNAL" && prefix_length ? [["reservation", `${address}/${prefix_length}`]] : [],
  // A range EXTERNAL_TO_VPC fences space that lies elsewhere.
  google_network_connectivity_internal_range: ({ ip_cidr_range, usage }) =>
    usage === "FOR_VPC" ? [["reservation", ip_cidr_range]] : [],
};

/**
 * The CIDRs that the managed resources of a state occupy.
 *
 * @throws AddressPlanError for a CIDR that is none
 */
export function cidrsIn(state: StackState): readonly OccupiedCidr[] {
  const pools = poolKeys(state);
  return state.resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ type, address, instances }) => {
      const reader = Object.hasOwn(readers, type) ? readers[type]! : () => [];
      return instances.flatMap((attributes) => {
        const pool = pools.get(attributes["ipam_pool_id"]);
        // Unset, or a requested size such as /14.
        const given = reader(attributes).filter(([, cidr]) => typeof cidr === "string" && /^[^/]/.test(cidr));
        return given.map(([use, cidr]) => ({
          cidr: canonical(cidr as string, state, address),
          address,
          use,
          ...(use === "pool" && pool !== undefined && { pool }),
        }));
      });
    });
}

/** Tag of an IPAM pool in the cloud, with its key in the plan. */
export const POOL_TAG = "cluster-ipam/pool";

/** The keys of the IPAM pools in a state, by id: the constructs tag each pool with its key. */
function poolKeys({ resources }: StackState): ReadonlyMap<unknown, string> {
  const keys = new Map<unknown, string>();
  for (const { type, instances } of resources)
    if (type === "aws_vpc_ipam_pool")
      for (const { id, tags } of instances) {
        const key = (tags as Attributes | null | undefined)?.[POOL_TAG];
        if (typeof key === "string") keys.set(id, key);
      }
  return keys;
}

function canonical(cidr: string, state: StackState, address: string): string {
  try {
    return Prefix.parse(cidr).toString();
  } catch (error) {
    throw new AddressPlanError(
      `${state.app}/${state.stack}: ${address}`,
      `the state has ${JSON.stringify(cidr)}, which is not a CIDR (${(error as Error).message}); refresh the state`,
    );
  }
}

/** The values at a path through objects and lists of objects. */
function valuesAt(value: unknown, [name, ...rest]: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, [name!, ...rest]));
  if (typeof value !== "object" || value === null) return [];
  const member = (value as Attributes)[name!];
  if (rest.length > 0) return valuesAt(member, rest);
  return Array.isArray(member) ? member : [member];
}
