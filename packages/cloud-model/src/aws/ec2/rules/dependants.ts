import { type Transaction } from "../../../store/transaction";
import { egressOnlyInternetGateways } from "../documents/connectivity/egress-only-internet-gateway";
import { internetGatewayOf } from "../documents/connectivity/internet-gateway";
import { defaultGroupName, securityGroups } from "../documents/connectivity/security-group";
import { vpcEndpoints } from "../documents/connectivity/vpc-endpoint";

/**
 * Whether a VPC has a gateway, an endpoint or a security group of its own, and so cannot be deleted. NAT gateways count
 * by their subnets.
 */
export const hasConnectivity = (transaction: Transaction, vpcId: string): boolean =>
  internetGatewayOf(transaction, vpcId) !== undefined ||
  [egressOnlyInternetGateways, vpcEndpoints].some((kind) =>
    transaction.find<{ readonly VpcId: string }>(kind, ({ VpcId }) => VpcId === vpcId),
  ) ||
  transaction.find(
    securityGroups,
    ({ VpcId, GroupName }) => VpcId === vpcId && GroupName !== defaultGroupName,
  ) !== undefined;
