import { AddressPlanError } from "../message/address-plan-error";
import { type Instance, type InstanceShape, instanceShape, prefixProblem } from "./instance-types";

/** How the VPC CNI assigns addresses to pods. Custom networking keeps pods off the primary interface. */
export type EksMode =
  "standard" | "prefix-delegation" | "custom-networking" | "custom-networking-with-prefixes";

/** IPv4 addresses of the /28 that prefix delegation assigns to an interface. */
export const ADDRESSES_PER_PREFIX = 16;

/** The maximum number of pods on a node. */
export interface MaxPods {
  /** Limit of the interfaces: ENIs × (addresses − 1) [× 16] + 2. */
  readonly raw: number;
  /** Value for the kubelet: with prefixes at most 110 (up to 30 vCPUs) or 250, as EKS recommends. */
  readonly recommended: number;
  /** The default of nodeadm: the standard formula. */
  readonly standard: number;
  /** Present if the recommended value is below the limit of the type without prefixes. */
  readonly warning?: string;
}

/** Whether a mode assigns /28 prefixes instead of single addresses. */
export function usesPrefixes(mode: EksMode): boolean {
  return mode === "prefix-delegation" || mode === "custom-networking-with-prefixes";
}

/** The number of interfaces for pods: custom networking leaves the primary interface to the node. */
export function podEnis(shape: InstanceShape, mode: EksMode): number {
  return mode.startsWith("custom-networking") ? shape.enis - 1 : shape.enis;
}

/**
 * The maximum number of pods on a node of an EC2 instance type.
 *
 * @throws AddressPlanError if the type is not in the table, or gets no prefixes in a mode with prefixes
 */
export function maxPods(instance: Instance, mode: EksMode): MaxPods {
  const name = typeof instance === "string" ? instance : "instance";
  const shape = instanceShape(instance, "instanceType");
  const problem = usesPrefixes(mode) ? prefixProblem(instance) : undefined;
  if (problem !== undefined) throw new AddressPlanError("instanceType", problem);
  const standard = shape.enis * (shape.addressesPerEni - 1) + 2;
  const perSlot = usesPrefixes(mode) ? ADDRESSES_PER_PREFIX : 1;
  const raw = podEnis(shape, mode) * (shape.addressesPerEni - 1) * perSlot + 2;
  const recommended = usesPrefixes(mode) ? Math.min(raw, shape.vcpus > 30 ? 250 : 110) : raw;
  if (!usesPrefixes(mode) || recommended >= standard) return { raw, recommended, standard };
  const warning = `${name}: prefix delegation at the recommended ${recommended} pods per node is below the ${standard} pods without it; set maxPods to up to 250, or use a smaller type`;
  return { raw, recommended, standard, warning };
}
