import { type ConnectivityType } from "@aws-sdk/client-ec2";
import { type Transaction } from "../../../../store/transaction";
import { Ec2Kind } from "../ec2-kind";
import { type Located } from "../located";

/** A NAT gateway with its one address. */
export interface NatGateway extends Located {
  readonly NatGatewayId: string;
  readonly SubnetId: string;
  readonly VpcId: string;
  readonly ConnectivityType: ConnectivityType;
  readonly NetworkInterfaceId: string;
  readonly PrivateIp: string;
  /** The Elastic IP address of a public NAT gateway. */
  readonly AllocationId?: string | undefined;
  readonly PublicIp?: string | undefined;
}

/** All NAT gateways. */
export const natGateways = new Ec2Kind<NatGateway>("natgateway", "nat", [
  "InvalidNatGatewayID.NotFound",
  "natGateway ID",
]);

/** The NAT gateway that uses an Elastic IP address, or undefined. */
export const natGatewayWith = (transaction: Transaction, allocationId: string): NatGateway | undefined =>
  transaction.find(natGateways, ({ AllocationId }) => AllocationId === allocationId);
