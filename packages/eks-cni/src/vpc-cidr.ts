import { Prefix } from "@cluster-ipam/address-plan";

/** Where the VPC's primary CIDR comes from. */
export type VpcCidr =
  /** The CIDR of the address plan, a literal in the plan's output; IPAM checks and records it. */
  | { readonly mode: "planned" }
  /**
   * IPAM picks a block; its CIDR is known after apply and the subnets keep the plan's layout inside it.
   * The pods' CIDRs stay planned.
   */
  | {
      readonly mode: "ipam-assigned";
      /** Netmask length of the VPC, 16 up to the length of the planned VPC. */
      readonly netmaskLength: number;
    };

/** A VPC takes CIDRs of /16 to /28: a larger range is attached as so many /16s. */
export function vpcSizedBlocks(cidr: string): readonly string[] {
  const prefix = Prefix.parse(cidr);
  return prefix.length >= 16 ? [cidr] : Array.from(prefix.split(16), String);
}
