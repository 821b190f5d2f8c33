import { type ObjectValue } from "../../plugin/value";
import { type ResourceModel, type Scene } from "../resource-model";
import { booleanAt, numberAt, textAt } from "../arguments";
import { defaultAclOf } from "./ec2/network-acl";
import { mainOf } from "./ec2/route-table";
import { arnOf } from "./ec2/scene";
import { createVpc, deleteVpc, modifyVpcAttribute, modifyVpcTenancy, type Vpc, vpcs } from "./ec2/vpc";
import { associateVpcCidrBlock, disassociateVpcCidrBlock } from "./ec2/vpc-cidr";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_vpc`. */
export const vpc: ResourceModel = {
  create(scene, planned) {
    const { Vpc: made } = createVpc(scene, {
      CidrBlock: textAt(planned, "cidr_block"),
      Ipv4IpamPoolId: textAt(planned, "ipv4_ipam_pool_id"),
      Ipv4NetmaskLength: numberAt(planned, "ipv4_netmask_length"),
      InstanceTenancy: tenancyOf(planned),
      AmazonProvidedIpv6CidrBlock: booleanAt(planned, "assign_generated_ipv6_cidr_block"),
      TagSpecifications: tagSpecifications("vpc", planned),
    });
    const id = made?.VpcId ?? "";
    setAttributes(scene, id, planned);
    return membersOf(scene, vpcs.get(scene, id));
  },
  update(scene, prior, planned) {
    const id = String(prior["id"]);
    setAttributes(scene, id, planned);
    if (tenancyOf(planned) === "default") modifyVpcTenancy(scene, { VpcId: id, InstanceTenancy: "default" });
    setIpv6(scene, id, booleanAt(planned, "assign_generated_ipv6_cidr_block") ?? false);
    updateTags(scene, id, prior, planned);
    return membersOf(scene, vpcs.get(scene, id));
  },
  delete(scene, state) {
    deleteVpc(scene, { VpcId: String(state["id"]) });
  },
  read(scene, state) {
    const found = vpcs.find(scene, String(state["id"]));
    return found ? { ...membersOf(scene, found), ...tagMembers(scene, found.VpcId, state) } : null;
  },
  find(scene, id) {
    const found = vpcs.find(scene, id);
    return found && { ...membersOf(scene, found), ...tagMembers(scene, id, {}) };
  },
};

const tenancyOf = (planned: ObjectValue) =>
  textAt(planned, "instance_tenancy") === "dedicated" ? "dedicated" : "default";

function setAttributes(scene: Scene, VpcId: string, planned: ObjectValue): void {
  const value = (name: string) => {
    const Value = booleanAt(planned, name);
    return Value === undefined ? undefined : { Value };
  };
  modifyVpcAttribute(scene, {
    VpcId,
    EnableDnsSupport: value("enable_dns_support"),
    EnableDnsHostnames: value("enable_dns_hostnames"),
    EnableNetworkAddressUsageMetrics: value("enable_network_address_usage_metrics"),
  });
}

function setIpv6(scene: Scene, VpcId: string, assigned: boolean): void {
  const [association] = vpcs.get(scene, VpcId).Ipv6Cidrs;
  if (assigned && !association) associateVpcCidrBlock(scene, { VpcId, AmazonProvidedIpv6CidrBlock: true });
  if (!assigned && association) disassociateVpcCidrBlock(scene, { AssociationId: association.AssociationId });
}

function membersOf({ transaction, place }: Scene, found: Vpc): ObjectValue {
  const { VpcId } = found;
  const [ipv6] = found.Ipv6Cidrs;
  const main = mainOf(transaction, VpcId)?.RouteTableId ?? "";
  return {
    id: VpcId,
    arn: arnOf(found, `vpc/${VpcId}`),
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
    region: place.region,
  };
}
