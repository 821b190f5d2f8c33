export { allocateIpamPoolCidr, releaseIpamPoolAllocation } from "./ipam-allocation";
export { deprovisionIpamPoolCidr, provisionIpamPoolCidr } from "./ipam-pool-cidr";
export {
  createIpamPool,
  deleteIpamPool,
  describeIpamPools,
  type IpamPool,
  ipamPools,
  modifyIpamPool,
  visiblePool,
} from "./ipam-pool";
export {
  createIpamScope,
  deleteIpamScope,
  type IpamScope,
  ipamScopes,
  modifyIpamScope,
  scopesOf,
} from "./ipam-scope";
export { allocationsIn, cidrsIn, ipamPoolCidrs, prefixOf } from "./ipam-space";
export { createIpam, deleteIpam, type Ipam, ipams, modifyIpam } from "./ipam";
export { arnOf, ipamArn, type Located, locationOf } from "./located";
export {
  aclAssociationOf,
  createNetworkAcl,
  createNetworkAclEntry,
  defaultAclOf,
  deleteNetworkAcl,
  deleteNetworkAclEntry,
  type NetworkAcl,
  networkAcls,
  replaceNetworkAclAssociation,
} from "./network-acl";
export { firstAddresses } from "./network-interface-addresses";
export { networkInterfaces } from "./network-interface";
export {
  associateRouteTable,
  disassociateRouteTable,
  replaceRouteTableAssociation,
  type RouteTableAssociation,
  routeTableAssociations,
} from "./route-table-association";
export { createRouteTable, deleteRouteTable, mainOf, type RouteTable, routeTables } from "./route-table";
export { createRoute, deleteRoute, type KeptRoute, replaceRoute, routeTo } from "./route";
export {
  createSubnetCidrReservation,
  deleteSubnetCidrReservation,
  type SubnetCidrReservation,
  subnetCidrReservations,
} from "./subnet-cidr-reservation";
export { freeAddresses } from "./subnet-space";
export {
  arnOfSubnet,
  createSubnet,
  deleteSubnet,
  describeSubnets,
  modifySubnetAttribute,
  type Subnet,
  subnets,
} from "./subnet";
export { createTags, deleteTags } from "./tag-operations";
export { tagValues } from "./tags";
export { associateVpcCidrBlock, disassociateVpcCidrBlock } from "./vpc-cidr";
export {
  createVpc,
  deleteVpc,
  describeVpcs,
  modifyVpcAttribute,
  modifyVpcTenancy,
  type Vpc,
  vpcs,
} from "./vpc";
