export { allocateIpamPoolCidr, releaseIpamPoolAllocation } from "./operations/ipam-allocation";
export { deprovisionIpamPoolCidr, provisionIpamPoolCidr } from "./operations/ipam-pool-cidr";
export { createIpamPool, deleteIpamPool, describeIpamPools, modifyIpamPool } from "./operations/ipam-pool";
export { type IpamPool, ipamPools, visiblePool } from "./documents/ipam-pool";
export { createIpamScope, deleteIpamScope, modifyIpamScope } from "./operations/ipam-scope";
export { type IpamScope, ipamScopes, scopesOf } from "./documents/ipam-scope";
export { allocationsIn, cidrsIn, ipamPoolCidrs, prefixOf } from "./documents/ipam-allocation";
export { createIpam, deleteIpam, modifyIpam } from "./operations/ipam";
export { type Ipam, ipams } from "./documents/ipam";
export { arnOf, ipamArn, type Located, locationOf } from "./documents/located";
export { aclAssociationOf, defaultAclOf, type NetworkAcl, networkAcls } from "./documents/network-acl";
export {
  createNetworkAcl,
  createNetworkAclEntry,
  deleteNetworkAcl,
  deleteNetworkAclEntry,
  replaceNetworkAclAssociation,
} from "./operations/network-acl";
export { networkInterfaces } from "./documents/network-interface";
export {
  associateRouteTable,
  disassociateRouteTable,
  replaceRouteTableAssociation,
} from "./operations/route-table-association";
export { type RouteTableAssociation, routeTableAssociations } from "./documents/route-table";
export { createRouteTable, deleteRouteTable } from "./operations/route-table";
export { mainOf, type RouteTable, routeTables } from "./documents/route-table";
export { createRoute, deleteRoute, replaceRoute, routeTo } from "./operations/route";
export { type RouteEntry } from "./documents/route-table";
export {
  createSubnetCidrReservation,
  deleteSubnetCidrReservation,
} from "./operations/subnet-cidr-reservation";
export { type SubnetCidrReservation, subnetCidrReservations } from "./documents/subnet-cidr-reservation";
export { freeAddresses } from "./rules/subnet-space";
export { arnOfSubnet, type Subnet, subnets } from "./documents/subnet";
export { createSubnet, deleteSubnet, describeSubnets, modifySubnetAttribute } from "./operations/subnet";
export { createTags, deleteTags } from "./operations/tags";
export { tagValues } from "./documents/tags";
export { associateVpcCidrBlock, disassociateVpcCidrBlock } from "./operations/vpc-cidr";
export { createVpc, deleteVpc, describeVpcs, modifyVpcAttribute, modifyVpcTenancy } from "./operations/vpc";
export { type Vpc, vpcs } from "./documents/vpc";
export {
  defaultGroupName,
  type SecurityGroup,
  securityGroups,
} from "./documents/connectivity/security-group";
export {
  rulesOf,
  type SecurityGroupRule,
  securityGroupRules,
} from "./documents/connectivity/security-group-rule";
export { egressOnlyInternetGateways } from "./documents/connectivity/egress-only-internet-gateway";
export { elasticIps } from "./documents/connectivity/elastic-ip";
export { type InternetGateway, internetGateways } from "./documents/connectivity/internet-gateway";
export { natGateways } from "./documents/connectivity/nat-gateway";
export { type VpcEndpoint, vpcEndpoints } from "./documents/connectivity/vpc-endpoint";
export { type LaunchTemplate, launchTemplates } from "./documents/launch-template";
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
export {
  createLaunchTemplate,
  createLaunchTemplateVersion,
  deleteLaunchTemplate,
  modifyLaunchTemplate,
} from "./operations/launch-template";
export { createNatGateway, deleteNatGateway } from "./operations/nat-gateway";
export { createSecurityGroup, deleteSecurityGroup } from "./operations/security-group";
export {
  authorizeSecurityGroupEgress,
  authorizeSecurityGroupIngress,
  modifySecurityGroupRules,
  revokeSecurityGroupEgress,
  revokeSecurityGroupIngress,
} from "./operations/security-group-rule";
export { createVpcEndpoint, deleteVpcEndpoints, modifyVpcEndpoint } from "./operations/vpc-endpoint";
