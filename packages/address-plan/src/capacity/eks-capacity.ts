import { AddressPlanError } from "../message/address-plan-error";
import { type Capacity, type Limit } from "./capacity";
import { type Demand, type ZoneSubnet } from "../addresses/cluster-addresses";
import { capacityOf, count, largest } from "./capacity-of";
import {
  EKS_SURGE_PER_ZONE,
  NODE_SUBNET_HEADROOM,
  type PodSpace,
  podSpace,
  SUBNET_RESERVED_ADDRESSES,
  type WarmTargets,
} from "./pod-address-usage";
import { type Instance, instanceShape } from "../cloud/instance-types";
import { type EksMode, maxPods, usesPrefixes } from "../cloud/max-pods";
import { Prefix } from "../prefix/prefix";

/** Quotas of a VPC; each can be raised on request up to its bound. */
export interface VpcQuotas {
  /** IPv4 CIDRs, the primary included: 1 to 50. @default 5 */
  readonly cidrs?: number;
  /** Subnets. @default 200 */
  readonly subnets?: number;
  /** Network address usage: addresses and prefixes on interfaces, up to 256,000. @default 64000 */
  readonly networkAddressUsage?: number;
}

/** Everything that bounds the pods of an EKS cluster. */
export interface EksCapacityProps {
  /** Name of the cluster, for errors. */
  readonly name: string;
  readonly demand: Demand;
  readonly instance: Instance;
  readonly nodeSubnets: readonly ZoneSubnet[];
  /** Subnets that carry pods only, one or more a zone. @default none: pods live in the node subnets */
  readonly podSubnets?: readonly ZoneSubnet[];
  /** @default "prefix-delegation" */
  readonly mode?: EksMode;
  /** @default one warm prefix, or one warm interface in the standard modes */
  readonly warm?: WarmTargets;
  /** @default the quotas of a new account */
  readonly quotas?: VpcQuotas;
}

const BOUNDS = {
  cidrs: [1, 50, 5],
  subnets: [1, Infinity, 200],
  networkAddressUsage: [1, 256_000, 64_000],
} as const;

/** Subnets a zone that carry no pods: public, control plane and node. */
const OTHER_SUBNETS_PER_ZONE = 3;

/**
 * What the addresses of an EKS cluster can carry, with the workload spread evenly over the zones and a rolling
 * update under way.
 *
 * @throws AddressPlanError on an unknown instance type, impossible warm targets, quotas out of bounds or a zone
 * without a pod subnet
 */
export function eksCapacity(props: EksCapacityProps): Capacity {
  const { name, demand, nodeSubnets, podSubnets = nodeSubnets } = props;
  const mode = effectiveMode(props);
  const zones = [...new Set(nodeSubnets.map((subnet) => subnet.zone))];
  const shape = instanceShape(props.instance, `${name}/instanceType`);
  const space = podSpace({
    shape,
    mode,
    podsPerNode: demand.podsPerNode,
    warm: props.warm ?? {},
    sharesNodeSubnets: props.podSubnets === undefined,
    path: `${name}/warm`,
  });
  const inZones = zones.map((zone) =>
    zoneLimits(zone, zones.length, { name, demand, nodeSubnets, podSubnets }, space),
  );
  const limits: Limit[] = [
    instanceLimit(props.instance, mode, demand),
    ...inZones.flatMap((zone) => zone.limits),
    ...quotaLimits(props, zones.length, podSubnets, space),
  ];
  return capacityOf(Math.min(...inZones.map((zone) => zone.nodes)) * zones.length, limits);
}

/** Pods with subnets of their own stay off the primary interface, as with custom networking. */
function effectiveMode({ name, mode = "prefix-delegation", podSubnets }: EksCapacityProps): EksMode {
  if (podSubnets !== undefined)
    return usesPrefixes(mode) ? "custom-networking-with-prefixes" : "custom-networking";
  if (mode.startsWith("custom-networking"))
    throw new AddressPlanError(
      name,
      "custom networking puts pods into subnets of their own; give podSubnets",
    );
  return mode;
}

type ZoneProps = Required<Pick<EksCapacityProps, "name" | "demand" | "nodeSubnets" | "podSubnets">>;

