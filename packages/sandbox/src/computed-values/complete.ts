import { isObject, type ObjectValue, type TerraformType, unknown } from "@cluster-ipam/terraform-provider";
import { fill, type Templates } from "./template";
import { type Fingerprint } from "./fingerprint";
import { awsTemplates } from "./aws-templates";
import { googleTemplates } from "./google-templates";
import { kubernetesTemplates } from "./kubernetes-templates";

const templates = { ...awsTemplates, ...googleTemplates, ...kubernetesTemplates };

// For types outside the overlay: references resolve, but ids do not have the service's format.
const byConvention: Templates = {
  id: "sandbox-{hex:17}",
  arn: "arn:{partition}:sandbox:{region}:{account}:{id}",
  self_link: "https://www.googleapis.com/sandbox/{id}",
  project: "{project}",
  region: "{region}",
};

/** Resolves every remaining unknown member to a value in the service's format. */
export const complete = (
  terraformType: TerraformType,
  planned: ObjectValue,
  fingerprint: Fingerprint,
): ObjectValue =>
  fill(terraformType.block, withPrefix(withTags(planned)), templates[terraformType.type] ?? byConvention, {
    settings: terraformType.settings,
    fingerprint,
  });

/** Without a prefix, providers generate names with "terraform-". */
function withPrefix(planned: ObjectValue): ObjectValue {
  if (planned["name_prefix"] !== unknown) return planned;
  return { ...planned, name_prefix: planned["name"] === unknown ? "terraform-" : "" };
}

/** Tags that became known during apply. */
function withTags(planned: ObjectValue): ObjectValue {
  if (planned["tags_all"] !== unknown) return planned;
  const tags = planned["tags"] ?? null;
  return { ...planned, tags_all: isObject(tags) ? tags : {} };
}
