import * as availabilityZone from "./availability-zone";
import * as egressOnlyInternetGateway from "./egress-only-internet-gateway";
import * as elasticIp from "./elastic-ip";
import * as internetGateway from "./internet-gateway";
import * as ipam from "./ipam";
import * as ipamAllocation from "./ipam-allocation";
import * as ipamPool from "./ipam-pool";
import * as ipamPoolCidr from "./ipam-pool-cidr";
import * as ipamScope from "./ipam-scope";
import * as natGateway from "./nat-gateway";
import * as networkAcl from "./network-acl";
import * as networkInterface from "./network-interface";
import * as networkInterfaceAddresses from "./network-interface-addresses";
import * as route from "./route";
import * as routeTable from "./route-table";
import * as routeTableAssociation from "./route-table-association";
import * as securityGroup from "./security-group";
import * as securityGroupRule from "./security-group-rule";
import * as subnet from "./subnet";
import * as reservation from "./subnet-cidr-reservation";
import * as tags from "./tags";
import * as vpc from "./vpc";
import * as vpcCidr from "./vpc-cidr";
import * as vpcEndpoint from "./vpc-endpoint";

/**
 * The modelled actions of EC2, by name. Each takes the input of the AWS SDK's command, returns its output and
 * throws `ServiceError`.
 */
export const ec2Operations = {
  AllocateAddress: elasticIp.allocateAddress,
  AllocateIpamPoolCidr: ipamAllocation.allocateIpamPoolCidr,
  AssignPrivateIpAddresses: networkInterfaceAddresses.assignPrivateIpAddresses,
  AssociateRouteTable: routeTableAssociation.associateRouteTable,
  AssociateVpcCidrBlock: vpcCidr.associateVpcCidrBlock,
  AttachInternetGateway: internetGateway.attachInternetGateway,
  AttachNetworkInterface: networkInterface.attachNetworkInterface,
  AuthorizeSecurityGroupEgress: securityGroupRule.authorizeSecurityGroupEgress,
  AuthorizeSecurityGroupIngress: securityGroupRule.authorizeSecurityGroupIngress,
  CreateEgressOnlyInternetGateway: egressOnlyInternetGateway.createEgressOnlyInternetGateway,
  CreateInternetGateway: internetGateway.createInternetGateway,
  CreateIpam: ipam.createIpam,
  CreateIpamPool: ipamPool.createIpamPool,
  CreateIpamScope: ipamScope.createIpamScope,
  CreateNatGateway: natGateway.createNatGateway,
  CreateNetworkAcl: networkAcl.createNetworkAcl,
  CreateNetworkAclEntry: networkAcl.createNetworkAclEntry,
  CreateNetworkInterface: networkInterface.createNetworkInterface,
  CreateRoute: route.createRoute,
  CreateRouteTable: routeTable.createRouteTable,
  CreateSecurityGroup: securityGroup.createSecurityGroup,
  CreateSubnet: subnet.createSubnet,
  CreateSubnetCidrReservation: reservation.createSubnetCidrReservation,
  CreateTags: tags.createTags,
  CreateVpc: vpc.createVpc,
  CreateVpcEndpoint: vpcEndpoint.createVpcEndpoint,
  DeleteEgressOnlyInternetGateway: egressOnlyInternetGateway.deleteEgressOnlyInternetGateway,
  DeleteInternetGateway: internetGateway.deleteInternetGateway,
  DeleteIpam: ipam.deleteIpam,
  DeleteIpamPool: ipamPool.deleteIpamPool,
  DeleteIpamScope: ipamScope.deleteIpamScope,
  DeleteNatGateway: natGateway.deleteNatGateway,
  DeleteNetworkAcl: networkAcl.deleteNetworkAcl,
  DeleteNetworkAclEntry: networkAcl.deleteNetworkAclEntry,
  DeleteNetworkInterface: networkInterface.deleteNetworkInterface,
  DeleteRoute: route.deleteRoute,
  DeleteRouteTable: routeTable.deleteRouteTable,
  DeleteSecurityGroup: securityGroup.deleteSecurityGroup,
  DeleteSubnet: subnet.deleteSubnet,
  DeleteSubnetCidrReservation: reservation.deleteSubnetCidrReservation,
  DeleteTags: tags.deleteTags,
  DeleteVpc: vpc.deleteVpc,
  DeleteVpcEndpoints: vpcEndpoint.deleteVpcEndpoints,
  DeprovisionIpamPoolCidr: ipamPoolCidr.deprovisionIpamPoolCidr,
  DescribeAvailabilityZones: availabilityZone.describeAvailabilityZones,
  DescribeIpamPools: ipamPool.describeIpamPools,
  DescribeIpams: ipam.describeIpams,
  DescribeIpamScopes: ipamScope.describeIpamScopes,
  DescribeNetworkAcls: networkAcl.describeNetworkAcls,
  DescribeNetworkInterfaces: networkInterface.describeNetworkInterfaces,
  DescribeRouteTables: routeTable.describeRouteTables,
  DescribeSubnets: subnet.describeSubnets,
  DescribeTags: tags.describeTags,
  DescribeVpcAttribute: vpc.describeVpcAttribute,
  DescribeVpcs: vpc.describeVpcs,
  DetachInternetGateway: internetGateway.detachInternetGateway,
  DetachNetworkInterface: networkInterface.detachNetworkInterface,
  DisassociateRouteTable: routeTableAssociation.disassociateRouteTable,
  DisassociateVpcCidrBlock: vpcCidr.disassociateVpcCidrBlock,
  GetIpamPoolAllocations: ipamAllocation.getIpamPoolAllocations,
  GetIpamPoolCidrs: ipamPoolCidr.getIpamPoolCidrs,
  GetSubnetCidrReservations: reservation.getSubnetCidrReservations,
  ModifyIpam: ipam.modifyIpam,
  ModifyIpamPool: ipamPool.modifyIpamPool,
  ModifyIpamScope: ipamScope.modifyIpamScope,
  ModifyNetworkInterfaceAttribute: networkInterface.modifyNetworkInterfaceAttribute,
  ModifySecurityGroupRules: securityGroupRule.modifySecurityGroupRules,
  ModifySubnetAttribute: subnet.modifySubnetAttribute,
  ModifyVpcAttribute: vpc.modifyVpcAttribute,
  ModifyVpcEndpoint: vpcEndpoint.modifyVpcEndpoint,
  ModifyVpcTenancy: vpc.modifyVpcTenancy,
  ProvisionIpamPoolCidr: ipamPoolCidr.provisionIpamPoolCidr,
  ReleaseAddress: elasticIp.releaseAddress,
  ReleaseIpamPoolAllocation: ipamAllocation.releaseIpamPoolAllocation,
  ReplaceNetworkAclAssociation: networkAcl.replaceNetworkAclAssociation,
  ReplaceRoute: route.replaceRoute,
  ReplaceRouteTableAssociation: routeTableAssociation.replaceRouteTableAssociation,
  RevokeSecurityGroupEgress: securityGroupRule.revokeSecurityGroupEgress,
  RevokeSecurityGroupIngress: securityGroupRule.revokeSecurityGroupIngress,
  UnassignPrivateIpAddresses: networkInterfaceAddresses.unassignPrivateIpAddresses,
} as const;
