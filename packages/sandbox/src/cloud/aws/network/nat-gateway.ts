import { Asked } from "../../asked";
import { type ResourceModel, type Scene } from "../../resource-model";
import { ServiceError } from "../../service-error";
import { networkInterfaces } from "../ec2/network-interface";
import { subnets } from "../ec2/subnet";
import { plugIn, unplug } from "./interface";
import { gatewayOf } from "./internet-gateway";
import { standing, standingById } from "./standing";

/** `aws_nat_gateway`: it takes an address of its subnet. */
export const natGateway: ResourceModel = {
  create(scene, planned) {
    const asked = new Asked(planned);
    const subnet = subnets.get(scene, asked.text("subnet_id"));
    const isPublic = asked.text("connectivity_type") !== "private";
    if (isPublic) checkAddress(scene, asked.text("allocation_id"));
    if (isPublic && !gatewayOf(scene, subnet.VpcId))
      throw new ServiceError(
        "Gateway.NotAttached",
        `Network ${subnet.VpcId} has no Internet gateway attached`,
      );
    const id = `nat-${scene.transaction.hex(17)}`;
    const interfaceId = plugIn(scene, subnet.SubnetId, {
      description: `Interface for NAT Gateway ${id}`,
      groups: [],
      type: "natGateway",
    });
    const { PrivateIpAddress } = networkInterfaces.get(scene, interfaceId);
    return {
      id,
      network_interface_id: interfaceId,
      private_ip: PrivateIpAddress,
      public_ip: isPublic ? publicAddress(scene, asked.text("allocation_id")) : "",
    };
  },

  delete(scene, state) {
    unplug(scene, [new Asked(state).text("network_interface_id")]);
  },
};

/** @throws ServiceError for an address that does not stand, or that another gateway has */
function checkAddress(scene: Scene, id: string): void {
  if (!standingById(scene, "aws_eip", id))
    throw new ServiceError("InvalidAllocationID.NotFound", `Elastic IP address id '${id}' not found`);
  if (standing(scene, "aws_nat_gateway").some((gateway) => gateway.text("allocation_id") === id))
    throw new ServiceError("Resource.AlreadyAssociated", `Elastic IP address [${id}] is already associated`);
}

const publicAddress = (scene: Scene, id: string): string =>
  standingById(scene, "aws_eip", id)?.text("public_ip") ?? "";
