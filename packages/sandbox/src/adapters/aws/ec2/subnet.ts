import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { ServiceError } from "@cluster-ipam/cloud-model";
import {
  arnOfSubnet,
  createSubnet,
  deleteSubnet,
  modifySubnetAttribute,
  type Subnet,
  subnets,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { booleanAt, numberAt, stringAt } from "../../arguments";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_subnet`. EC2's answers do not name the pool of a subnet's CIDR. */
export const subnet: ResourceModel = {
  unread: ["ipv4_ipam_pool_id", "ipv4_netmask_length", "ipv6_ipam_pool_id", "ipv6_netmask_length"],
  create(context, planned) {
    const { Subnet: made } = createSubnet(context, {
      VpcId: stringAt(planned, "vpc_id"),
      AvailabilityZone: stringAt(planned, "availability_zone"),
      AvailabilityZoneId: stringAt(planned, "availability_zone_id"),
      CidrBlock: stringAt(planned, "cidr_block"),
      Ipv4IpamPoolId: stringAt(planned, "ipv4_ipam_pool_id"),
      Ipv4NetmaskLength: numberAt(planned, "ipv4_netmask_length"),
      Ipv6CidrBlock: stringAt(planned, "ipv6_cidr_block"),
      Ipv6Native: booleanAt(planned, "ipv6_native"),
      TagSpecifications: tagSpecifications("subnet", planned),
    });
    const id = made?.SubnetId ?? "";
    setAttributes(context, id, planned);
    return toTerraformState(subnets.get(context, id));
  },
  update(context, prior, planned) {
    const id = String(prior["id"]);
    const ipv6 = stringAt(planned, "ipv6_cidr_block");
    if (ipv6 !== undefined && ipv6 !== stringAt(prior, "ipv6_cidr_block"))
      throw new ServiceError("UnsupportedOperation", "The sandbox does not change a subnet's IPv6 CIDR.");
    setAttributes(context, id, planned);
    updateTags(context, id, prior, planned);
    return toTerraformState(subnets.get(context, id));
  },
  delete(context, state) {
    deleteSubnet(context, { SubnetId: String(state["id"]) });
  },
  read(context, state) {
    const found = subnets.find(context, String(state["id"]));
    return found ? { ...toTerraformState(found), ...tagMembers(context, found.SubnetId, state) } : null;
  },
  find(context, id) {
    const found = subnets.find(context, id);
    return found && { ...toTerraformState(found), ...tagMembers(context, id, {}) };
  },
};

function hostnameType(planned: ObjectValue): "ip-name" | "resource-name" | undefined {
  const type = stringAt(planned, "private_dns_hostname_type_on_launch");
  return type === "ip-name" || type === "resource-name" ? type : undefined;
}

function setAttributes(context: ResourceContext, SubnetId: string, planned: ObjectValue): void {
  const value = (name: string) => {
    const Value = booleanAt(planned, name);
    return Value === undefined ? undefined : { Value };
  };
  // One at a time, as EC2 wants it.
  const attributes = [
    { MapPublicIpOnLaunch: value("map_public_ip_on_launch") },
    { AssignIpv6AddressOnCreation: value("assign_ipv6_address_on_creation") },
    { EnableDns64: value("enable_dns64") },
    { PrivateDnsHostnameTypeOnLaunch: hostnameType(planned) },
    { EnableResourceNameDnsARecordOnLaunch: value("enable_resource_name_dns_a_record_on_launch") },
    { EnableResourceNameDnsAAAARecordOnLaunch: value("enable_resource_name_dns_aaaa_record_on_launch") },
  ];
  for (const attribute of attributes)
    if (Object.values(attribute).some((given) => given !== undefined))
      modifySubnetAttribute(context, { SubnetId, ...attribute });
}

/** The members of `aws_subnet` that EC2 knows, which are also those of the data source. */
export function toTerraformState(found: Subnet): ObjectValue {
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
