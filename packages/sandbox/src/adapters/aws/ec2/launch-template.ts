import {
  createLaunchTemplate,
  createLaunchTemplateVersion,
  deleteLaunchTemplate,
  type LaunchTemplate,
  launchTemplates,
  modifyLaunchTemplate,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { type ObjectValue, unknown } from "@cluster-ipam/terraform-provider";
import { numberAt, stringAt } from "../../arguments";
import { nameMembers, nameOf } from "../../generated-name";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_launch_template`. */
export const launchTemplate: ResourceModel = {
  create(context, planned) {
    const name = nameOf(context, planned);
    const made = createLaunchTemplate(context, {
      LaunchTemplateName: name,
      TagSpecifications: tagSpecifications("launch-template", planned),
      LaunchTemplateData: dataIn(planned),
    });
    return { id: made.LaunchTemplateId, ...versionMembers(made), ...nameMembers(planned, name) };
  },
  update(context, prior, planned) {
    const id = String(prior["id"]);
    updateTags(context, id, prior, planned);
    return versionMembers(updateVersions(context, launchTemplates.get(context, id), planned));
  },
  delete(context, state) {
    const id = String(state["id"]);
    if (launchTemplates.find(context, id)) deleteLaunchTemplate(context, { LaunchTemplateId: id });
  },
  read(context, state) {
    const found = launchTemplates.find(context, String(state["id"]));
    return found ? { ...versionMembers(found), ...tagMembers(context, found.LaunchTemplateId, state) } : null;
  },
};

/** Adds a version if the plan does not know the latest one, and moves the default if the plan does. */
function updateVersions(
  context: ResourceContext,
  { LaunchTemplateId, DefaultVersionNumber, LatestVersionNumber }: LaunchTemplate,
  planned: ObjectValue,
): LaunchTemplate {
  const latest =
    planned["latest_version"] === unknown
      ? createLaunchTemplateVersion(context, { LaunchTemplateId, LaunchTemplateData: dataIn(planned) })
          .LatestVersionNumber
      : LatestVersionNumber;
  const wanted =
    planned["default_version"] === unknown
      ? latest
      : (numberAt(planned, "default_version") ?? DefaultVersionNumber);
  if (wanted !== DefaultVersionNumber)
    modifyLaunchTemplate(context, { LaunchTemplateId, DefaultVersion: String(wanted) });
  return launchTemplates.get(context, LaunchTemplateId);
}

const dataIn = (planned: ObjectValue) => ({ ImageId: stringAt(planned, "image_id") || undefined });

const versionMembers = ({ DefaultVersionNumber, LatestVersionNumber }: LaunchTemplate): ObjectValue => ({
  default_version: DefaultVersionNumber,
  latest_version: LatestVersionNumber,
});
