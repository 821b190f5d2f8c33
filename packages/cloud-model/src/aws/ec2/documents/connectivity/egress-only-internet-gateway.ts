import { Ec2Kind } from "../ec2-kind";
import { type Located } from "../located";

/** An egress-only internet gateway, for IPv6. */
export interface EgressOnlyInternetGateway extends Located {
  readonly EgressOnlyInternetGatewayId: string;
  readonly VpcId: string;
}

/** All egress-only internet gateways. */
export const egressOnlyInternetGateways = new Ec2Kind<EgressOnlyInternetGateway>(
  "egress-only-internet-gateway",
  "eigw",
  ["InvalidGatewayID.NotFound", "egressOnlyInternetGateway ID"],
);
