import { type Tags } from "../cloud/ec2";
import { AutoscalerError } from "../errors/autoscaler-error";
import { type CniTagging } from "./cni";

/** Tag key of ownership: the cluster's name on every growth subnet. Written at creation only. */
export const OWNER_TAG = "cluster-ipam/autoscaler";
/** Tag key of the creation time, ISO 8601. Written at creation only. */
export const CREATED_TAG = "cluster-ipam/created-at";
/** Tag key of a growth subnet's state: `active@<time>` or `quarantined@<time>`; absent until its first activation. */
export const STATE_TAG = "cluster-ipam/autoscaler-state";
/** Tag key of the time since a growth subnet has had no interface, ISO 8601; `in-use` while it has one. */
export const EMPTY_TAG = "cluster-ipam/empty-since";
/** Tag key of the autoscaler that created a growth subnet. Written at creation only. */
export const WRITER_TAG = "cluster-ipam/autoscaler-writer";
/** Tag key of the network's cluster, on planned subnets (set by the network stack) and growth subnets. */
export const CLUSTER_TAG = "cluster-ipam/cluster";
/** Tag key of a subnet's role: `pod` and `node` (set by the network stack), or `growth`. */
export const ROLE_TAG = "cluster-ipam/role";
/** Tag key by which the VPC CNI discovers pod subnets. */
export const CNI_TAG = "kubernetes.io/role/cni";

const CLUSTER_FILTER = "cni.networking.k8s.aws/cluster/";

/** Tag key by which the VPC CNI reserves a subnet for one cluster, from v1.22.1. */
function clusterFilterTag(clusterName: string): string {
  return `${CLUSTER_FILTER}${clusterName}`;
}

/** What the tags of a new growth subnet say of its origin. */
export interface Origin {
  readonly cluster: string;
  readonly zone: string;
  /** Name of the autoscaler that creates it; undefined when it has none. */
  readonly writer: string | undefined;
  /** When it is created, epoch milliseconds. */
  readonly at: number;
}

/** Tags that a growth subnet is created with. It has an owner, and the CNI does not discover it yet. */
export function creationTags({ cluster: clusterName, zone, writer, at }: Origin): Tags {
  return {
    Name: `${clusterName}-growth-${zone}`,
    [CLUSTER_TAG]: clusterName,
    [ROLE_TAG]: "growth",
    [OWNER_TAG]: clusterName,
    [CREATED_TAG]: new Date(at).toISOString(),
    ...(writer !== undefined && { [WRITER_TAG]: writer }),
  };
}

/** Value that {@link quarantineTags} give the tags of other selectors. */
const CLOSED = "closed";

/**
 * Tags that open a growth subnet to pods, set in one call.
 *
 * @param now epoch milliseconds
 * @param openTags further tags by which pod subnets are selected
 */
export function activationTags(
  clusterName: string,
  tagging: CniTagging,
  now: number,
  openTags: Tags = {},
): Tags {
  return {
    ...openTags,
    [CNI_TAG]: "1",
    ...(tagging.filtersByCluster && { [clusterFilterTag(clusterName)]: "shared" }),
    [STATE_TAG]: `active@${new Date(now).toISOString()}`,
  };
}

/**
 * Tags that close a growth subnet to new pods. Before CNI v1.22 the discovery tag must also be deleted afterwards,
 * because any value includes the subnet.
 *
 * @param now epoch milliseconds
 * @param openTags further tags by which pod subnets are selected
 */
export function quarantineTags(tagging: CniTagging, now: number, openTags: Tags = {}): Tags {
  return {
    ...Object.fromEntries(Object.keys(openTags).map((key) => [key, CLOSED])),
    ...(tagging.excludesByZero && { [CNI_TAG]: "0" }),
    [STATE_TAG]: `quarantined@${new Date(now).toISOString()}`,
  };
}

/** Whether the cluster's CNI uses a subnet with these tags for pods. */
export function isDiscoverable(tags: Tags, clusterName: string, tagging: CniTagging): boolean {
  const value = tags[CNI_TAG];
  if (value === undefined) return false;
  if (tagging.excludesByZero && (value === "" || value === "0")) return false;
  if (!tagging.filtersByCluster) return true;
  const clusters = Object.keys(tags).filter((key) => key.startsWith(CLUSTER_FILTER));
  return clusters.length === 0 || clusters.includes(clusterFilterTag(clusterName));
}

/** Whether a subnet has all of these tags. */
export function hasTags(tags: Tags, expected: Tags): boolean {
  return Object.entries(expected).every(([key, value]) => tags[key] === value);
}

/** State of a growth subnet as its tag records it. */
export interface RecordedState {
  /** `created`: not activated yet, or the state tag is missing or malformed. */
  readonly state: "created" | "active" | "quarantined";
  /** Since when, epoch milliseconds; undefined for `created`. */
  readonly since?: number;
}

/** Parses the state tag. A missing or malformed value reads as `created`, and activation writes it again. */
export function recordedState(tags: Tags): RecordedState {
  const match = /^(active|quarantined)@(.+)$/.exec(tags[STATE_TAG] ?? "");
  const since = parseTime(match?.[2]);
  if (!match || since === undefined) return { state: "created" };
  return { state: match[1] as "active" | "quarantined", since };
}

/** Parses the time in a tag, to epoch milliseconds; undefined when it is not a time. */
export function parseTime(value: string | undefined): number | undefined {
  const time = Date.parse(value ?? "");
  return Number.isNaN(time) ? undefined : time;
}

/** @throws AutoscalerError unless the tags mark the subnet as a growth subnet of this cluster's autoscaler */
export function assertOwned(subnetId: string, tags: Tags, clusterName: string): void {
  if (tags[OWNER_TAG] === clusterName) return;
  throw new AutoscalerError(
    subnetId,
    `its tag ${OWNER_TAG} is ${tags[OWNER_TAG] ?? "absent"}, not ${clusterName}, so it was not touched; find out who changed it`,
  );
}
