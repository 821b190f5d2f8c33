import { type Transaction } from "../../../../store/transaction";
import { Ec2Kind } from "../ec2-kind";
import { type Located } from "../located";

/** An internet gateway. */
export interface InternetGateway extends Located {
  readonly InternetGatewayId: string;
  /** The VPC that it is attached to. */
  readonly VpcId?: string | undefined;
}

/** All internet gateways. */
export const internetGateways = new Ec2Kind<InternetGateway>("internet-gateway", "igw", [
  "InvalidInternetGatewayID.NotFound",
  "internetGateway ID",
]);

/** The internet gateway that is attached to a VPC, or undefined. */
export const internetGatewayOf = (transaction: Transaction, vpcId: string): InternetGateway | undefined =>
  transaction.find(internetGateways, ({ VpcId }) => VpcId === vpcId);
