import { ServiceError } from "@cluster-ipam/cloud-model";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { ConfigReader } from "../config-reader";
import { keptOf } from "../../resource-store/resource-store";
import { type ResourceContext, type ResourceModel, type ResourceModels } from "../resource-model";

/** @throws ServiceError when the share does not stand in the caller's account and Region */
function checkShare({ transaction, caller }: ResourceContext, arn: string): void {
  const stands = keptOf(transaction, "aws_ram_resource_share").some(
    (share) => share.id === arn && share.owner === caller.owner && share.region === caller.region,
  );
  if (!stands) throw new ServiceError("UnknownResourceException", `ResourceShare ${arn} could not be found.`);
}

/** What is shared must stand, where the sandbox models it: pools, subnets. */
function checkResource({ transaction }: ResourceContext, arn: string): void {
  const type = /:(ipam-pool|subnet)\//.exec(arn)?.[1];
  if (type === undefined) return;
  const stands = keptOf(transaction, type === "subnet" ? "aws_subnet" : "aws_vpc_ipam_pool").some(
    ({ state }) => new ConfigReader(state as ObjectValue).text("arn") === arn,
  );
  if (!stands)
    throw new ServiceError(
      "MalformedArnException",
      `The resource you are attempting to share could not be found: ${arn}`,
    );
}

const resourceAssociation: ResourceModel = {
  create(context, planned) {
    const asked = new ConfigReader(planned);
    checkShare(context, asked.text("resource_share_arn"));
    checkResource(context, asked.text("resource_arn"));
    return {};
  },
};

const principalAssociation: ResourceModel = {
  create(context, planned) {
    checkShare(context, new ConfigReader(planned).text("resource_share_arn"));
    return {};
  },
};

/** The modelled types of Resource Access Manager: who sees a pool follows from the associations. */
export const ramModels: ResourceModels = {
  aws_ram_principal_association: principalAssociation,
  aws_ram_resource_association: resourceAssociation,
};
