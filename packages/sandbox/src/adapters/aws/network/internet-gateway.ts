import { ServiceError } from "@cluster-ipam/cloud-model";
import { subnets, vpcs } from "@cluster-ipam/cloud-model/aws/ec2";
import { ConfigReader } from "../../config-reader";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { standing } from "./standing";

/** `aws_internet_gateway` */
export const internetGateway: ResourceModel = {
  create(context, planned) {
    checkAttachment(context, new ConfigReader(planned));
    return {};
  },

  update(context, prior, planned) {
    const [before, asked] = [new ConfigReader(prior), new ConfigReader(planned)];
    if (before.text("vpc_id") !== asked.text("vpc_id")) {
      checkDetachment(context, before.text("vpc_id"));
      checkAttachment(context, asked);
    }
    return {};
  },

  delete(context, state) {
    checkDetachment(context, new ConfigReader(state).text("vpc_id"));
  },
};

/** A VPC has one internet gateway. @throws ServiceError */
function checkAttachment(context: ResourceContext, asked: ConfigReader): void {
  const vpcId = asked.text("vpc_id");
  if (vpcId === "") return;
  vpcs.get(context, vpcId);
  const other = gatewayOf(context, vpcId);
  if (other && other.text("id") !== asked.text("id"))
    throw new ServiceError(
      "InvalidParameterValue",
      `Network ${vpcId} already has an internet gateway attached`,
      400,
      "AttachInternetGateway",
    );
}

/** @throws ServiceError while public addresses are in use in the VPC */
function checkDetachment(context: ResourceContext, vpcId: string): void {
  const isMapped = standing(context, "aws_nat_gateway").some(
    (gateway) =>
      gateway.text("allocation_id") !== "" &&
      subnets.find(context, gateway.text("subnet_id"))?.VpcId === vpcId,
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
export const gatewayOf = (context: ResourceContext, vpcId: string): ConfigReader | undefined =>
  standing(context, "aws_internet_gateway").find((gateway) => gateway.text("vpc_id") === vpcId);
