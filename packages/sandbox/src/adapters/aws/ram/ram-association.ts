import {
  associateResourceShare,
  disassociateResourceShare,
  findResourceShare,
} from "@cluster-ipam/cloud-model/aws/ram";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { ConfigReader } from "../../config-reader";
import { type ResourceModel } from "../../resource-model";

type Request = Parameters<typeof associateResourceShare>[1];

/** An association of a resource share, made and removed by the request that `requestFrom` reads. */
const association = (requestFrom: (config: ConfigReader) => Request): ResourceModel => ({
  create(context, planned) {
    associateResourceShare(context, requestFrom(new ConfigReader(planned)));
    return {};
  },
  delete(context, state) {
    const request = requestFrom(new ConfigReader(state));
    if (findResourceShare(context, request.resourceShareArn)) disassociateResourceShare(context, request);
  },
  read: (context, state) => (findResourceShare(context, shareIn(state)) ? {} : null),
});

const shareIn = (state: ObjectValue): string => new ConfigReader(state).text("resource_share_arn");

/** `aws_ram_resource_association`. */
export const ramResourceAssociation = association((config) => ({
  resourceShareArn: config.text("resource_share_arn"),
  resourceArns: [config.text("resource_arn")],
}));

/** `aws_ram_principal_association`. */
export const ramPrincipalAssociation = association((config) => ({
  resourceShareArn: config.text("resource_share_arn"),
  principals: [config.text("principal")],
}));
