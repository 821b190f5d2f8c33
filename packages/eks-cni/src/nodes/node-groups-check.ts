import { AddressPlanError, eksCapacity, maxPods } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";
import { addressUse, type CniOptions } from "../cni/cni-options";
import { type EksNetworkContract } from "../network/eks-network-contract";
import { type NodeGroupOptions } from "./node-group";

/**
 * Checks the node groups of a cluster together and against its addresses.
 *
 * @throws ValidationError for an empty list, duplicate names, an unknown instance type, no node for CoreDNS, and more
 * nodes than the addresses support
 */
export function checkNodeGroups(
  where: Construct,
  groups: readonly NodeGroupOptions[],
  network: EksNetworkContract,
  cni: CniOptions,
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
  checkNodes(where, groups, network, cni);
}

/** Adds the construct path to errors of the address plan, which has no constructs. */
function checkInstance(
  where: Construct,
  { name, instanceType, instanceShape }: NodeGroupOptions,
  network: EksNetworkContract,
  cni: CniOptions,
): void {
  try {
    maxPods(instanceShape ?? instanceType, addressUse(cni, network).mode);
  } catch (error) {
    if (!(error instanceof AddressPlanError)) throw error;
    throw new ValidationError(where, `node group ${name}: ${error.reason}`);
  }
}

function repelsCoreDns({ key, effect }: { key: string; effect: string }): boolean {
  return effect !== "PREFER_NO_SCHEDULE" && key !== "CriticalAddonsOnly";
}

function checkNodes(
  where: Construct,
  groups: readonly NodeGroupOptions[],
  network: EksNetworkContract,
  cni: CniOptions,
): void {
  const { addresses, ipFamily } = network;
  const nodes = groups.reduce((sum, { size }) => sum + size.max, 0);
  const sum = groups.map(({ name, size }) => `${name} ${size.max}`).join(" + ");
  for (const { instanceType, instanceShape } of groups) {
    const capacity =
      ipFamily === "ipv6"
        ? addresses.capacity
        : eksCapacity({
            name: addresses.name,
            demand: addresses.demand,
            instance: instanceShape ?? instanceType,
            nodeSubnets: addresses.nodeSubnets,
            podSubnets: addresses.pods.subnets,
            ...addressUse(cni, network),
          });
    if (nodes > capacity.nodes) {
      const { demand } = addresses;
      throw new ValidationError(
        where,
        `the node groups grow to ${nodes} nodes (${sum}), but the planned subnets support ${capacity.nodes} of ${instanceType} with ${demand.pods}/${demand.nodes} pods each (${capacity.binding.name}: ${capacity.binding.formula}); lower size.max or raise nodes in the address plan`,
      );
    }
  }
}
