import { Index } from "../../../store/index-of-kind";
import { type Transaction } from "../../../store/transaction";
import { Ec2Kind } from "./ec2-kind";
import { arnOf, type Located } from "./located";

/** A subnet. */
export interface Subnet extends Located {
  readonly SubnetId: string;
  readonly VpcId: string;
  readonly CidrBlock: string;
  readonly Ipv6CidrBlock?: string | undefined;
  readonly Ipv6AssociationId?: string | undefined;
  readonly AvailabilityZone: string;
  readonly AvailabilityZoneId: string;
  readonly MapPublicIpOnLaunch: boolean;
  readonly AssignIpv6AddressOnCreation: boolean;
  readonly EnableDns64: boolean;
  readonly PrivateDnsNameOptionsOnLaunch: {
    readonly HostnameType: "ip-name" | "resource-name";
    readonly EnableResourceNameDnsARecord: boolean;
    readonly EnableResourceNameDnsAAAARecord: boolean;
  };
}

/** All subnets. */
export const subnets = new Ec2Kind<Subnet>("subnet", "subnet", ["InvalidSubnetID.NotFound", "subnet ID"]);

const byVpc = new Index(subnets, ({ VpcId }) => VpcId);

/** The subnets of a VPC. */
export const subnetsIn = (transaction: Transaction, vpcId: string): readonly Subnet[] => [
  ...transaction.with(byVpc, vpcId),
];

/** The ARN of a subnet. */
export const arnOfSubnet = (subnet: Subnet): string => arnOf(subnet, `subnet/${subnet.SubnetId}`);