function zoneLimits(
  zone: string,
  zones: number,
  props: ZoneProps,
  space: PodSpace,
): { nodes: number; limits: Limit[] } {
  const { demand } = props;
  const lengths = (subnets: readonly ZoneSubnet[]): number[] =>
    subnets.filter((subnet) => subnet.zone === zone).map((subnet) => Prefix.parse(subnet.cidr, 4).length);
  const podLengths = lengths(props.podSubnets);
  if (podLengths.length === 0)
    throw new AddressPlanError(props.name, `zone ${zone} has nodes but no pod subnet; give every zone one`);

  const reserved = SUBNET_RESERVED_ADDRESSES + NODE_SUBNET_HEADROOM;
  const nodeLengths = lengths(props.nodeSubnets);
  const addresses = sum(nodeLengths.map((length) => Math.max(0, 2 ** (32 - length) - reserved)));
  const nodesByAddress = Math.max(0, addresses - EKS_SURGE_PER_ZONE);

  const usable = sum(podLengths.map((length) => space.usable(length)));
  const nodes = Math.ceil(demand.nodes / zones);
  const asked = nodes + EKS_SURGE_PER_ZONE;
  const pods = largest(usable * 16, (value) => space.units(asked, value) <= usable);
  const podsAsked = Math.ceil(demand.pods / zones);
  const withSurge = (count: number): number =>
    space.units(count + EKS_SURGE_PER_ZONE, Math.ceil((count * podsAsked) / nodes));
  const nodesByPods = largest(usable, (value) => withSurge(value) <= usable);

  const prefixes = space.unit === "addresses" ? "addresses" : "prefixes";
  return {
    nodes: Math.min(nodesByAddress, nodesByPods),
    limits: [
      {
        name: `node addresses in ${zone}`,
        pods: nodesByAddress * zones * demand.podsPerNode,
        formula: `(${nodeLengths.map((length) => `2^(32−${length})`).join(" + ")} − ${reserved} reserved a subnet − ${EKS_SURGE_PER_ZONE} surge = ${count(nodesByAddress)} nodes) × ${zones} zones × ${demand.podsPerNode} pods`,
        fix: "use a larger node subnet or add a zone",
      },
      {
        name: `pod ${prefixes} in ${zone}`,
        pods: pods * zones,
        formula: `${count(usable)} ${space.unit} for ${asked} nodes (${EKS_SURGE_PER_ZONE} surge), each with ${space.overhead}: ${count(pods)} pods × ${zones} zones`,
        fix: "use a larger pod subnet, add one from the growth space or add a zone",
      },
    ],
  };
}

function instanceLimit(instance: Instance, mode: EksMode, demand: Demand): Limit {
  const { raw } = maxPods(instance, mode);
  const perNode = Math.min(demand.podsPerNode, raw);
  const type = typeof instance === "string" ? instance : "the instance type";
  return {
    name: "pods per node",
    pods: demand.nodes * perNode,
    formula: `${count(demand.nodes)} nodes × ${perNode} pods (${type} carries ${count(raw)})`,
    fix:
      perNode < demand.podsPerNode
        ? "use a larger instance type"
        : "ask for more nodes or more pods per node",
  };
}

function quotaLimits(
  props: EksCapacityProps,
  zones: number,
  podSubnets: readonly ZoneSubnet[],
  space: PodSpace,
): Limit[] {
  const cidrs = quota(props, "cidrs");
  const subnets = quota(props, "subnets");
  const usage = quota(props, "networkAddressUsage");
  const nodes = props.demand.nodes + EKS_SURGE_PER_ZONE * zones;
  const perUnit = usesPrefixes(effectiveMode(props)) ? 16 : 1;
  const podSubnetCount = Math.max(0, subnets - OTHER_SUBNETS_PER_ZONE * zones);
  const widest = Math.max(...podSubnets.map((subnet) => space.usable(Prefix.parse(subnet.cidr, 4).length)));
  return [
    {
      name: "VPC CIDRs",
      pods: (cidrs - 1) * space.usable(16) * perUnit,
      formula: `(${cidrs} CIDRs − 1 primary) × ${count(space.usable(16))} ${space.unit} of a /16${perUnit > 1 ? " × 16" : ""}`,
      fix: "raise the quota of IPv4 CIDRs per VPC (50 at most) or split the cluster",
    },
    {
      name: "subnets per VPC",
      pods: podSubnetCount * widest * perUnit,
      formula: `(${subnets} subnets − ${OTHER_SUBNETS_PER_ZONE} × ${zones} zones) × ${count(widest)} ${space.unit}${perUnit > 1 ? " × 16" : ""}`,
      fix: "use larger pod subnets or raise the quota of subnets per VPC",
    },
    {
      name: "network address usage",
      pods: largest(usage * perUnit, (pods) => nodes + space.units(nodes, pods) <= usage),
      formula: `${count(usage)} units − ${count(nodes)} nodes, each with ${space.overhead}; one unit a ${perUnit > 1 ? "prefix" : "address"}`,
      fix: "raise the quota of network address usage (256,000 at most) or split the cluster",
    },
  ];
}

function quota(props: EksCapacityProps, name: keyof typeof BOUNDS): number {
  const [least, most, usual] = BOUNDS[name];
  const value = props.quotas?.[name] ?? usual;
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new AddressPlanError(
    `${props.name}/quotas.${name}`,
    `${value} is not a quota; use ${least} to ${most}`,
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
