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
    }
  /**
   * A VPC that is there already, with the planned CIDR, is imported. EC2 does not tell from which pool a VPC is, so
   * none is named, which would replace it (hashicorp/terraform-provider-aws#34304); its CIDR is reserved in the pool.
   */
  | {
      readonly mode: "existing";
      /** Id of the VPC, for example `vpc-0a1b2c3d4e5f60718`. */
      readonly vpcId: string;
      /** Id of its internet gateway, for example `igw-0a1b2c3d4e5f60718`. @default it has none, and gets one */
      readonly internetGatewayId?: string;
    };

/** A VPC takes CIDRs of /16 to /28: a larger range is attached as so many /16s. */
export function vpcSizedBlocks(cidr: string): readonly string[] {
  const prefix = Prefix.parse(cidr);
  return prefix.length >= 16 ? [cidr] : Array.from(prefix.split(16), String);
}
