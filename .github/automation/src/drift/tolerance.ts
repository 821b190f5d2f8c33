import { isSameJson } from "../same-json";

/** Attribute values of a resource; undefined if it does not exist. */
export type Values = Readonly<Record<string, unknown>> | undefined;

/** A kind of change outside Terraform that is expected. */
export interface Tolerance {
  /** Lower case with dashes. */
  readonly name: string;
  /** Terraform types it applies to. */
  readonly types: readonly string[];
  /** Whether it explains a changed attribute. `before` is from the state, `after` from the cloud. */
  explains(attribute: string, before: Values, after: Values): boolean;
}

/** Tag key that the subnet autoscaler sets on its resources, with the cluster's name as value. */
export const AUTOSCALER_OWNER_TAG = "cluster-ipam/autoscaler";

/**
 * Expected changes: GKE Auto IPAM and the subnet autoscaler add addresses, and cluster autoscalers change node counts.
 * Each is matched by type, attribute and tag. Addresses may only be added, so a removed range is drift.
 */
export const TOLERANCES: readonly Tolerance[] = [
  {
    // With Auto IPAM, GKE adds subnetworks and pod ranges to a cluster when a new node pool needs them.
    name: "auto-ipam-cluster-ranges",
    types: ["google_container_cluster"],
    explains: (attribute, before, after) =>
      attribute === "ip_allocation_policy" &&
      isAutoIpam(after) &&
      onlyAdds(before?.[attribute], after?.[attribute]),
  },
  {
    // GKE names the secondary ranges it adds gke-…; the fingerprint is a hash of the subnetwork's fields.
    name: "auto-ipam-secondary-ranges",
    types: ["google_compute_subnetwork"],
    explains: (attribute, before, after) =>
      addedRanges(before, after).length > 0 &&
      addedRanges(before, after).every((range) => String(valueOf(range, "range_name")).startsWith("gke-")) &&
      (attribute === "fingerprint" ||
        (attribute === "secondary_ip_range" && onlyAdds(before?.[attribute], after?.[attribute]))),
  },
  {
    // EC2 says of a pool how its last change went, whoever made it.
    name: "ipam-pool-progress",
    types: ["aws_vpc_ipam_pool"],
    explains: (attribute) => attribute === "state",
  },
  {
    // Node auto-provisioning adds pools; autoscaling changes a pool's node count and instance groups.
    name: "autoscaled-gke-nodes",
    types: ["google_container_cluster", "google_container_node_pool"],
    explains: (attribute) =>
      [
        "node_pool",
        "node_count",
        "initial_node_count",
        "instance_group_urls",
        "managed_instance_group_urls",
      ].includes(attribute),
  },
  {
    name: "autoscaled-eks-nodes",
    types: ["aws_eks_node_group"],
    explains: (attribute, before, after) =>
      attribute === "scaling_config" &&
      isSameJson(withoutDesired(before?.[attribute]), withoutDesired(after?.[attribute])),
  },
  {
    // The autoscaler's subnets may be imported into the state. It tags them, and deletes them when they are idle.
    name: "autoscaler-subnets",
    types: ["aws_subnet"],
    explains: (_attribute, before, after) =>
      hasTag(before, AUTOSCALER_OWNER_TAG) || hasTag(after, AUTOSCALER_OWNER_TAG),
  },
  {
    // The autoscaler associates its subnets with the network ACL of their siblings.
    name: "autoscaler-subnets-in-acl",
    types: ["aws_network_acl", "aws_default_network_acl"],
    explains: (attribute, before, after) =>
      attribute === "subnet_ids" && onlyAdds(before?.[attribute], after?.[attribute]),
  },
];

/**
 * Whether `after` contains everything in `before`. Lists may be reordered and have more entries, and objects may have
 * more members.
 */
function onlyAdds(before: unknown, after: unknown): boolean {
  if (before === undefined || before === null) return true;
  if (Array.isArray(before)) {
    const unmatched = Array.isArray(after) ? [...(after as unknown[])] : [];
    return before.every((entry) => {
      const at = unmatched.findIndex((candidate) => onlyAdds(entry, candidate));
      return at >= 0 && unmatched.splice(at, 1).length === 1;
    });
  }
  if (typeof before === "object") {
    if (typeof after !== "object" || after === null) return false;
    return Object.entries(before).every(([key, value]) => onlyAdds(value, valueOf(after, key)));
  }
  return before === after;
}

const valueOf = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;

const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : undefined);

const isAutoIpam = (values: Values) =>
  valueOf(first(valueOf(first(values?.["ip_allocation_policy"]), "auto_ipam_config")), "enabled") === true;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const addedRanges = (before: Values, after: Values) =>
  listOf(after?.["secondary_ip_range"]).filter(
    (range) => !listOf(before?.["secondary_ip_range"]).some((other) => isSameJson(other, range)),
  );

const withoutDesired = (value: unknown) =>
  listOf(value).map((entry) => ({ ...(entry as object), desired_size: undefined }));

const hasTag = (values: Values, key: string) => valueOf(values?.["tags"], key) !== undefined;
