import { ValidationError, warn } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";
import { type CniOptions } from "../cni/cni-options";
import { type EksNetworkContract } from "../network/eks-network-contract";
import { type InstanceOptions, instanceTypes, leastMaxPods } from "./node-instances";

/**
 * The kubelet's `maxPods` of nodes that may be any of several types: the option, else what the interfaces of the smallest one
 * support, up to EKS's recommendation and the plan's podsPerNode.
 *
 * @throws ValidationError for more pods than the interfaces support, or than the plan has addresses for
 */
export function podsPerNode(
  where: Construct,
  options: InstanceOptions & { readonly maxPods?: number },
  cni: CniOptions,
  network: EksNetworkContract,
): number {
  const limit = leastMaxPods(options, cni, network);
  const { maxPods } = options;
  const planned = network.addresses.demand.podsPerNode;
  if (maxPods === undefined) {
    if (limit.warning !== undefined) warn(where, limit.warning);
    return Math.min(limit.recommended, planned);
  }
  const bound = Math.min(limit.raw, 250);
  if (!Number.isInteger(maxPods) || maxPods < 1 || maxPods > bound) {
    throw new ValidationError(
      where,
      `maxPods is ${maxPods}, but ${instanceTypes(options).join(", ")} supports 1 to ${bound} with these CNI options; lower it or use a larger type`,
    );
  }
  if (maxPods > planned) {
    throw new ValidationError(
      where,
      `maxPods is ${maxPods}, but the address plan has ${planned} pods per node; raise podsPerNode in the plan`,
    );
  }
  return maxPods;
}
