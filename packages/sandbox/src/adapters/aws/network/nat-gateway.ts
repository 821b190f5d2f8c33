import { ServiceError } from "@cluster-ipam/cloud-model";
import { networkInterfaces, subnets } from "@cluster-ipam/cloud-model/aws/ec2";
import { ConfigReader } from "../../config-reader";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { attachServiceInterface, deleteInterfaces } from "./interface";
import { gatewayOf } from "./internet-gateway";
import { standing, standingById } from "./standing";

/** `aws_nat_gateway`: it takes an address of its subnet. */
export const natGateway: ResourceModel = {
  create(context, planned) {
    const asked = new ConfigReader(planned);
    const subnet = subnets.get(context, asked.text("subnet_id"));
    const isPublic = asked.text("connectivity_type") !== "private";
    if (isPublic) checkAddress(context, asked.text("allocation_id"));
    if (isPublic && !gatewayOf(context, subnet.VpcId))
      throw new ServiceError(
        "Gateway.NotAttached",
        `Network ${subnet.VpcId} has no Internet gateway attached`,
      );
    const id = `nat-${context.transaction.hex(17)}`;
    const interfaceId = attachServiceInterface(context, subnet.SubnetId, {
      description: `Interface for NAT Gateway ${id}`,
      groups: [],
      type: "natGateway",
    });
    const { PrivateIpAddress } = networkInterfaces.get(context, interfaceId);
    return {
      id,
      network_interface_id: interfaceId,
      private_ip: PrivateIpAddress,
      public_ip: isPublic ? publicAddress(context, asked.text("allocation_id")) : "",
    };
  },

  delete(context, state) {
    deleteInterfaces(context, [new ConfigReader(state).text("network_interface_id")]);
  },
};

/** @throws ServiceError for an address that does not stand, or that another gateway has */
function checkAddress(context: ResourceContext, id: string): void {
  if (!standingById(context, "aws_eip", id))
    throw new ServiceError("InvalidAllocationID.NotFound", `Elastic IP address id '${id}' not found`);
  if (standing(context, "aws_nat_gateway").some((gateway) => gateway.text("allocation_id") === id))
    throw new ServiceError("Resource.AlreadyAssociated", `Elastic IP address [${id}] is already associated`);
}

const publicAddress = (context: ResourceContext, id: string): string =>
  standingById(context, "aws_eip", id)?.text("public_ip") ?? "";
