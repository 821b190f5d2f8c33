import { AddressPlanError } from "../message/address-plan-error";

/** Reserved addresses of a primary range: the first two and the last two (VPC: "Subnets"). */
export const PRIMARY_RANGE_RESERVED = 4;

/**
 * Pods per node unless a cluster says otherwise. Autopilot gives each node a /26 (GKE: "Configure maximum Pods per node",
 * "Autopilot overview").
 */
export const GKE_PODS_PER_NODE = { standard: 110, autopilot: 32 } as const;

/** Maximum additional subnets of a VPC-native cluster, from GKE 1.30.3-gke.1211000. */
export const GKE_ADDITIONAL_SUBNETS = 8;

/** Maximum secondary ranges of one subnet. */
export const GKE_SECONDARY_RANGES = 30;

/**
 * Netmask length of the block that GKE gives each node for its pods: twice the pods, rounded up to a power of
 * two, at least a /28 (GKE: "Configure maximum Pods per node").
 *
 * @param podsPerNode 8 to 256
 * @throws AddressPlanError if out of bounds
 */
export function podRangePerNode(podsPerNode: number): number {
  if (!Number.isInteger(podsPerNode) || podsPerNode < 8 || podsPerNode > 256)
    throw new AddressPlanError(
      "podsPerNode",
      `GKE does not support ${podsPerNode} pods per node; use 8 to 256`,
    );
  return 32 - Math.max(4, Math.ceil(Math.log2(2 * podsPerNode)));
}

/** Maximum nodes of a pod range of this netmask length. 0 if the range is smaller than one node's block. */
export function nodesPerPodRange(length: number, podsPerNode: number): number {
  return Math.floor(2 ** (podRangePerNode(podsPerNode) - length));
}

/** Maximum nodes of a primary range of this netmask length. */
export function nodesPerPrimaryRange(length: number): number {
  return Math.max(0, 2 ** (32 - length) - PRIMARY_RANGE_RESERVED);
}
