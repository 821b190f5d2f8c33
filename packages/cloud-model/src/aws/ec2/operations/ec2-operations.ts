import * as vpcCidr from "./vpc-cidr";
import * as availabilityZone from "./availability-zone";
import * as addressHistory from "./ipam-address-history";
import * as ipam from "./ipam";
import * as ipamAllocation from "./ipam-allocation";
import * as ipamPool from "./ipam-pool";
import * as ipamPoolCidr from "./ipam-pool-cidr";
import * as ipamScope from "./ipam-scope";
import * as ipamResource from "./ipam-resource";
import * as discovery from "./ipam-resource-discovery";
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

/**
 * The modeled actions of EC2, by name. Each takes the input of the AWS SDK's command, returns its output and
 * throws `ServiceError`.
 */
export const ec2Operations = {
  AllocateIpamPoolCidr: ipamAllocation.allocateIpamPoolCidr,
  AssignPrivateIpAddresses: networkInterfaceAddresses.assignPrivateIpAddresses,
  AssociateRouteTable: routeTableAssociation.associateRouteTable,
  AssociateVpcCidrBlock: vpcCidr.associateVpcCidrBlock,
  AttachNetworkInterface: networkInterface.attachNetworkInterface,
  AuthorizeSecurityGroupEgress: securityGroupRule.authorizeSecurityGroupEgress,
  AuthorizeSecurityGroupIngress: securityGroupRule.authorizeSecurityGroupIngress,
  CreateIpam: ipam.createIpam,
  CreateIpamPool: ipamPool.createIpamPool,
  CreateIpamScope: ipamScope.createIpamScope,
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
  DeleteIpam: ipam.deleteIpam,
  DeleteIpamPool: ipamPool.deleteIpamPool,
  DeleteIpamScope: ipamScope.deleteIpamScope,
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
  DeprovisionIpamPoolCidr: ipamPoolCidr.deprovisionIpamPoolCidr,
  DescribeAvailabilityZones: availabilityZone.describeAvailabilityZones,
  DescribeIpamPools: ipamPool.describeIpamPools,
  DescribeIpamResourceDiscoveries: discovery.describeIpamResourceDiscoveries,
  DescribeIpamResourceDiscoveryAssociations: discovery.describeIpamResourceDiscoveryAssociations,
  DescribeIpamScopes: ipamScope.describeIpamScopes,
  DescribeIpams: ipam.describeIpams,
  DescribeNetworkAcls: networkAcl.describeNetworkAcls,
  DescribeNetworkInterfaces: networkInterface.describeNetworkInterfaces,
  DescribeRouteTables: routeTable.describeRouteTables,
  DescribeSecurityGroupRules: securityGroupRule.describeSecurityGroupRules,
  DescribeSecurityGroups: securityGroup.describeSecurityGroups,
  DescribeSubnets: subnet.describeSubnets,
  DescribeTags: tags.describeTags,
  DescribeVpcAttribute: vpc.describeVpcAttribute,
  DescribeVpcs: vpc.describeVpcs,
  DetachNetworkInterface: networkInterface.detachNetworkInterface,
  DisassociateRouteTable: routeTableAssociation.disassociateRouteTable,
  DisassociateVpcCidrBlock: vpcCidr.disassociateVpcCidrBlock,
  GetIpamAddressHistory: addressHistory.getIpamAddressHistory,
  GetIpamDiscoveredAccounts: discovery.getIpamDiscoveredAccounts,
  GetIpamDiscoveredResourceCidrs: discovery.getIpamDiscoveredResourceCidrs,
  GetIpamPoolAllocations: ipamAllocation.getIpamPoolAllocations,
  GetIpamPoolCidrs: ipamPoolCidr.getIpamPoolCidrs,
  GetIpamResourceCidrs: ipamResource.getIpamResourceCidrs,
  GetSubnetCidrReservations: reservation.getSubnetCidrReservations,
  ModifyIpam: ipam.modifyIpam,
  ModifyIpamPool: ipamPool.modifyIpamPool,
  ModifyIpamScope: ipamScope.modifyIpamScope,
  ModifyNetworkInterfaceAttribute: networkInterface.modifyNetworkInterfaceAttribute,
  ModifySecurityGroupRules: securityGroupRule.modifySecurityGroupRules,
  ModifySubnetAttribute: subnet.modifySubnetAttribute,
  ModifyVpcAttribute: vpc.modifyVpcAttribute,
  ModifyVpcTenancy: vpc.modifyVpcTenancy,
  ProvisionIpamPoolCidr: ipamPoolCidr.provisionIpamPoolCidr,
  ReleaseIpamPoolAllocation: ipamAllocation.releaseIpamPoolAllocation,
  ReplaceNetworkAclAssociation: networkAcl.replaceNetworkAclAssociation,
  ReplaceRoute: route.replaceRoute,
  ReplaceRouteTableAssociation: routeTableAssociation.replaceRouteTableAssociation,
  RevokeSecurityGroupEgress: securityGroupRule.revokeSecurityGroupEgress,
  RevokeSecurityGroupIngress: securityGroupRule.revokeSecurityGroupIngress,
  UnassignPrivateIpAddresses: networkInterfaceAddresses.unassignPrivateIpAddresses,
} as const;
