import { type InstanceShape } from "../cloud/instance-types";
import { ADDRESSES_PER_PREFIX, type EksMode, podEnis, usesPrefixes } from "../cloud/max-pods";
import { SUBNET_RESERVED_ADDRESSES, usablePrefixes } from "../cloud/vpc-cidr";
import { AddressPlanError } from "../message/address-plan-error";

/** Addresses of a node subnet for internal load balancers (8 free addresses each) and interface endpoints. */
export const NODE_SUBNET_HEADROOM = 16;

/** The free addresses that the VPC CNI maintains on each node. */
export interface WarmTargets {
  /** WARM_PREFIX_TARGET: free /28 prefixes. Ignored with `addresses`. @default 1 */
  readonly prefixes?: number;
  /** WARM_IP_TARGET: free addresses. @default unset: prefixes, or one whole interface in the standard modes */
  readonly addresses?: number;
  /** MINIMUM_IP_TARGET: addresses from the start, free or in use; requires `addresses`. @default 0 */
  readonly minimumAddresses?: number;
}

/** How many addresses or prefixes the nodes of a zone use in its pod subnets. */
export interface PodAddressUsage {
  /** `/28 prefixes` or `addresses`. */
  readonly unit: string;
  /** Maximum units that `pods` on `nodes` use, however the pods are spread. */
  units(nodes: number, pods: number): number;
  /** Usable units of a subnet of this netmask length. */
  usable(length: number): number;
  /** The units of a node that run no pod, for display. */
  overhead(): string;
}

/** Inputs of `podAddressUsage`. */
export interface PodAddressUsageProps {
  /** The shapes that a node may have, at least one. */
  readonly shapes: readonly InstanceShape[];
  readonly mode: EksMode;
  readonly podsPerNode: number;
  readonly warm: WarmTargets;
  /** Whether pods use the node subnets. */
  readonly sharesNodeSubnets: boolean;
  /** Location of the warm targets, for errors. */
  readonly path: string;
}

/** Inputs of the usage of nodes of one shape. */
type ShapeProps = Omit<PodAddressUsageProps, "shapes"> & { readonly shape: InstanceShape };

/**
 * The address usage of a zone. Any node may have the shape that uses most.
 *
 * @throws AddressPlanError if the warm targets are invalid
 */
export function podAddressUsage(props: PodAddressUsageProps): PodAddressUsage {
  checkWarmTargets(props);
  const all = distinct(props.shapes).map((shape) =>
    usesPrefixes(props.mode) ? prefixUsage({ ...props, shape }) : addressUsage({ ...props, shape }),
  );
  const [first] = all;
  if (all.length === 1) return first!;
  const most = (nodes: number, pods: number) => Math.max(...all.map((usage) => usage.units(nodes, pods)));
  const full = (usage: PodAddressUsage) => usage.units(1, props.podsPerNode);
  const worst = all.reduce((one, other) => (full(other) > full(one) ? other : one));
  return { ...worst, units: most };
}

/** Shapes that differ in what the usage depends on. */
function distinct(shapes: readonly InstanceShape[]): readonly InstanceShape[] {
  if (shapes.length === 1) return shapes;
  return [...new Map(shapes.map((shape) => [`${shape.enis} ${shape.addressesPerEni}`, shape])).values()];
}

function checkWarmTargets({ warm, mode, path }: PodAddressUsageProps): void {
  if (warm.minimumAddresses !== undefined && warm.addresses === undefined)
    throw new AddressPlanError(
      path,
      `MINIMUM_IP_TARGET ${warm.minimumAddresses} without WARM_IP_TARGET stops a node from adding addresses; set warm.addresses too`,
    );
  const zero = (warm.prefixes ?? 1) === 0 && (warm.addresses ?? 0) === 0;
  if (usesPrefixes(mode) && (zero || warm.addresses === 0) && (warm.minimumAddresses ?? 0) === 0)
    throw new AddressPlanError(
      path,
      "the VPC CNI does not support warm targets of 0 with prefix delegation; use warm.prefixes 1",
    );
}

function prefixUsage({ shape, mode, podsPerNode, warm, sharesNodeSubnets }: ShapeProps): PodAddressUsage {
  const slots = shape.addressesPerEni - 1;
  const warmPrefixes = warm.addresses === undefined ? (warm.prefixes ?? 1) : 0;
  const warmAddresses = warm.addresses ?? 0;
  const fullNode = Math.ceil((podsPerNode + warmAddresses) / ADDRESSES_PER_PREFIX) + warmPrefixes;
  const interfaces =
    Math.min(podEnis(shape, mode), Math.ceil(fullNode / slots)) + (sharesNodeSubnets ? 1 : 0);
  const least = Math.ceil((warm.minimumAddresses ?? 0) / ADDRESSES_PER_PREFIX);
  return {
    unit: "/28 prefixes",
    overhead: () =>
      `${warm.addresses === undefined ? warmPrefixes : `${warmAddresses} addresses`} warm and ${interfaces} lost to interface addresses`,
    units: (nodes, pods) => {
      // Every node can leave 15 addresses of its last prefix unused. An interface's own address makes its /28 unusable.
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

function addressUsage({ shape, mode, warm, sharesNodeSubnets }: ShapeProps): PodAddressUsage {
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
    overhead: () => (warm.addresses === undefined ? "1 interface warm" : `${warm.addresses} warm`),
    units: (nodes, pods) => (nodes === 0 ? 0 : nodes * perNode(Math.ceil(pods / nodes))),
    usable: (length) =>
      Math.max(
        0,
        2 ** (32 - length) - SUBNET_RESERVED_ADDRESSES - (sharesNodeSubnets ? NODE_SUBNET_HEADROOM : 0),
      ),
  };
}
