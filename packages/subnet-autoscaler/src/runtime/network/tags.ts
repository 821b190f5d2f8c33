import { type CniTagging } from "./cni";
import { AutoscalerError } from "./autoscaler-error";

/** Tag key of ownership: on every subnet the autoscaler made, with the cluster's name. Written at creation only. */
export const OWNER_TAG = "cluster-ipam/autoscaler";
/** Tag key of the time of creation, ISO 8601. Written at creation only. */
export const CREATED_TAG = "cluster-ipam/created-at";
/** Tag key of a growth subnet's state: `active@<time>` or `quarantined@<time>`; absent while it is dark. */
export const STATE_TAG = "cluster-ipam/autoscaler-state";
/** Tag key of the time since when a growth subnet has no interface, ISO 8601; `in-use` when it has. */
export const EMPTY_TAG = "cluster-ipam/empty-since";
/** Tag key of the network's cluster, written by the network stack and on growth subnets. */
export const CLUSTER_TAG = "cluster-ipam/cluster";
/** Tag key of a subnet's role: `pod` and `node` by the network stack, `growth` by the autoscaler. */
export const ROLE_TAG = "cluster-ipam/role";
/** Tag key by which the VPC CNI discovers pod subnets. */
export const CNI_TAG = "kubernetes.io/role/cni";

const CLUSTER_FILTER = "cni.networking.k8s.aws/cluster/";

/** Tag key by which the VPC CNI keeps a subnet for one cluster, from v1.22.1. */
export function clusterFilterTag(cluster: string): string {
  return `${CLUSTER_FILTER}${cluster}`;
}

/** Tags of an EC2 object by key. */
export type Tags = Readonly<Record<string, string>>;

/** Tags a growth subnet is born with: it is owned and, to the CNI, dark. @param now epoch milliseconds */
export function birthTags(cluster: string, zone: string, now: number): Tags {
  return {
    Name: `${cluster}-growth-${zone}`,
    [CLUSTER_TAG]: cluster,
    [ROLE_TAG]: "growth",
    [OWNER_TAG]: cluster,
    [CREATED_TAG]: new Date(now).toISOString(),
  };
}

/** The one tag call that lets pods in. */
export function activationTags(cluster: string, tagging: CniTagging, now: number): Tags {
  return {
    [CNI_TAG]: "1",
    ...(tagging.filtersByCluster && { [clusterFilterTag(cluster)]: "shared" }),
    [STATE_TAG]: `active@${new Date(now).toISOString()}`,
  };
}

/**
 * The tag call that keeps new pods out. Before CNI 1.22 the discovery tag must be deleted after it, because any
 * value invites pods in.
 */
export function quarantineTags(tagging: CniTagging, now: number): Tags {
  return {
    ...(tagging.excludesByZero && { [CNI_TAG]: "0" }),
    [STATE_TAG]: `quarantined@${new Date(now).toISOString()}`,
  };
}

/** Whether the CNI of this cluster takes prefixes from a subnet with these tags. */
export function discoverable(tags: Tags, cluster: string, tagging: CniTagging): boolean {
  const value = tags[CNI_TAG];
  if (value === undefined) return false;
  if (tagging.excludesByZero && (value === "" || value === "0")) return false;
  if (!tagging.filtersByCluster) return true;
  const clusters = Object.keys(tags).filter((key) => key.startsWith(CLUSTER_FILTER));
  return clusters.length === 0 || clusters.includes(clusterFilterTag(cluster));
}

/** What the state tag says, and since when. */
export interface RecordedState {
  readonly state: "dark" | "active" | "quarantined";
  /** Epoch milliseconds; undefined while dark. */
  readonly since?: number;
}

/** Reads the state tag. A value nobody here writes counts as dark, and is written anew. */
export function recordedState(tags: Tags): RecordedState {
  const match = /^(active|quarantined)@(.+)$/.exec(tags[STATE_TAG] ?? "");
  const since = readTime(match?.[2]);
  if (!match || since === undefined) return { state: "dark" };
  return { state: match[1] as "active" | "quarantined", since };
}

/** A time that a tag holds, in epoch milliseconds; undefined for anything else. */
export function readTime(value: string | undefined): number | undefined {
  const time = Date.parse(value ?? "");
  return Number.isNaN(time) ? undefined : time;
}

/** @throws AutoscalerError unless the tags say that the autoscaler of this cluster made the subnet */
export function checkOwned(subnetId: string, tags: Tags, cluster: string): void {
  if (tags[OWNER_TAG] === cluster) return;
  throw new AutoscalerError(
    subnetId,
    `its tag ${OWNER_TAG} is ${tags[OWNER_TAG] ?? "absent"}, not ${cluster}, so it is left alone; look who changed it`,
  );
}
