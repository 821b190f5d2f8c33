import { type AccountRegion } from "@cluster-ipam/cloud-model";
import { type TerraformType } from "@cluster-ipam/terraform-provider";

/** What short names leave out: from the resource's project and region, and from the provider's settings. */
export const pathDefaults = ({ settings }: TerraformType, { owner, region }: AccountRegion) => {
  const own = typeof settings.region === "string" ? settings.region : "";
  return { project: owner, region: region || own, location: own };
};
