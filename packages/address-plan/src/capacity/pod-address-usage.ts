import { AddressPlanError } from "../message/address-plan-error";
import { type InstanceShape } from "../cloud/instance-types";
import { ADDRESSES_PER_PREFIX, type EksMode, podEnis, usesPrefixes } from "../cloud/max-pods";

/** First four and last address of every subnet (VPC: "Subnet sizing"). */
export const SUBNET_RESERVED_ADDRESSES = 5;

/**
 * Addresses of a node subnet kept for what is not a node: internal load balancers (8 free addresses each) and
 * interface endpoints.
 */
export const NODE_SUBNET_HEADROOM = 16;

/** A rolling update of a managed node group adds up to twice its number of zones, so two nodes a zone. */
export const EKS_SURGE_PER_ZONE = 2;

/** What the VPC CNI keeps ready on each node. */
export interface WarmTargets {
  /** WARM_PREFIX_TARGET: free /28 prefixes. Ignored with `addresses`. @default 1 */
  readonly prefixes?: number;
  /** WARM_IP_TARGET: free addresses. @default unset: prefixes, or one whole interface in the standard modes */
  readonly addresses?: number;
  /** MINIMUM_IP_TARGET: addresses from the start, free or not; needs `addresses`. @default 0 */
  readonly minimumAddresses?: number;
}

/** How the nodes of a zone use up its pod subnets. */
export interface PodSpace {
  /** What is counted: `/28 prefixes` or `addresses`. */
  readonly unit: string;
  /** Units that `pods` on `nodes` take at worst, whatever the spread of the pods. */
  units(nodes: number, pods: number): number;
  /** Units that a subnet of this netmask length offers. */
  usable(length: number): number;
  /** One node's part that carries no pod, for people. */
  readonly overhead: string;
}

/** What decides how pods use addresses. */
export interface PodSpaceProps {
  readonly shape: InstanceShape;
  readonly mode: EksMode;
  readonly podsPerNode: number;
  readonly warm: WarmTargets;
  /** Pods take their addresses from the node subnets. */
  readonly sharesNodeSubnets: boolean;
  /** Where the warm targets are written, for errors. */
  readonly path: string;
}

/**
 * Usable /28 prefixes of a subnet: the first and the last hold reserved addresses.
 *
 * @param length netmask length of the subnet, 16 to 28
 */
export function usablePrefixes(length: number): number {
  return Math.max(0, 2 ** (28 - length) - 2);
}

/** How the nodes of a zone use up its pod subnets. @throws AddressPlanError if the warm targets are impossible */
export function podSpace(props: PodSpaceProps): PodSpace {
  checkWarmTargets(props);
  return usesPrefixes(props.mode) ? prefixSpace(props) : addressSpace(props);
}

function checkWarmTargets({ warm, mode, path }: PodSpaceProps): void {
  if (warm.minimumAddresses !== undefined && warm.addresses === undefined)
    throw new AddressPlanError(
      path,
      `MINIMUM_IP_TARGET ${warm.minimumAddresses} without WARM_IP_TARGET stops the growth of a node; set warm.addresses too`,
    );
  const zero = (warm.prefixes ?? 1) === 0 && (warm.addresses ?? 0) === 0;
  if (usesPrefixes(mode) && (zero || warm.addresses === 0) && (warm.minimumAddresses ?? 0) === 0)
    throw new AddressPlanError(
      path,
      "the VPC CNI does not support warm targets of 0 with prefix delegation; use warm.prefixes 1",
    );
}

function prefixSpace({ shape, mode, podsPerNode, warm, sharesNodeSubnets }: PodSpaceProps): PodSpace {
  const slots = shape.addressesPerEni - 1;
  const warmPrefixes = warm.addresses === undefined ? (warm.prefixes ?? 1) : 0;
  const warmAddresses = warm.addresses ?? 0;
  const fullNode = Math.ceil((podsPerNode + warmAddresses) / ADDRESSES_PER_PREFIX) + warmPrefixes;
  const interfaces =
    Math.min(podEnis(shape, mode), Math.ceil(fullNode / slots)) + (sharesNodeSubnets ? 1 : 0);
  const least = Math.ceil((warm.minimumAddresses ?? 0) / ADDRESSES_PER_PREFIX);
  return {
    unit: "/28 prefixes",
    overhead: `${warm.addresses === undefined ? warmPrefixes : `${warmAddresses} addresses`} warm and ${interfaces} broken by its interfaces`,
    units: (nodes, pods) => {
      // Every node can leave 15 addresses of its last prefix unused; an interface's own address spoils a /28.
      const busy = pods + warmAddresses * nodes;
      const filled = Math.min(
        busy,
        Math.floor((busy + (ADDRESSES_PER_PREFIX - 1) * nodes) / ADDRESSES_PER_PREFIX),
      );
      return Math.max(filled, least * nodes) + nodes * (warmPrefixes + interfaces);
    },
    usable: usablePrefixes,
  };
}

function addressSpace({ shape, mode, warm, sharesNodeSubnets }: PodSpaceProps): PodSpace {
  const slots = shape.addressesPerEni - 1;
  const enis = podEnis(shape, mode);
  const perNode = (pods: number): number => {
    if (warm.addresses === undefined)
      return Math.min(enis, Math.ceil(pods / slots) + 1) * shape.addressesPerEni;
    const held = Math.max(pods + warm.addresses, warm.minimumAddresses ?? 0);
    return held + Math.min(enis, Math.ceil(held / slots));
  };
  return {
    unit: "addresses",
    overhead: warm.addresses === undefined ? "1 interface warm" : `${warm.addresses} warm`,
    units: (nodes, pods) => (nodes === 0 ? 0 : nodes * perNode(Math.ceil(pods / nodes))),
    usable: (length) =>
      Math.max(
        0,
        2 ** (32 - length) - SUBNET_RESERVED_ADDRESSES - (sharesNodeSubnets ? NODE_SUBNET_HEADROOM : 0),
      ),
  };
}
