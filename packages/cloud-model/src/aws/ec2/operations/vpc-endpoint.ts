import {
  type CreateVpcEndpointRequest,
  type CreateVpcEndpointResult,
  type DeleteVpcEndpointsRequest,
  type DeleteVpcEndpointsResult,
  type ModifyVpcEndpointRequest,
  type ModifyVpcEndpointResult,
  type VpcEndpoint as VpcEndpointShape,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { groupIdentifiers } from "../documents/connectivity/security-group";
import { type VpcEndpoint, vpcEndpoints } from "../documents/connectivity/vpc-endpoint";
import { locationOf } from "../documents/located";
import { networkInterfaces } from "../documents/network-interface";
import { required } from "../documents/refusals";
import { routeTables } from "../documents/route-table";
import { subnets } from "../documents/subnet";
import { removeTags, tagsOf } from "../documents/tags";
import { vpcs } from "../documents/vpc";
import { addTags, tagsFor } from "../rules/tags";
import { attachServiceInterface, deleteServiceInterfaces } from "./service-interface";

/** Creates a VPC endpoint. One of type Interface takes an address in each of its subnets. */
export function createVpcEndpoint(
  context: RequestContext,
  input: CreateVpcEndpointRequest,
): CreateVpcEndpointResult {
  const { VpcId } = vpcs.get(context, input.VpcId);
  const id = vpcEndpoints.newId(context);
  const endpoint = withInterfaces(context, {
    ...locationOf(context),
    VpcEndpointId: id,
    VpcEndpointType: input.VpcEndpointType ?? "Gateway",
    VpcId,
    ServiceName: required(input.ServiceName, "ServiceName"),
    RouteTableIds: checkRouteTables(context, input.RouteTableIds),
    SubnetIds: input.SubnetIds ?? [],
    GroupIds: input.SecurityGroupIds ?? [],
    NetworkInterfaceIds: [],
  });
  context.transaction.put(vpcEndpoints, id, endpoint);
  addTags(context, id, "vpc-endpoint", tagsFor("vpc-endpoint", input.TagSpecifications));
  return { VpcEndpoint: toShape(context, endpoint) };
}

/** Changes the route tables, subnets and security groups of an endpoint. */
export function modifyVpcEndpoint(
  context: RequestContext,
  input: ModifyVpcEndpointRequest,
): ModifyVpcEndpointResult {
  const before = vpcEndpoints.get(context, input.VpcEndpointId);
  const endpoint = withInterfaces(context, {
    ...before,
    RouteTableIds: merged(
      before.RouteTableIds,
      checkRouteTables(context, input.AddRouteTableIds),
      input.RemoveRouteTableIds,
    ),
    SubnetIds: merged(before.SubnetIds, input.AddSubnetIds, input.RemoveSubnetIds),
    GroupIds: merged(before.GroupIds, input.AddSecurityGroupIds, input.RemoveSecurityGroupIds),
  });
  context.transaction.put(vpcEndpoints, endpoint.VpcEndpointId, endpoint);
  return { Return: true };
}

/** Deletes endpoints and their network interfaces. */
export function deleteVpcEndpoints(
  context: RequestContext,
  input: DeleteVpcEndpointsRequest,
): DeleteVpcEndpointsResult {
  for (const id of input.VpcEndpointIds ?? []) {
    const { VpcEndpointId, NetworkInterfaceIds } = vpcEndpoints.get(context, id);
    deleteServiceInterfaces(context, NetworkInterfaceIds);
    context.transaction.remove(vpcEndpoints, VpcEndpointId);
    removeTags(context, VpcEndpointId);
  }
  return { Unsuccessful: [] };
}

/** The endpoint with one network interface in each of its subnets, in its security groups. */
function withInterfaces(context: RequestContext, endpoint: VpcEndpoint): VpcEndpoint {
  const wanted = endpoint.SubnetIds.map((id) => subnets.get(context, id).SubnetId);
  checkOnePerZone(context, wanted);
  const existing = endpoint.NetworkInterfaceIds.map((id) => networkInterfaces.get(context, id));
  const staying = existing.filter(({ SubnetId }) => wanted.includes(SubnetId));
  deleteServiceInterfaces(
    context,
    existing.filter((eni) => !staying.includes(eni)).map(({ NetworkInterfaceId }) => NetworkInterfaceId),
  );
  for (const eni of staying)
    context.transaction.put(networkInterfaces, eni.NetworkInterfaceId, {
      ...eni,
      Groups: groupIdentifiers(context, endpoint.GroupIds),
    });
  const added = wanted
    .filter((subnetId) => !staying.some(({ SubnetId }) => SubnetId === subnetId))
    .map((subnetId) =>
      attachServiceInterface(context, subnetId, {
        description: `VPC Endpoint Interface ${endpoint.VpcEndpointId}`,
        groups: endpoint.GroupIds,
        type: "vpc_endpoint",
      }),
    );
  const stayingIds = staying.map(({ NetworkInterfaceId }) => NetworkInterfaceId);
  return { ...endpoint, NetworkInterfaceIds: [...stayingIds, ...added] };
}

/** @throws ServiceError DuplicateSubnetsInSameZone */
function checkOnePerZone(context: RequestContext, ids: readonly string[]): void {
  const zones = ids.map((id) => subnets.get(context, id).AvailabilityZone);
  const second = ids.find((_, index) => zones.indexOf(zones[index]!) !== index);
  if (second === undefined) return;
  throw new ServiceError(
    "DuplicateSubnetsInSameZone",
    `Found another VPC endpoint subnet in the availability zone of ${second}. VPC endpoint subnets should be in different availability zones supported by the VPC endpoint service.`,
  );
}

const checkRouteTables = (context: RequestContext, ids: readonly string[] = []): readonly string[] =>
  ids.map((id) => routeTables.get(context, id).RouteTableId);

const merged = (
  before: readonly string[],
  added: readonly string[] = [],
  removed: readonly string[] = [],
): readonly string[] => [...new Set([...before, ...added])].filter((id) => !removed.includes(id));

const toShape = (context: RequestContext, endpoint: VpcEndpoint): VpcEndpointShape => ({
  VpcEndpointId: endpoint.VpcEndpointId,
  VpcEndpointType: endpoint.VpcEndpointType,
  VpcId: endpoint.VpcId,
  OwnerId: endpoint.OwnerId,
  ServiceName: endpoint.ServiceName,
  State: "Available",
  RouteTableIds: [...endpoint.RouteTableIds],
  SubnetIds: [...endpoint.SubnetIds],
  Groups: [...groupIdentifiers(context, endpoint.GroupIds)],
  NetworkInterfaceIds: [...endpoint.NetworkInterfaceIds],
  Tags: tagsOf(context.transaction, endpoint.VpcEndpointId),
});
