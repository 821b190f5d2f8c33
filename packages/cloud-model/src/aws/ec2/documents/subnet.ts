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

/** The ARN of a subnet. */
export const arnOfSubnet = (subnet: Subnet): string => arnOf(subnet, `subnet/${subnet.SubnetId}`);
