import {
  AddressPlanError,
  eksCapacity,
  type Instance,
  nodesInSubnet,
  type SubnetSet,
} from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";
import { addressUse, type CniOptions } from "../cni/cni-options";
import { type EksNetworkContract } from "../network/eks-network-contract";
import { inUse, podSubnetsInUse } from "../subnets/subnets-in-use";
import { type NodeGroupOptions } from "./node-group";
import { checkInstances, instances, instanceTypes, leastMaxPods } from "./node-instances";
import { type NodePlacement, nodePlacement } from "../cluster/node-placement";

/** Nodes that something else than a node group adds, such as a node pool of Karpenter. */
export interface ProvisionedNodes {
  /** What adds them, for errors. */
  readonly name: string;
  /** The most nodes at a time, over all zones. */
  readonly nodes: number;
  readonly instances: readonly Instance[];
}

/**
 * Checks the node groups of a cluster together and against its addresses.
 *
 * @throws ValidationError for an empty list, duplicate names, an unknown instance type, no node for CoreDNS, node subnets
 * that the plan does not have or drains, and more nodes than a set or the addresses support
 */
export function checkNodeGroups(
  where: Construct,
  groups: readonly NodeGroupOptions[],
  network: EksNetworkContract,
  cni: CniOptions,
  provisioned: readonly ProvisionedNodes[] = [],
): void {
  const names = groups.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new ValidationError(where, `two node groups are named ${twice}; use unique names`);
  }
  if (!groups.some(({ taints = [] }) => !taints.some(repelsCoreDns))) {
    throw new ValidationError(
      where,
      groups.length === 0
        ? "the cluster has no node group, so CoreDNS would never start; add one"
        : `every node group (${names.join(", ")}) has a taint that CoreDNS does not tolerate; remove the taint from one`,
    );
  }
  for (const group of groups) checkInstance(where, group, network, cni);
  checkNodes(where, groups, network, cni, provisioned);
}

/** Adds the construct path to errors of the address plan, which has no constructs. */
function checkInstance(
  where: Construct,
  group: NodeGroupOptions,
  network: EksNetworkContract,
  cni: CniOptions,
): void {
  checkInstances(where, group.name, group);
  try {
    // Two pods use the network of the node.
    if (leastMaxPods(group, cni, network).raw <= 2) {
      throw new ValidationError(
        where,
        `node group ${group.name}: ${instanceTypes(group).join(", ")} has no interface left for pods; raise cni.environment.MAX_ENI, or use a larger type`,
      );
    }
  } catch (error) {
    if (!(error instanceof AddressPlanError)) throw error;
    throw new ValidationError(where, `node group ${group.name}: ${error.reason}`);
  }
}

function repelsCoreDns({ key, effect }: { key: string; effect: string }): boolean {
  return effect !== "PREFER_NO_SCHEDULE" && key !== "CriticalAddonsOnly";
}

/** The nodes of each zone of a set fit into its subnet, and all nodes with their pods into the cluster's addresses. */
function checkNodes(
  where: Construct,
  groups: readonly NodeGroupOptions[],
  network: EksNetworkContract,
  cni: CniOptions,
  provisioned: readonly ProvisionedNodes[],
): void {
  const placed = groups
    .map((group) => ({ ...group, placement: nodePlacement(where, group, network.addresses) }))
    .filter(({ retiring }) => !retiring);
  for (const set of network.addresses.nodes) {
    checkSet(
      where,
      set,
      placed.filter(({ placement }) => placement.set === set),
    );
  }
  const fromGroups = placed.map((group): ProvisionedNodes => ({
    name: group.name,
    nodes: group.size.max,
    instances: instances(group, cni),
  }));
  checkCapacity(where, [...fromGroups, ...provisioned], network, cni);
}

type PlacedGroup = NodeGroupOptions & { readonly placement: NodePlacement };

/** A group's nodes are spread evenly over its zones. */
function checkSet(where: Construct, { name, subnets }: SubnetSet, groups: readonly PlacedGroup[]): void {
  for (const { zone, cidr } of subnets) {
    const here = groups.filter(({ placement }) => placement.subnets.some((subnet) => subnet.zone === zone));
    const nodes = here.reduce((sum, { size, placement }) => sum + size.max / placement.subnets.length, 0);
    const room = nodesInSubnet(cidr);
    if (nodes > room) {
      throw new ValidationError(
        where,
        `the node groups of ${name} grow to ${Math.ceil(nodes)} nodes in ${zone} (${sumOf(here)} over their zones), but subnet ${cidr} has room for ${room}; lower size.max, put nodes into another set, or raise nodes in the address plan and use the set that it adds in a new group`,
      );
    }
  }
}

/**
 * Checks all nodes of a cluster, with their pods, against its addresses. Any node may be of the type that takes most.
 *
 * @throws ValidationError for more nodes than the addresses support
 */
export function checkCapacity(
  where: Construct,
  nodeSets: readonly ProvisionedNodes[],
  network: EksNetworkContract,
  cni: CniOptions,
): void {
  const { addresses, ipFamily } = network;
  const nodes = nodeSets.reduce((sum, set) => sum + set.nodes, 0);
  if (nodes === 0) return;
  const types = [...new Map(nodeSets.flatMap((set) => set.instances).map((one) => [nameOf(one), one]))];
  const capacity =
    ipFamily === "ipv6"
      ? addresses.capacity
      : eksCapacity({
          name: addresses.name,
          demand: addresses.demand,
          instances: types.map(([, instance]) => instance),
          nodeSubnets: inUse(addresses.nodes),
          podSubnets: podSubnetsInUse(addresses, cni),
          quotas: { cidrs: addresses.vpcCidrQuota },
          ...addressUse(cni, network),
        });
  if (nodes > capacity.nodes) {
    const { demand } = addresses;
    const names =
      types.length > 4 ? `${types.length} instance types` : types.map(([name]) => name).join(", ");
    throw new ValidationError(
      where,
      `the node groups grow to ${nodes} nodes (${nodeSets.map((set) => `${set.name} ${set.nodes}`).join(" + ")}), but the planned subnets support ${capacity.nodes} of ${names} with ${demand.pods}/${demand.nodes} pods each (${capacity.binding.name}: ${capacity.binding.formula}); lower size.max or raise nodes in the address plan`,
    );
  }
}

const nameOf = (instance: Instance): string =>
  typeof instance === "string" ? instance : `${instance.enis} interfaces × ${instance.addressesPerEni}`;

const sumOf = (groups: readonly NodeGroupOptions[]): string =>
  groups.map(({ name, size }) => `${name} ${size.max}`).join(" + ");
