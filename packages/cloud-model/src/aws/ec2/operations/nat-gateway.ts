import {
  type CreateNatGatewayRequest,
  type CreateNatGatewayResult,
  type DeleteNatGatewayRequest,
  type DeleteNatGatewayResult,
  type NatGateway as NatGatewayShape,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { type ElasticIp, elasticIps } from "../documents/connectivity/elastic-ip";
import { internetGatewayOf } from "../documents/connectivity/internet-gateway";
import { type NatGateway, natGateways, natGatewayWith } from "../documents/connectivity/nat-gateway";
import { locationOf } from "../documents/located";
import { networkInterfaces } from "../documents/network-interface";
import { type Subnet, subnets } from "../documents/subnet";
import { removeTags, tagsOf } from "../documents/tags";
import { addTags, tagsFor } from "../rules/tags";
import { attachServiceInterface, deleteServiceInterfaces } from "./service-interface";

/** Creates a NAT gateway, which takes an address of its subnet. A public one needs an internet gateway. */
export function createNatGateway(
  context: RequestContext,
  input: CreateNatGatewayRequest,
): CreateNatGatewayResult {
  const subnet = subnets.get(context, input.SubnetId);
  const { ConnectivityType = "public" } = input;
  const address =
    ConnectivityType === "public" ? publicAddress(context, subnet, input.AllocationId) : undefined;
  const id = natGateways.newId(context);
  const NetworkInterfaceId = attachServiceInterface(context, subnet.SubnetId, {
    description: `Interface for NAT Gateway ${id}`,
    groups: [],
    type: "natGateway",
  });
  const gateway: NatGateway = {
    ...locationOf(context),
    NatGatewayId: id,
    SubnetId: subnet.SubnetId,
    VpcId: subnet.VpcId,
    ConnectivityType,
    NetworkInterfaceId,
    PrivateIp: networkInterfaces.get(context, NetworkInterfaceId).PrivateIpAddress,
    AllocationId: address?.AllocationId,
    PublicIp: address?.PublicIp,
  };
  context.transaction.put(natGateways, id, gateway);
  addTags(context, id, "natgateway", tagsFor("natgateway", input.TagSpecifications));
  return { NatGateway: toShape(context, gateway) };
}

/** Deletes a NAT gateway and its network interface. */
export function deleteNatGateway(
  context: RequestContext,
  input: DeleteNatGatewayRequest,
): DeleteNatGatewayResult {
  const { NatGatewayId, NetworkInterfaceId } = natGateways.get(context, input.NatGatewayId);
  deleteServiceInterfaces(context, [NetworkInterfaceId]);
  context.transaction.remove(natGateways, NatGatewayId);
  removeTags(context, NatGatewayId);
  return { NatGatewayId };
}

/** @throws ServiceError for an address that does not exist or is in use, and without an internet gateway */
function publicAddress(context: RequestContext, { VpcId }: Subnet, allocationId = ""): ElasticIp {
  const address = elasticIps.find(context, allocationId);
  if (!address)
    throw new ServiceError(
      "InvalidAllocationID.NotFound",
      `Elastic IP address id '${allocationId}' not found`,
    );
  if (natGatewayWith(context.transaction, allocationId))
    throw new ServiceError(
      "Resource.AlreadyAssociated",
      `Elastic IP address [${allocationId}] is already associated`,
    );
  if (!internetGatewayOf(context.transaction, VpcId))
    throw new ServiceError("Gateway.NotAttached", `Network ${VpcId} has no Internet gateway attached`);
  return address;
}

const toShape = ({ transaction }: RequestContext, gateway: NatGateway): NatGatewayShape => ({
  NatGatewayId: gateway.NatGatewayId,
  SubnetId: gateway.SubnetId,
  VpcId: gateway.VpcId,
  ConnectivityType: gateway.ConnectivityType,
  State: "available",
  NatGatewayAddresses: [
    {
      AllocationId: gateway.AllocationId,
      IsPrimary: true,
      NetworkInterfaceId: gateway.NetworkInterfaceId,
      PrivateIp: gateway.PrivateIp,
      PublicIp: gateway.PublicIp,
      Status: "succeeded",
    },
  ],
  Tags: tagsOf(transaction, gateway.NatGatewayId),
});
