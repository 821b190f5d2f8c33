import {
  type Instance,
  INSTANCE_TYPES,
  type InstanceShape,
  maxPods,
  type MaxPods,
} from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";
import { usedInterfaces } from "../cni/cni-environment";
import { addressUse, type CniOptions } from "../cni/cni-options";
import { type EksNetworkContract } from "../network/eks-network-contract";

/** EKS takes at most this many types (EKS API reference: CreateNodegroup, instanceTypes). */
const MOST_TYPES = 20;

/** The instances that a group's nodes may be. */
export interface InstanceOptions {
  /**
   * EC2 instance type, for example "m7i.2xlarge", or a list of 1 to 20 that use the same image: EKS takes the first one that
   * is available, and for Spot those with the most capacity. The smallest one decides how many pods a node has, the largest
   * one how many addresses a node takes.
   */
  readonly instanceType: string | readonly string[];
  /**
   * Interfaces, addresses and vCPUs of an instance type that is not in the address plan's table. Not with a list.
   * @default from the table
   */
  readonly instanceShape?: InstanceShape;
}

/** The names of a group's instance types. */
export function instanceTypes({ instanceType }: InstanceOptions): readonly string[] {
  return typeof instanceType === "string" ? [instanceType] : instanceType;
}

/** The instance types of a group, in the address plan's terms, with the interfaces that the CNI uses for pods. */
export function instances(options: InstanceOptions, { environment = {} }: CniOptions): readonly Instance[] {
  const all = options.instanceShape === undefined ? instanceTypes(options) : [options.instanceShape];
  return all.map((instance: Instance) => {
    const shape = typeof instance === "string" ? INSTANCE_TYPES.get(instance) : instance;
    const enis = shape && usedInterfaces(shape.enis, environment);
    return enis === shape?.enis ? instance : { ...shape!, enis: enis! };
  });
}

/** @throws ValidationError for no type, too many, one twice, and a shape for several */
export function checkInstances(where: Construct, name: string, options: InstanceOptions): void {
  const types = instanceTypes(options);
  const twice = types.find((type, index) => types.indexOf(type) !== index);
  const problem =
    types.length === 0 || types.length > MOST_TYPES
      ? `has ${types.length} instance types; list 1 to ${MOST_TYPES}`
      : twice !== undefined
        ? `lists ${twice} twice; remove one`
        : options.instanceShape !== undefined && types.length > 1
          ? `has one instanceShape for ${types.join(", ")}; make a group of each type that is not in the table`
          : undefined;
  if (problem !== undefined) throw new ValidationError(where, `node group ${name} ${problem}`);
}

/**
 * The pods that every instance type of a group supports.
 *
 * @throws AddressPlanError for a type that is not in the table, or gets no prefixes
 */
export function leastMaxPods(
  options: InstanceOptions,
  cni: CniOptions,
  network: EksNetworkContract,
): MaxPods {
  const { mode } = addressUse(cni, network);
  const all = instances(options, cni).map((instance) => maxPods(instance, mode));
  const least = (member: "raw" | "recommended" | "standard") => Math.min(...all.map((one) => one[member]));
  const warning = all.find((one) => one.warning !== undefined)?.warning;
  return { raw: least("raw"), recommended: least("recommended"), standard: least("standard"), warning };
}
