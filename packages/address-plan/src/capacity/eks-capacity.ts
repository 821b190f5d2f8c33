import { type Instance, instanceShape } from "../cloud/instance-types";
import { type EksMode, maxPods, usesPrefixes } from "../cloud/max-pods";
import { SUBNET_RESERVED_ADDRESSES } from "../cloud/vpc-cidr";
import { type Demand } from "../demand/cluster-demand";
import { AddressPlanError } from "../message/address-plan-error";
import { formatCount } from "../message/format-count";
import { Prefix } from "../prefix/prefix";
import { type Capacity, capacityOf, type Limit } from "./capacity";
import { EKS_SURGE_PER_ZONE, eksSurge } from "./eks-surge";
import {
  NODE_SUBNET_HEADROOM,
  type PodAddressUsage,
  podAddressUsage,
  type WarmTargets,
} from "./pod-address-usage";
import { type ZoneSubnet } from "./zone-subnet";

/** Quotas of a VPC. AWS raises each on request, up to the given maximum. */
export interface VpcQuotas {
  /** IPv4 CIDRs, including the primary: 1 to 50. @default 5 */
  readonly cidrs?: number;
  /** Subnets. @default 200 */
  readonly subnets?: number;
  /** Network address usage (addresses and prefixes on interfaces): 1 to 256,000. @default 64000 */
  readonly networkAddressUsage?: number;
}

/** Inputs of `eksCapacity`: everything that limits the pods of an EKS cluster. */
export interface EksCapacityProps {
  /** Name of the cluster, for errors. */
  readonly name: string;
  readonly demand: Demand;
  /** The instances that a node may be, at least one. */
  readonly instances: readonly Instance[];
  readonly nodeSubnets: readonly ZoneSubnet[];
  /** Subnets for pods only, one or more per zone. @default none: pods use the node subnets */
  readonly podSubnets?: readonly ZoneSubnet[];
  /** @default "prefix-delegation" */
  readonly mode?: EksMode;
  /** @default one warm prefix, or one warm interface in the standard modes */
  readonly warm?: WarmTargets;
  /** @default the quotas of a new account */
  readonly quotas?: VpcQuotas;
}

/** Minimum, maximum and default of each quota (VPC: "Amazon VPC quotas"). */
const BOUNDS = {
  cidrs: [1, 50, 5],
  subnets: [1, Infinity, 200],
  networkAddressUsage: [1, 256_000, 64_000],
} as const;

/** Subnets per zone that have no pods: public, control plane and node. */
const OTHER_SUBNETS_PER_ZONE = 3;

/**
 * The capacity of an EKS cluster's addresses, with the workload spread evenly over the zones and a rolling update in
 * progress.
 *
 * @throws AddressPlanError if the instance type is unknown, the warm targets are invalid, a quota is out of bounds or
 * a zone has no pod subnet
 */
export function eksCapacity(props: EksCapacityProps): Capacity {
  const { name, demand, nodeSubnets, podSubnets = nodeSubnets } = props;
  const mode = effectiveMode(props);
  const zones = [...new Set(nodeSubnets.map((subnet) => subnet.zone))];
  const usage = podAddressUsage({
    shapes: props.instances.map((instance) => instanceShape(instance, `${name}/instanceType`)),
    mode,
    podsPerNode: demand.podsPerNode,
    warm: props.warm ?? {},
    sharesNodeSubnets: props.podSubnets === undefined,
    path: `${name}/warm`,
  });
  const inZones = zones.map((zone) =>
    zoneLimits(zone, zones.length, { name, demand, nodeSubnets, podSubnets }, usage),
  );
  const limits: Limit[] = [
    instanceLimit(props.instances, mode, demand),
    ...inZones.flatMap((zone) => zone.limits),
    ...quotaLimits(props, zones.length, podSubnets, usage),
  ];
  return capacityOf(Math.min(...inZones.map((zone) => zone.nodes)) * zones.length, limits);
}

/** Pods in dedicated subnets stay off the primary interface, as with custom networking. */
function effectiveMode({ name, mode = "prefix-delegation", podSubnets }: EksCapacityProps): EksMode {
  if (podSubnets !== undefined)
    return usesPrefixes(mode) ? "custom-networking-with-prefixes" : "custom-networking";
  if (mode.startsWith("custom-networking"))
    throw new AddressPlanError(name, "custom networking requires dedicated pod subnets; set podSubnets");
  return mode;
}

type ZoneProps = Required<Pick<EksCapacityProps, "name" | "demand" | "nodeSubnets" | "podSubnets">>;

