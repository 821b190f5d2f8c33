import { Asked } from "../asked";
import { keptOf } from "../kept-resource";
import { type ResourceModel, type ResourceModels, type Scene } from "../resource-model";
import { ServiceError } from "../service-error";
import { type ObjectValue } from "../../plugin/value";

/** @throws ServiceError when the share does not stand in the caller's account and Region */
function checkShare({ transaction, place }: Scene, arn: string): void {
  const stands = keptOf(transaction, "aws_ram_resource_share").some(
    (share) => share.id === arn && share.owner === place.owner && share.region === place.region,
  );
  if (!stands) throw new ServiceError("UnknownResourceException", `ResourceShare ${arn} could not be found.`);
}

/** What is shared must stand, where the sandbox models it: pools, subnets. */
function checkResource({ transaction }: Scene, arn: string): void {
  const type = /:(ipam-pool|subnet)\//.exec(arn)?.[1];
  if (type === undefined) return;
  const stands = keptOf(transaction, type === "subnet" ? "aws_subnet" : "aws_vpc_ipam_pool").some(
    ({ state }) => new Asked(state as ObjectValue).text("arn") === arn,
  );
  if (!stands)
    throw new ServiceError(
      "MalformedArnException",
      `The resource you are attempting to share could not be found: ${arn}`,
    );
}

const resourceAssociation: ResourceModel = {
  create(scene, planned) {
    const asked = new Asked(planned);
    checkShare(scene, asked.text("resource_share_arn"));
    checkResource(scene, asked.text("resource_arn"));
    return {};
  },
};

const principalAssociation: ResourceModel = {
  create(scene, planned) {
    checkShare(scene, new Asked(planned).text("resource_share_arn"));
    return {};
  },
};

/** The modelled types of Resource Access Manager: who sees a pool follows from the associations. */
export const ramModels: ResourceModels = {
  aws_ram_principal_association: principalAssociation,
  aws_ram_resource_association: resourceAssociation,
};
