import {
  type CreateLaunchTemplateRequest,
  type CreateLaunchTemplateVersionRequest,
  type DeleteLaunchTemplateRequest,
  type ModifyLaunchTemplateRequest,
  type RequestLaunchTemplateData,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { type LaunchTemplate, launchTemplates } from "../documents/launch-template";
import { locationOf } from "../documents/located";
import { required } from "../documents/refusals";
import { removeTags } from "../documents/tags";
import { addTags, tagsFor } from "../rules/tags";

/** Creates a launch template with its first version. */
export function createLaunchTemplate(
  context: RequestContext,
  input: Pick<CreateLaunchTemplateRequest, "LaunchTemplateName" | "TagSpecifications" | "LaunchTemplateData">,
): LaunchTemplate {
  const LaunchTemplateName = required(input.LaunchTemplateName, "LaunchTemplateName");
  if (launchTemplates.all(context).some((other) => other.LaunchTemplateName === LaunchTemplateName))
    throw new ServiceError(
      "InvalidLaunchTemplateName.AlreadyExistsException",
      "Launch template name already in use.",
    );
  const id = launchTemplates.newId(context);
  addTags(context, id, "launch-template", tagsFor("launch-template", input.TagSpecifications));
  return context.transaction.put(launchTemplates, id, {
    ...locationOf(context),
    LaunchTemplateId: id,
    LaunchTemplateName,
    DefaultVersionNumber: 1,
    LatestVersionNumber: 1,
    ImageIds: imageIn(1, input.LaunchTemplateData),
  });
}

/** Adds a version; the default version stays. */
export function createLaunchTemplateVersion(
  context: RequestContext,
  input: Pick<CreateLaunchTemplateVersionRequest, "LaunchTemplateId" | "LaunchTemplateData">,
): LaunchTemplate {
  const template = launchTemplates.get(context, input.LaunchTemplateId);
  const LatestVersionNumber = template.LatestVersionNumber + 1;
  return context.transaction.put(launchTemplates, template.LaunchTemplateId, {
    ...template,
    LatestVersionNumber,
    ImageIds: { ...template.ImageIds, ...imageIn(LatestVersionNumber, input.LaunchTemplateData) },
  });
}

const imageIn = (version: number, data: RequestLaunchTemplateData | undefined) =>
  data?.ImageId === undefined ? {} : { [version]: data.ImageId };

/** Makes another version the default. */
export function modifyLaunchTemplate(
  context: RequestContext,
  input: Pick<ModifyLaunchTemplateRequest, "LaunchTemplateId" | "DefaultVersion">,
): LaunchTemplate {
  const template = launchTemplates.get(context, input.LaunchTemplateId);
  const DefaultVersionNumber = Number(required(input.DefaultVersion, "DefaultVersion"));
  return context.transaction.put(launchTemplates, template.LaunchTemplateId, {
    ...template,
    DefaultVersionNumber,
  });
}

/** Deletes a launch template with its versions. */
export function deleteLaunchTemplate(
  context: RequestContext,
  input: Pick<DeleteLaunchTemplateRequest, "LaunchTemplateId">,
): void {
  const { LaunchTemplateId } = launchTemplates.get(context, input.LaunchTemplateId);
  context.transaction.remove(launchTemplates, LaunchTemplateId);
  removeTags(context, LaunchTemplateId);
}
