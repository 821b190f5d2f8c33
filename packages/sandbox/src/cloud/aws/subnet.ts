import { type ObjectValue } from "../../plugin/value";
import { type ResourceModel, type Scene } from "../resource-model";
import { ServiceError } from "../service-error";
import { booleanAt, numberAt, textAt } from "../arguments";
import {
  arnOfSubnet,
  createSubnet,
  deleteSubnet,
  modifySubnetAttribute,
  type Subnet,
  subnets,
} from "./ec2/subnet";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_subnet`. */
export const subnet: ResourceModel = {
  create(scene, planned) {
    const { Subnet: made } = createSubnet(scene, {
      VpcId: textAt(planned, "vpc_id"),
      AvailabilityZone: textAt(planned, "availability_zone"),
      AvailabilityZoneId: textAt(planned, "availability_zone_id"),
      CidrBlock: textAt(planned, "cidr_block"),
      Ipv4IpamPoolId: textAt(planned, "ipv4_ipam_pool_id"),
      Ipv4NetmaskLength: numberAt(planned, "ipv4_netmask_length"),
      Ipv6CidrBlock: textAt(planned, "ipv6_cidr_block"),
      Ipv6Native: booleanAt(planned, "ipv6_native"),
      TagSpecifications: tagSpecifications("subnet", planned),
    });
    const id = made?.SubnetId ?? "";
    setAttributes(scene, id, planned);
    return membersOf(subnets.get(scene, id));
  },
  update(scene, prior, planned) {
    const id = String(prior["id"]);
    const ipv6 = textAt(planned, "ipv6_cidr_block");
    if (ipv6 !== undefined && ipv6 !== textAt(prior, "ipv6_cidr_block"))
      throw new ServiceError("UnsupportedOperation", "The sandbox does not change a subnet's IPv6 CIDR.");
    setAttributes(scene, id, planned);
    updateTags(scene, id, prior, planned);
    return membersOf(subnets.get(scene, id));
  },
  delete(scene, state) {
    deleteSubnet(scene, { SubnetId: String(state["id"]) });
  },
  read(scene, state) {
    const found = subnets.find(scene, String(state["id"]));
    return found ? { ...membersOf(found), ...tagMembers(scene, found.SubnetId, state) } : null;
  },
  find(scene, id) {
    const found = subnets.find(scene, id);
    return found && { ...membersOf(found), ...tagMembers(scene, id, {}) };
  },
};

function setAttributes(scene: Scene, SubnetId: string, planned: ObjectValue): void {
  const value = (name: string) => {
    const Value = booleanAt(planned, name);
    return Value === undefined ? undefined : { Value };
  };
  const names = textAt(planned, "private_dns_hostname_type_on_launch");
  modifySubnetAttribute(scene, {
    SubnetId,
    MapPublicIpOnLaunch: value("map_public_ip_on_launch"),
    AssignIpv6AddressOnCreation: value("assign_ipv6_address_on_creation"),
    EnableDns64: value("enable_dns64"),
    PrivateDnsHostnameTypeOnLaunch: names === "resource-name" || names === "ip-name" ? names : undefined,
    EnableResourceNameDnsARecordOnLaunch: value("enable_resource_name_dns_a_record_on_launch"),
    EnableResourceNameDnsAAAARecordOnLaunch: value("enable_resource_name_dns_aaaa_record_on_launch"),
  });
}

/** The members of `aws_subnet` that EC2 knows, which are also those of the data source. */
export function membersOf(found: Subnet): ObjectValue {
  const names = found.PrivateDnsNameOptionsOnLaunch;
  return {
    id: found.SubnetId,
    arn: arnOfSubnet(found),
    assign_ipv6_address_on_creation: found.AssignIpv6AddressOnCreation,
    availability_zone: found.AvailabilityZone,
    availability_zone_id: found.AvailabilityZoneId,
    cidr_block: found.CidrBlock,
    enable_dns64: found.EnableDns64,
    enable_resource_name_dns_a_record_on_launch: names.EnableResourceNameDnsARecord,
    enable_resource_name_dns_aaaa_record_on_launch: names.EnableResourceNameDnsAAAARecord,
    ipv6_cidr_block: found.Ipv6CidrBlock ?? "",
    ipv6_cidr_block_association_id: found.Ipv6AssociationId ?? "",
    ipv6_native: false,
    map_public_ip_on_launch: found.MapPublicIpOnLaunch,
    owner_id: found.OwnerId,
    private_dns_hostname_type_on_launch: names.HostnameType,
    region: found.Region,
    vpc_id: found.VpcId,
  };
}
