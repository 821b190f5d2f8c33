import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import {
  arnOf,
  associateVpcCidrBlock,
  createVpc,
  defaultAclOf,
  deleteVpc,
  disassociateVpcCidrBlock,
  mainOf,
  modifyVpcAttribute,
  modifyVpcTenancy,
  type Vpc,
  vpcs,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { booleanAt, numberAt, stringAt } from "../../arguments";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_vpc`. EC2's answers do not name the pool of a VPC's CIDR. */
export const vpc: ResourceModel = {
  unread: ["ipv4_ipam_pool_id", "ipv4_netmask_length"],
  create(context, planned) {
    const { Vpc: made } = createVpc(context, {
      CidrBlock: stringAt(planned, "cidr_block"),
      Ipv4IpamPoolId: stringAt(planned, "ipv4_ipam_pool_id"),
      Ipv4NetmaskLength: numberAt(planned, "ipv4_netmask_length"),
      InstanceTenancy: tenancyOf(planned),
      AmazonProvidedIpv6CidrBlock: booleanAt(planned, "assign_generated_ipv6_cidr_block"),
      TagSpecifications: tagSpecifications("vpc", planned),
    });
    const id = made?.VpcId ?? "";
    setAttributes(context, id, planned);
    return toTerraformState(context, vpcs.get(context, id));
  },
  update(context, prior, planned) {
    const id = String(prior["id"]);
    setAttributes(context, id, planned);
    if (tenancyOf(planned) === "default")
      modifyVpcTenancy(context, { VpcId: id, InstanceTenancy: "default" });
    setIpv6(context, id, booleanAt(planned, "assign_generated_ipv6_cidr_block") ?? false);
    updateTags(context, id, prior, planned);
    return toTerraformState(context, vpcs.get(context, id));
  },
  delete(context, state) {
    deleteVpc(context, { VpcId: String(state["id"]) });
  },
  read(context, state) {
    const found = vpcs.find(context, String(state["id"]));
    return found ? { ...toTerraformState(context, found), ...tagMembers(context, found.VpcId, state) } : null;
  },
  find(context, id) {
    const found = vpcs.find(context, id);
    return found && { ...toTerraformState(context, found), ...tagMembers(context, id, {}) };
  },
};

const tenancyOf = (planned: ObjectValue) =>
  stringAt(planned, "instance_tenancy") === "dedicated" ? "dedicated" : "default";

function setAttributes(context: ResourceContext, VpcId: string, planned: ObjectValue): void {
  const value = (name: string) => {
    const Value = booleanAt(planned, name);
    return Value === undefined ? undefined : { Value };
  };
  // One at a time, and DNS support is there whenever DNS hostnames are.
  const attributes = [
    { EnableDnsHostnames: booleanAt(planned, "enable_dns_hostnames") ? undefined : { Value: false } },
    { EnableDnsSupport: value("enable_dns_support") },
    { EnableDnsHostnames: value("enable_dns_hostnames") },
    { EnableNetworkAddressUsageMetrics: value("enable_network_address_usage_metrics") },
  ];
  for (const attribute of attributes)
    if (Object.values(attribute).some((given) => given !== undefined))
      modifyVpcAttribute(context, { VpcId, ...attribute });
}

function setIpv6(context: ResourceContext, VpcId: string, assigned: boolean): void {
  const [association] = vpcs.get(context, VpcId).Ipv6Cidrs;
  if (assigned && !association) associateVpcCidrBlock(context, { VpcId, AmazonProvidedIpv6CidrBlock: true });
  if (!assigned && association)
    disassociateVpcCidrBlock(context, { AssociationId: association.AssociationId });
}

function toTerraformState({ transaction, caller }: ResourceContext, found: Vpc): ObjectValue {
  const { VpcId } = found;
  const [ipv6] = found.Ipv6Cidrs;
  const main = mainOf(transaction, VpcId)?.RouteTableId ?? "";
  return {
    id: VpcId,
    arn: arnOf(found, `vpc/${VpcId}`),
    assign_generated_ipv6_cidr_block: ipv6 !== undefined,
    cidr_block: found.Cidrs[0]?.CidrBlock ?? "",
    default_network_acl_id: defaultAclOf(transaction, VpcId)?.NetworkAclId ?? "",
    default_route_table_id: main,
    default_security_group_id: found.DefaultSecurityGroupId,
    dhcp_options_id: found.DhcpOptionsId,
    enable_dns_hostnames: found.EnableDnsHostnames,
    enable_dns_support: found.EnableDnsSupport,
    enable_network_address_usage_metrics: found.EnableNetworkAddressUsageMetrics,
    instance_tenancy: found.InstanceTenancy,
    ipv6_association_id: ipv6?.AssociationId ?? "",
    ipv6_cidr_block: ipv6?.Ipv6CidrBlock ?? "",
    ipv6_cidr_block_network_border_group: ipv6 ? found.Region : "",
    main_route_table_id: main,
    owner_id: found.OwnerId,
    region: caller.region,
  };
}