function zoneLimits(
  zone: string,
  zones: number,
  props: ZoneProps,
  usage: PodAddressUsage,
): { nodes: number; limits: Limit[] } {
  const { demand } = props;
  const lengths = (subnets: readonly ZoneSubnet[]): number[] =>
    subnets.filter((subnet) => subnet.zone === zone).map((subnet) => Prefix.parse(subnet.cidr, 4).length);
  const podLengths = lengths(props.podSubnets);
  if (podLengths.length === 0)
    throw new AddressPlanError(props.name, `zone ${zone} has nodes but no pod subnet; add one`);

  const reserved = SUBNET_RESERVED_ADDRESSES + NODE_SUBNET_HEADROOM;
  const nodeLengths = lengths(props.nodeSubnets);
  const addresses = sum(nodeLengths.map((length) => Math.max(0, 2 ** (32 - length) - reserved)));
  const fargate = Math.ceil((demand.fargatePods ?? 0) / zones);
  const surgeNodes = (value: number) => eksSurge(demand, value * zones, demand.pods).nodes;
  const nodesByAddress = largest(addresses, (value) => value + surgeNodes(value) + fargate <= addresses);

  const usable = sum(podLengths.map((length) => usage.usable(length)));
  const nodes = Math.ceil(demand.nodes / zones);
  const surge = surgeNodes(nodes);
  const withSurge = nodes + surge;
  const pods = largest(usable * 16, (value) => {
    const replaced = eksSurge(demand, nodes * zones, value * zones).pods;
    return usage.units(withSurge, value + replaced) <= usable;
  });
  const demandedPods = Math.ceil(demand.pods / zones);
  const nodesByPods = largest(usable, (value) => {
    const podsOnNodes = Math.ceil((value * demandedPods) / nodes);
    const added = eksSurge(demand, value * zones, podsOnNodes * zones);
    return usage.units(value + added.nodes, podsOnNodes + added.pods) <= usable;
  });

  const prefixes = usage.unit === "addresses" ? "addresses" : "prefixes";
  return {
    nodes: Math.min(nodesByAddress, nodesByPods),
    limits: [
      {
        name: `node addresses in ${zone}`,
        pods: nodesByAddress * zones * demand.podsPerNode,
        formula: `(${nodeLengths.map((length) => `2^(32−${length})`).join(" + ")} − ${reserved} reserved per subnet − ${surgeNodes(nodesByAddress)} surge${fargate > 0 ? ` − ${formatCount(fargate)} Fargate pods` : ""} = ${formatCount(nodesByAddress)} nodes) × ${zones} zones × ${demand.podsPerNode} pods`,
        fix: "use a larger node subnet or add a zone",
      },
      {
        name: `pod ${prefixes} in ${zone}`,
        pods: pods * zones,
        formula: `${formatCount(usable)} ${usage.unit} for ${withSurge} nodes (${surge} surge), each with ${usage.overhead()}: ${formatCount(pods)} pods × ${zones} zones`,
        fix: "use a larger pod subnet, add one from the growth space or add a zone",
      },
    ],
  };
}

/** The smallest of the instances decides, because the pods may need nodes of that type. */
function instanceLimit(instances: readonly Instance[], mode: EksMode, demand: Demand): Limit {
  const limits = instances.map((instance) => ({ instance, raw: maxPods(instance, mode).raw }));
  const { instance, raw } = limits.reduce((least, one) => (one.raw < least.raw ? one : least));
  const perNode = Math.min(demand.podsPerNode, raw);
  const type = typeof instance === "string" ? instance : "the instance type";
  return {
    name: "pods per node",
    pods: demand.nodes * perNode,
    formula: `${formatCount(demand.nodes)} nodes × ${perNode} pods (${type} supports ${formatCount(raw)})`,
    fix: perNode < demand.podsPerNode ? "use a larger instance type" : "increase nodes or podsPerNode",
  };
}

function quotaLimits(
  props: EksCapacityProps,
  zones: number,
  podSubnets: readonly ZoneSubnet[],
  usage: PodAddressUsage,
): Limit[] {
  const cidrs = quota(props, "cidrs");
  const subnets = quota(props, "subnets");
  const networkAddressUsage = quota(props, "networkAddressUsage");
  const { demand } = props;
  const added = (pods: number) => eksSurge(demand, demand.nodes, pods);
  const nodes = demand.nodes + EKS_SURGE_PER_ZONE * (zones - 1) + added(0).nodes;
  const fargate = demand.fargatePods ?? 0;
  const perUnit = usesPrefixes(effectiveMode(props)) ? 16 : 1;
  const podSubnetCount = Math.max(0, subnets - OTHER_SUBNETS_PER_ZONE * zones);
  const widest = Math.max(...podSubnets.map((subnet) => usage.usable(Prefix.parse(subnet.cidr, 4).length)));
  return [
    {
      name: "VPC CIDRs",
      pods: (cidrs - 1) * usage.usable(16) * perUnit,
      formula: `(${cidrs} CIDRs − 1 primary) × ${formatCount(usage.usable(16))} ${usage.unit} of a /16${perUnit > 1 ? " × 16" : ""}`,
      fix: "raise the quota of IPv4 CIDRs per VPC (50 at most) or split the cluster",
    },
    {
      name: "subnets per VPC",
      pods: podSubnetCount * widest * perUnit,
      formula: `(${subnets} subnets − ${OTHER_SUBNETS_PER_ZONE} × ${zones} zones) × ${formatCount(widest)} ${usage.unit}${perUnit > 1 ? " × 16" : ""}`,
      fix: "use larger pod subnets or raise the quota of subnets per VPC",
    },
    {
      name: "network address usage",
      pods: largest(
        networkAddressUsage * perUnit,
        (pods) => nodes + fargate + usage.units(nodes, pods + added(pods).pods) <= networkAddressUsage,
      ),
      formula: `${formatCount(networkAddressUsage)} units − ${formatCount(nodes)} nodes, each with ${usage.overhead()}; one unit per ${perUnit > 1 ? "prefix" : "address"}`,
      fix: "raise the quota of network address usage (256,000 at most) or split the cluster",
    },
  ];
}

function quota(props: EksCapacityProps, name: keyof typeof BOUNDS): number {
  const [minimum, maximum, standard] = BOUNDS[name];
  const value = props.quotas?.[name] ?? standard;
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return value;
  throw new AddressPlanError(
    `${props.name}/quotas.${name}`,
    `${value} is out of bounds; use ${maximum === Infinity ? `at least ${minimum}` : `${minimum} to ${maximum}`}`,
  );
}

/** The largest integer from 0 to `bound` that fits. `fits` must be true up to some value and false above it. */
function largest(bound: number, fits: (value: number) => boolean): number {
  let low = 0;
  let high = bound;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
