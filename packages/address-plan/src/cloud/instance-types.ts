import { AddressPlanError } from "../message/address-plan-error";
import { suggestion } from "../message/suggestion";

/** The network limits of an EC2 instance type. */
export interface InstanceShape {
  /** Network interfaces on the default network card. At least 1. */
  readonly enis: number;
  /** IPv4 addresses per interface, including its primary address. At least 2. */
  readonly addressesPerEni: number;
  readonly vcpus: number;
}

/** A known EC2 instance type by name, or the shape of any other. */
export type Instance = string | InstanceShape;

type Row = readonly [enis: number, addressesPerEni: number, vcpus: number];

/** Interfaces and addresses by size, the same for all `UNIFORM_FAMILIES` (EC2: "IP addresses per network interface"). */
const UNIFORM_SIZES: Readonly<Record<string, Row>> = {
  medium: [2, 4, 1],
  large: [3, 10, 2],
  xlarge: [4, 15, 4],
  "2xlarge": [4, 15, 8],
  "4xlarge": [8, 30, 16],
  "8xlarge": [8, 30, 32],
  "9xlarge": [8, 30, 36],
  "12xlarge": [8, 30, 48],
  "16xlarge": [15, 50, 64],
  "18xlarge": [15, 50, 72],
  "24xlarge": [15, 50, 96],
  "32xlarge": [15, 50, 128],
  "48xlarge": [15, 50, 192],
};

const INTEL_5 = "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge";
const COMPUTE_5 = "large xlarge 2xlarge 4xlarge 9xlarge 12xlarge 18xlarge 24xlarge";
const INTEL_6 = `${INTEL_5} 32xlarge`;
const AMD_6 = `${INTEL_6} 48xlarge`;
const INTEL_7 = `${INTEL_5} 48xlarge`;
const FLEX_7 = "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge";
const GRAVITON = `medium ${FLEX_7}`;
const GRAVITON_4 = `${GRAVITON} 24xlarge 48xlarge`;

const UNIFORM_FAMILIES: Readonly<Record<string, string>> = {
  m5: INTEL_5,
  m5a: INTEL_5,
  m5d: INTEL_5,
  m5n: INTEL_5,
  r5: INTEL_5,
  r5a: INTEL_5,
  r5d: INTEL_5,
  c5: COMPUTE_5,
  c5d: COMPUTE_5,
  c5a: INTEL_5,
  m6i: INTEL_6,
  c6i: INTEL_6,
  r6i: INTEL_6,
  m6id: INTEL_6,
  c6id: INTEL_6,
  r6id: INTEL_6,
  m6a: AMD_6,
  c6a: AMD_6,
  r6a: AMD_6,
  m7a: `medium ${AMD_6}`,
  c7a: `medium ${AMD_6}`,
  r7a: `medium ${AMD_6}`,
  m7i: INTEL_7,
  c7i: INTEL_7,
  r7i: INTEL_7,
  "m7i-flex": FLEX_7,
  "c7i-flex": FLEX_7,
  m6g: GRAVITON,
  c6g: GRAVITON,
  r6g: GRAVITON,
  m6gd: GRAVITON,
  c6gd: GRAVITON,
  r6gd: GRAVITON,
  m7g: GRAVITON,
  c7g: GRAVITON,
  r7g: GRAVITON,
  m7gd: GRAVITON,
  c7gd: GRAVITON,
  r7gd: GRAVITON,
  m8g: GRAVITON_4,
  c8g: GRAVITON_4,
  r8g: GRAVITON_4,
};

const OTHERS: Readonly<Record<string, Row>> = {
  "t3.nano": [2, 2, 2],
  "t3.micro": [2, 2, 2],
  "t3.small": [3, 4, 2],
  "t3.medium": [3, 6, 2],
  "t3.large": [3, 12, 2],
  "t3.xlarge": [4, 15, 4],
  "t3.2xlarge": [4, 15, 8],
  "t3a.nano": [2, 2, 2],
  "t3a.micro": [2, 2, 2],
  "t3a.small": [2, 4, 2],
  "t3a.medium": [3, 6, 2],
  "t3a.large": [3, 12, 2],
  "t3a.xlarge": [4, 15, 4],
  "t3a.2xlarge": [4, 15, 8],
  "t4g.nano": [2, 2, 2],
  "t4g.micro": [2, 2, 2],
  "t4g.small": [3, 4, 2],
  "t4g.medium": [3, 6, 2],
  "t4g.large": [3, 12, 2],
  "t4g.xlarge": [4, 15, 4],
  "t4g.2xlarge": [4, 15, 8],
  "i3.large": [3, 10, 2],
  "i3.xlarge": [4, 15, 4],
  "i3.2xlarge": [4, 15, 8],
  "i3.4xlarge": [8, 30, 16],
  "i3.8xlarge": [8, 30, 32],
  "i3.16xlarge": [15, 50, 64],
  "g4dn.xlarge": [3, 10, 4],
  "g4dn.2xlarge": [3, 10, 8],
  "g4dn.4xlarge": [3, 10, 16],
  "g4dn.8xlarge": [4, 15, 32],
  "g4dn.12xlarge": [8, 30, 48],
  "g4dn.16xlarge": [4, 15, 64],
  "g5.xlarge": [4, 15, 4],
  "g5.2xlarge": [4, 15, 8],
  "g5.4xlarge": [8, 30, 16],
  "g5.8xlarge": [8, 30, 32],
  "g5.12xlarge": [15, 50, 48],
  "g5.16xlarge": [8, 30, 64],
  "g5.24xlarge": [15, 50, 96],
  "g5.48xlarge": [7, 50, 192],
  "p4d.24xlarge": [15, 50, 96],
  "p5.48xlarge": [2, 50, 192],
};

/** The known EC2 instance types by name. */
export const INSTANCE_TYPES: ReadonlyMap<string, InstanceShape> = new Map(
  [
    ...Object.entries(UNIFORM_FAMILIES).flatMap(([family, sizes]) =>
      sizes.split(" ").map((size): [string, Row] => [`${family}.${size}`, UNIFORM_SIZES[size]!]),
    ),
    ...Object.entries(OTHERS),
  ].map(([name, [enis, addressesPerEni, vcpus]]) => [name, { enis, addressesPerEni, vcpus }]),
);

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
