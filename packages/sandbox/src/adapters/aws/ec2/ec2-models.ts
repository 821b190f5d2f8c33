import { type ResourceModels } from "../../resource-model";
import { defaultSecurityGroup } from "./default-security-group";
import { ec2Tag } from "./ec2-tag";
import { egressOnlyInternetGateway } from "./egress-only-internet-gateway";
import { eip } from "./eip";
import { internetGateway } from "./internet-gateway";
import { launchTemplate } from "./launch-template";
import { natGateway } from "./nat-gateway";
import { networkAcl } from "./network-acl";
import { route } from "./route";
import { routeTable } from "./route-table";
import { mainRouteTableAssociation, routeTableAssociation } from "./route-table-association";
import { securityGroup } from "./security-group";
import { securityGroupEgressRule, securityGroupIngressRule } from "./security-group-rule";
import { subnet } from "./subnet";
import { subnetCidrReservation } from "./subnet-cidr-reservation";
import { vpc } from "./vpc";
import { vpcCidrAssociation } from "./vpc-cidr-association";
import { vpcEndpoint } from "./vpc-endpoint";
import { vpcIpam } from "./vpc-ipam";
import { vpcIpamPool } from "./vpc-ipam-pool";
import { vpcIpamPoolCidr } from "./vpc-ipam-pool-cidr";
import { vpcIpamPoolCidrAllocation } from "./vpc-ipam-pool-cidr-allocation";
import { vpcIpamScope } from "./vpc-ipam-scope";

/** The modeled types of EC2. */
export const ec2Models: ResourceModels = {
  aws_default_security_group: defaultSecurityGroup,
  aws_ec2_subnet_cidr_reservation: subnetCidrReservation,
  aws_ec2_tag: ec2Tag,
  aws_egress_only_internet_gateway: egressOnlyInternetGateway,
  aws_eip: eip,
  aws_internet_gateway: internetGateway,
  aws_launch_template: launchTemplate,
  aws_main_route_table_association: mainRouteTableAssociation,
  aws_nat_gateway: natGateway,
  aws_network_acl: networkAcl,
  aws_route: route,
  aws_route_table: routeTable,
  aws_route_table_association: routeTableAssociation,
  aws_security_group: securityGroup,
  aws_subnet: subnet,
  aws_vpc: vpc,
  aws_vpc_endpoint: vpcEndpoint,
  aws_vpc_ipam: vpcIpam,
  aws_vpc_ipam_pool: vpcIpamPool,
  aws_vpc_ipam_pool_cidr: vpcIpamPoolCidr,
  aws_vpc_ipam_pool_cidr_allocation: vpcIpamPoolCidrAllocation,
  aws_vpc_ipam_scope: vpcIpamScope,
  aws_vpc_ipv4_cidr_block_association: vpcCidrAssociation,
  aws_vpc_security_group_egress_rule: securityGroupEgressRule,
  aws_vpc_security_group_ingress_rule: securityGroupIngressRule,
};
