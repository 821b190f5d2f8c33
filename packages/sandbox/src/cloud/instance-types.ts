import { DiagnosticError } from "../plugin/diagnostic";
import { type Templates } from "./fill";

type Size = readonly [vcpus: number, interfaces: number, addresses: number];

// Sizes of the general families (c, m, r of generations 5 to 8), from the EC2 instance type guide.
const sizes: { readonly [size: string]: Size } = {
  medium: [1, 2, 4],
  large: [2, 3, 10],
  xlarge: [4, 4, 15],
  "2xlarge": [8, 4, 15],
  "4xlarge": [16, 8, 30],
  "8xlarge": [32, 8, 30],
  "12xlarge": [48, 8, 30],
  "16xlarge": [64, 15, 50],
  "24xlarge": [96, 15, 50],
};

const burstable: { readonly [size: string]: Size } = {
  micro: [2, 2, 2],
  small: [2, 3, 4],
  medium: [2, 3, 6],
  large: [2, 3, 12],
  xlarge: [4, 4, 15],
  "2xlarge": [8, 4, 15],
};

const gibibytesPerCpu: { readonly [family: string]: number } = { c: 2, m: 4, r: 8 };

/** What EC2 says of an instance type that decides pods per node. @throws DiagnosticError for types that are not in the table */
export function instanceType(name: string): Templates {
  const [, family = "", flavour = "", size = ""] = /^([cmrt])\d([a-z]*)\.(\w+)$/.exec(name) ?? [];
  const found = family === "t" ? burstable[size] : sizes[size];
  if (!found || (family !== "t" && !gibibytesPerCpu[family]))
    throw new DiagnosticError({
      summary: `reading EC2 Instance Type (${name}): couldn't find resource`,
      detail:
        "The sandbox knows the c, m and r families of generations 5 to 8 and t3, t4g. Give ENIs and addresses as inputs for others.",
    });
  const [vcpus, interfaces, addresses] = found;
  return {
    default_vcpus: vcpus,
    maximum_network_interfaces: interfaces,
    maximum_ipv4_addresses_per_interface: addresses,
    maximum_ipv6_addresses_per_interface: addresses,
    memory_size: vcpus * (gibibytesPerCpu[family] ?? 4) * 1024,
    supported_architectures: [flavour.includes("g") ? "arm64" : "x86_64"],
    hypervisor: "nitro",
    current_generation: true,
  };
}
