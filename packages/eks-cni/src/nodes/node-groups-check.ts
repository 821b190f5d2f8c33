import { AddressPlanError, eksCapacity, maxPods } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";
import { addressUse, type CniSettings } from "../cni/cni-options";
import { type EksNetworkContract } from "../network/eks-network-contract";
import { type NodeGroupSettings } from "./node-group";

/**
 * Holds the node groups of a cluster against each other and against its addresses.
 *
 * @throws ValidationError without a group, on two groups of one name, on an instance that nobody knows, on groups that leave CoreDNS no node and on
 * more nodes than the addresses carry
 */
export function checkNodeGroups(
  where: Construct,
  groups: readonly NodeGroupSettings[],
  network: EksNetworkContract,
  cni: CniSettings,
): void {
  const names = groups.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new ValidationError(where, `two node groups are named ${twice}; give each its own name`);
  }
  if (!groups.some(({ taints = [] }) => !taints.some(repelsCoreDns))) {
    throw new ValidationError(
      where,
      groups.length === 0
        ? "the cluster has no node group, so CoreDNS would never start; add one"
        : `every node group (${names.join(", ")}) has a taint that CoreDNS does not tolerate; leave one without`,
    );
  }
  for (const group of groups) checkInstance(where, group, network, cni);
  checkNodes(where, groups, network, cni);
}

/** The address plan knows no construct, so what it refuses gets its path here. */
function checkInstance(
  where: Construct,
  { name, instanceType, instanceShape }: NodeGroupSettings,
  network: EksNetworkContract,
  cni: CniSettings,
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
  groups: readonly NodeGroupSettings[],
  { cluster, ipFamily, ...network }: EksNetworkContract,
  cni: CniSettings,
): void {
  const nodes = groups.reduce((sum, { size }) => sum + size.max, 0);
  const sum = groups.map(({ name, size }) => `${name} ${size.max}`).join(" + ");
  for (const { instanceType, instanceShape } of groups) {
    const capacity =
      ipFamily === "ipv6"
        ? cluster.capacity
        : eksCapacity({
            name: cluster.name,
            demand: cluster.demand,
            instance: instanceShape ?? instanceType,
            nodeSubnets: cluster.nodeSubnets,
            podSubnets: cluster.pods.subnets,
            ...addressUse(cni, { cluster, ipFamily, ...network }),
          });
    if (nodes > capacity.nodes) {
      const { pods, nodes: asked } = cluster.demand;
      throw new ValidationError(
        where,
        `the node groups grow to ${nodes} nodes (${sum}) but the planned subnets carry ${capacity.nodes} of ${instanceType} at ${pods}/${asked} pods each (${capacity.binding.name}: ${capacity.binding.formula}); lower size.max or raise nodes in the address plan`,
      );
    }
  }
}
