import { AddressPlanError } from "../message/address-plan-error";
import { suggestion } from "../message/suggestion";
import table from "./ec2-instance-types.json";

/** The network limits of an EC2 instance type. */
export interface InstanceShape {
  /** Network interfaces on the default network card. At least 1. */
  readonly enis: number;
  /** IPv4 addresses per interface, including its primary address. At least 2. */
  readonly addressesPerEni: number;
  readonly vcpus: number;
  /** `xen` for the old types, whose interfaces take no prefixes (EC2: "Assign prefixes"). @default "nitro" */
  readonly hypervisor?: "nitro" | "xen";
}

/** A known EC2 instance type by name, or the shape of any other. */
export type Instance = string | InstanceShape;

/**
 * The EC2 instance types that EKS takes, by name. `npm run instance-types` writes the table and shows what is new. It has
 * the interfaces of the VPC CNI's limits file and the vCPUs of Karpenter's list, both of August 2026.
 */
export const INSTANCE_TYPES: ReadonlyMap<string, InstanceShape> = new Map(
  Object.entries<InstanceShape>(table.types as Readonly<Record<string, InstanceShape>>),
);

/** The names of the types of each family. */
const FAMILIES = new Map<string, string[]>();
for (const type of INSTANCE_TYPES.keys()) {
  const family = type.split(".")[0]!;
  FAMILIES.set(family, [...(FAMILIES.get(family) ?? []), type]);
}

/**
 * The instance types of a list that may have families: `m7i` stands for all of its types in the table. Any other name stays
 * as it is.
 */
export function expandFamilies(names: readonly string[]): readonly string[] {
  // A fleet has 10,000 clusters, nearly all of one type.
  if (names.length === 1 && !FAMILIES.has(names[0]!)) return names;
  return [...new Set(names.flatMap((name) => FAMILIES.get(name) ?? [name]))];
}

/**
 * The shape of an instance type.
 *
 * @param path location of the type, for errors
 * @throws AddressPlanError if the name is unknown or the shape is invalid
 */
export function instanceShape(instance: Instance, path: string): InstanceShape {
  if (typeof instance !== "string") {
    if (instance.enis >= 1 && instance.addressesPerEni >= 2 && instance.vcpus >= 1) return instance;
    throw new AddressPlanError(
      path,
      `${instance.enis} ENIs × ${instance.addressesPerEni} addresses with ${instance.vcpus} vCPUs is not a valid shape; use at least 1 × 2 and 1 vCPU`,
    );
  }
  const shape = INSTANCE_TYPES.get(instance);
  if (shape) return shape;
  throw new AddressPlanError(
    path,
    `instance type ${instance} is not in the table (for other types, set enis, addressesPerEni and vcpus)${suggestion(instance, [...INSTANCE_TYPES.keys()])}`,
  );
}

/**
 * Why nodes of an instance type get no prefixes, with a type that does.
 *
 * @returns undefined if they do
 */
export function prefixProblem(instance: Instance): string | undefined {
  const shape = typeof instance === "string" ? INSTANCE_TYPES.get(instance) : instance;
  if (shape?.hypervisor !== "xen") return undefined;
  if (typeof instance !== "string")
    return "prefixes need the Nitro hypervisor, and hypervisor is xen; use a Nitro type";
  return `${instance} runs on Xen, and prefixes need the Nitro hypervisor; use a Nitro type such as ${nitroAlternative(instance)}`;
}

/**
 * Why the pods of nodes of an instance type cannot have prefixes in subnets of their own, with what helps.
 *
 * @returns undefined if they can
 */
export function podSubnetProblem(instance: Instance): string | undefined {
  const shape = typeof instance === "string" ? INSTANCE_TYPES.get(instance) : instance;
  if (shape?.enis === 1)
    return `${typeof instance === "string" ? instance : "the shape"} has one network interface, and pods in their own subnets need a second; use a type with more`;
  return prefixProblem(instance);
}

/** A Nitro type for x86 of the same category and size, if there is one. */
function nitroAlternative(name: string): string {
  const [family = "", size] = name.split(".");
  const alike = [...INSTANCE_TYPES].find(
    ([other, { hypervisor }]) =>
      hypervisor !== "xen" &&
      other.startsWith(family.charAt(0)) &&
      other.endsWith(`.${size}`) &&
      !/^[a-z]+\d+g/.test(other),
  );
  return alike?.[0] ?? "m7i.large";
}
