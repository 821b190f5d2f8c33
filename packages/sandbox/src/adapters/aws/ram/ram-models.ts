import { type ResourceModels } from "../../resource-model";
import { ramPrincipalAssociation, ramResourceAssociation } from "./ram-association";
import { ramResourceShare } from "./ram-resource-share";

/** The modeled types of Resource Access Manager. */
export const ramModels: ResourceModels = {
  aws_ram_principal_association: ramPrincipalAssociation,
  aws_ram_resource_association: ramResourceAssociation,
  aws_ram_resource_share: ramResourceShare,
};
