import {
  createResourceShare,
  deleteResourceShare,
  findResourceShare,
  updateResourceShare,
} from "@cluster-ipam/cloud-model/aws/ram";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { ConfigReader } from "../../config-reader";
import { type ResourceContext, type ResourceModel } from "../../resource-model";

/** `aws_ram_resource_share`. */
export const ramResourceShare: ResourceModel = {
  create(context, planned) {
    const { resourceShareArn } = createResourceShare(context, {
      name: new ConfigReader(planned).text("name"),
    });
    return { id: resourceShareArn, arn: resourceShareArn };
  },
  update(context, prior, planned) {
    updateResourceShare(context, {
      resourceShareArn: arnIn(prior),
      name: new ConfigReader(planned).text("name"),
    });
    return {};
  },
  delete(context, state) {
    if (exists(context, state)) deleteResourceShare(context, { resourceShareArn: arnIn(state) });
  },
  read: (context, state) => (exists(context, state) ? {} : null),
};

const arnIn = (state: ObjectValue): string => new ConfigReader(state).text("arn");

const exists = (context: ResourceContext, state: ObjectValue): boolean =>
  findResourceShare(context, arnIn(state)) !== undefined;
