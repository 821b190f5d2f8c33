/**
 * Imports an existing VPC with the planned CIDR. EC2 does not return a VPC's pool, so a pool would replace the VPC
 * (hashicorp/terraform-provider-aws#34304): none is set, and the CIDR is reserved in the pool.
 */
export interface ExistingVpcOptions {
  readonly mode: "existing";
  /** Id of the VPC, for example `vpc-0a1b2c3d4e5f60718`. */
  readonly vpcId: string;
  /** Id of its internet gateway, for example `igw-0a1b2c3d4e5f60718`. @default none; the network creates one */
  readonly internetGatewayId?: string;
}
