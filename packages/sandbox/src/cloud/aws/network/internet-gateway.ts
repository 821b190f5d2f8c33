import { Asked } from "../../asked";
import { type ResourceModel, type Scene } from "../../resource-model";
import { ServiceError } from "../../service-error";
import { subnets } from "../ec2/subnet";
import { vpcs } from "../ec2/vpc";
import { standing } from "./standing";

/** `aws_internet_gateway` */
export const internetGateway: ResourceModel = {
  create(scene, planned) {
    checkAttachment(scene, new Asked(planned));
    return {};
  },

  update(scene, prior, planned) {
    const [before, asked] = [new Asked(prior), new Asked(planned)];
    if (before.text("vpc_id") !== asked.text("vpc_id")) {
      checkDetachment(scene, before.text("vpc_id"));
      checkAttachment(scene, asked);
    }
    return {};
  },

  delete(scene, state) {
    checkDetachment(scene, new Asked(state).text("vpc_id"));
  },
};

/** A VPC has one internet gateway. @throws ServiceError */
function checkAttachment(scene: Scene, asked: Asked): void {
  const vpcId = asked.text("vpc_id");
  if (vpcId === "") return;
  vpcs.get(scene, vpcId);
  const other = gatewayOf(scene, vpcId);
  if (other && other.text("id") !== asked.text("id"))
    throw new ServiceError(
      "InvalidParameterValue",
      `Network ${vpcId} already has an internet gateway attached`,
      400,
      "AttachInternetGateway",
    );
}

/** @throws ServiceError while public addresses are in use in the VPC */
function checkDetachment(scene: Scene, vpcId: string): void {
  const isMapped = standing(scene, "aws_nat_gateway").some(
    (gateway) =>
      gateway.text("allocation_id") !== "" && subnets.find(scene, gateway.text("subnet_id"))?.VpcId === vpcId,
  );
  if (isMapped)
    throw new ServiceError(
      "DependencyViolation",
      `Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
      400,
      "DetachInternetGateway",
    );
}

/** The internet gateway of a VPC, or undefined. */
export const gatewayOf = (scene: Scene, vpcId: string): Asked | undefined =>
  standing(scene, "aws_internet_gateway").find((gateway) => gateway.text("vpc_id") === vpcId);
