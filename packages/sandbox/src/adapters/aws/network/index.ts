import { type ResourceModels } from "../../resource-model";
import { elasticIp } from "./elastic-ip";
import { internetGateway } from "./internet-gateway";
import { natGateway } from "./nat-gateway";
import { securityGroup, securityGroupRule } from "./security-group";
import { vpcEndpoint } from "./vpc-endpoint";

/** The modelled types of a VPC's ways in and out. */
export const networkModels: ResourceModels = {
  aws_eip: elasticIp,
  aws_internet_gateway: internetGateway,
  aws_nat_gateway: natGateway,
  aws_security_group: securityGroup,
  aws_vpc_endpoint: vpcEndpoint,
  aws_vpc_security_group_egress_rule: securityGroupRule,
  aws_vpc_security_group_ingress_rule: securityGroupRule,
};
