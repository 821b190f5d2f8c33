import { type Instance, type InstanceShape, instanceShape } from "./instance-types";

/** How the VPC CNI gives addresses to pods. Custom networking keeps pods off the primary interface. */
export type EksMode =
  "standard" | "prefix-delegation" | "custom-networking" | "custom-networking-with-prefixes";

/** IPv4 addresses of the /28 that prefix delegation assigns to an interface. */
export const ADDRESSES_PER_PREFIX = 16;

/** How many pods a node can run. */
export interface MaxPods {
  /** What the interfaces can carry: ENIs × (addresses − 1) [× 16] + 2. */
  readonly raw: number;
  /** What to give the kubelet: with prefixes at most 110 (up to 30 vCPUs) or 250, as EKS recommends. */
  readonly recommended: number;
  /** What nodeadm configures if nobody says otherwise: the standard formula. */
  readonly standard: number;
  /** Set where the recommended value is below what the type carries without prefixes. */
  readonly warning?: string;
}

/** Whether a mode assigns /28 prefixes instead of single addresses. */
export function usesPrefixes(mode: EksMode): boolean {
  return mode === "prefix-delegation" || mode === "custom-networking-with-prefixes";
}

/** Interfaces that carry pods: custom networking leaves the primary one to the node. */
export function podEnis(shape: InstanceShape, mode: EksMode): number {
  return mode.startsWith("custom-networking") ? shape.enis - 1 : shape.enis;
}

/**
 * The most pods on a node of an EC2 instance type.
 *
 * @throws AddressPlanError if the type is not in the table
 */
export function maxPods(instance: Instance, mode: EksMode): MaxPods {
  const name = typeof instance === "string" ? instance : "instance";
  const shape = instanceShape(instance, "instanceType");
  const standard = shape.enis * (shape.addressesPerEni - 1) + 2;
  const perSlot = usesPrefixes(mode) ? ADDRESSES_PER_PREFIX : 1;
  const raw = podEnis(shape, mode) * (shape.addressesPerEni - 1) * perSlot + 2;
  const recommended = usesPrefixes(mode) ? Math.min(raw, shape.vcpus > 30 ? 250 : 110) : raw;
  if (!usesPrefixes(mode) || recommended >= standard) return { raw, recommended, standard };
  const warning = `${name}: prefix delegation with the recommended ${recommended} pods a node is below the ${standard} of single addresses; set maxPods by hand up to 250, or use a smaller type`;
  return { raw, recommended, standard, warning };
}
