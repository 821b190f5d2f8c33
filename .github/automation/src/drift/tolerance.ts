import { same } from "../deploy/planned-effect";

/** Values of an object by attribute; undefined where it is not there. */
export type Values = Readonly<Record<string, unknown>> | undefined;

/** A change outside Terraform that is how the object is meant to live. */
export interface Tolerance {
  /** In lower case with dashes. */
  readonly name: string;
  /** Terraform types that it holds for. */
  readonly types: readonly string[];
  /** Whether it explains the change of one attribute. `before` is what the state holds, `after` the cloud. */
  explains(attribute: string, before: Values, after: Values): boolean;
}

/** Tag key of what the subnet autoscaler made, with the cluster's name. */
export const AUTOSCALER_OWNER_TAG = "cluster-ipam/autoscaler";

/**
 * What lives by itself: GKE Auto IPAM and the subnet autoscaler add addresses, the cluster autoscalers change the
 * number of nodes. All of it is decided by type, attribute and tag; only additions are tolerated where addresses are
 * concerned, so a range that disappears is drift.
 */
export const TOLERANCES: readonly Tolerance[] = [
  {
    // GKE adds subnetworks and pod ranges to a cluster whose Auto IPAM is on, when a new node pool needs them.
    name: "auto-ipam-cluster-ranges",
    types: ["google_container_cluster"],
    explains: (attribute, before, after) =>
      attribute === "ip_allocation_policy" &&
      isAutoIpam(after) &&
      grew(before?.[attribute], after?.[attribute]),
  },
  {
    // GKE names the secondary ranges it adds gke-…; the fingerprint is a hash of the subnetwork's fields.
    name: "auto-ipam-secondary-ranges",
    types: ["google_compute_subnetwork"],
    explains: (attribute, before, after) =>
      addedRanges(before, after).length > 0 &&
      addedRanges(before, after).every((range) => String(valueOf(range, "range_name")).startsWith("gke-")) &&
      (attribute === "fingerprint" ||
        (attribute === "secondary_ip_range" && grew(before?.[attribute], after?.[attribute]))),
  },
  {
    // Node auto-provisioning adds pools; autoscaling changes how many nodes a pool has, and its instance groups.
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
      same(withoutDesired(before?.[attribute]), withoutDesired(after?.[attribute])),
  },
  {
    // A subnet that the autoscaler made may have been imported: it tags it, and takes it back when it is idle.
    name: "autoscaler-subnets",
    types: ["aws_subnet"],
    explains: (_attribute, before, after) =>
      hasTag(before, AUTOSCALER_OWNER_TAG) || hasTag(after, AUTOSCALER_OWNER_TAG),
  },
  {
    // The autoscaler gives its subnets the network ACL of their siblings.
    name: "autoscaler-subnets-in-acl",
    types: ["aws_network_acl", "aws_default_network_acl"],
    explains: (attribute, before, after) =>
      attribute === "subnet_ids" && grew(before?.[attribute], after?.[attribute]),
  },
];

/**
 * Whether `after` holds all of `before`, and perhaps more: lists may have more entries, in another order, and the
 * entries may have grown themselves.
 */
export function grew(before: unknown, after: unknown): boolean {
  if (before === undefined || before === null) return true;
  if (Array.isArray(before)) {
    const left = Array.isArray(after) ? [...(after as unknown[])] : [];
    return before.every((entry) => {
      const at = left.findIndex((candidate) => grew(entry, candidate));
      return at >= 0 && left.splice(at, 1).length === 1;
    });
  }
  if (typeof before === "object") {
    if (typeof after !== "object" || after === null) return false;
    return Object.entries(before).every(([key, value]) => grew(value, valueOf(after, key)));
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
    (range) => !listOf(before?.["secondary_ip_range"]).some((other) => same(other, range)),
  );

const withoutDesired = (value: unknown) =>
  listOf(value).map((entry) => ({ ...(entry as object), desired_size: undefined }));

const hasTag = (values: Values, key: string) => valueOf(values?.["tags"], key) !== undefined;
