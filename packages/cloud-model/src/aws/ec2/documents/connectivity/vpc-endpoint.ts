import { type VpcEndpointType } from "@aws-sdk/client-ec2";
import { Ec2Kind } from "../ec2-kind";
import { type Located } from "../located";

/** A VPC endpoint. */
export interface VpcEndpoint extends Located {
  readonly VpcEndpointId: string;
  readonly VpcEndpointType: VpcEndpointType;
  readonly VpcId: string;
  readonly ServiceName: string;
  /** Of a gateway endpoint. */
  readonly RouteTableIds: readonly string[];
  /** Of an interface endpoint. */
  readonly SubnetIds: readonly string[];
  /** Ids of the security groups of an interface endpoint. */
  readonly GroupIds: readonly string[];
  /** One per subnet. */
  readonly NetworkInterfaceIds: readonly string[];
}

/** All VPC endpoints. */
export const vpcEndpoints = new Ec2Kind<VpcEndpoint>("vpc-endpoint", "vpce", [
  "InvalidVpcEndpointId.NotFound",
  "Vpc Endpoint Id",
]);
