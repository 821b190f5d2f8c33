export { egressOnlyInternetGateways } from "./documents/connectivity/egress-only-internet-gateway";
export { elasticIps } from "./documents/connectivity/elastic-ip";
export { internetGateways } from "./documents/connectivity/internet-gateway";
export { natGateways } from "./documents/connectivity/nat-gateway";
export { type SecurityGroup, securityGroups } from "./documents/connectivity/security-group";
export {
  rulesOf,
  type SecurityGroupRule,
  securityGroupRules,
} from "./documents/connectivity/security-group-rule";
export { type VpcEndpoint, vpcEndpoints } from "./documents/connectivity/vpc-endpoint";
export { type Ipam, ipams } from "./documents/ipam";
export { allocationsIn, cidrsIn, ipamPoolCidrs, prefixOf } from "./documents/ipam-allocation";
export { type IpamPool, ipamPools, visiblePool } from "./documents/ipam-pool";
export { type IpamScope, ipamScopes, scopesOf } from "./documents/ipam-scope";
export { type LaunchTemplate, launchTemplates } from "./documents/launch-template";
export { arnOf, ipamArn, type Located } from "./documents/located";
export { aclAssociationOf, defaultAclOf, type NetworkAcl, networkAcls } from "./documents/network-acl";
export { networkInterfaces } from "./documents/network-interface";
export {
  mainOf,
  type RouteEntry,
  type RouteTable,
  type RouteTableAssociation,
  routeTableAssociations,
  routeTables,
} from "./documents/route-table";
export { arnOfSubnet, type Subnet, subnets } from "./documents/subnet";
export { type SubnetCidrReservation, subnetCidrReservations } from "./documents/subnet-cidr-reservation";
export { tagValues } from "./documents/tags";
export { type Vpc, vpcs } from "./documents/vpc";
export {
  createEgressOnlyInternetGateway,
  deleteEgressOnlyInternetGateway,
} from "./operations/egress-only-internet-gateway";
export { allocateAddress, releaseAddress } from "./operations/elastic-ip";
export {
  attachInternetGateway,
  createInternetGateway,
  deleteInternetGateway,
  detachInternetGateway,
} from "./operations/internet-gateway";
export { createIpam, deleteIpam, modifyIpam } from "./operations/ipam";
export { allocateIpamPoolCidr, releaseIpamPoolAllocation } from "./operations/ipam-allocation";
export { createIpamPool, deleteIpamPool, describeIpamPools, modifyIpamPool } from "./operations/ipam-pool";
export { deprovisionIpamPoolCidr, provisionIpamPoolCidr } from "./operations/ipam-pool-cidr";
export { createIpamScope, deleteIpamScope, modifyIpamScope } from "./operations/ipam-scope";
export {
  createLaunchTemplate,
  createLaunchTemplateVersion,
  deleteLaunchTemplate,
  modifyLaunchTemplate,
} from "./operations/launch-template";
export { createNatGateway, deleteNatGateway } from "./operations/nat-gateway";
export {
  createNetworkAcl,
  createNetworkAclEntry,
  deleteNetworkAcl,
  deleteNetworkAclEntry,
  replaceNetworkAclAssociation,
} from "./operations/network-acl";
export { createRoute, deleteRoute, replaceRoute, routeTo } from "./operations/route";
export { createRouteTable, deleteRouteTable } from "./operations/route-table";
export {
  associateRouteTable,
  disassociateRouteTable,
  replaceRouteTableAssociation,
} from "./operations/route-table-association";
export { createSecurityGroup, deleteSecurityGroup } from "./operations/security-group";
export {
  authorizeSecurityGroupEgress,
  authorizeSecurityGroupIngress,
  modifySecurityGroupRules,
  revokeSecurityGroupEgress,
  revokeSecurityGroupIngress,
} from "./operations/security-group-rule";
export { createSubnet, deleteSubnet, describeSubnets, modifySubnetAttribute } from "./operations/subnet";
export {
  createSubnetCidrReservation,
  deleteSubnetCidrReservation,
} from "./operations/subnet-cidr-reservation";
export { createTags, deleteTags } from "./operations/tags";
export { createVpc, deleteVpc, describeVpcs, modifyVpcAttribute, modifyVpcTenancy } from "./operations/vpc";
export { associateVpcCidrBlock, disassociateVpcCidrBlock } from "./operations/vpc-cidr";
export { createVpcEndpoint, deleteVpcEndpoints, modifyVpcEndpoint } from "./operations/vpc-endpoint";
export { freeAddresses } from "./rules/subnet-space";
