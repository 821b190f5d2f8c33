import { Ec2Kind } from "./ec2-kind";
import { type Located } from "./located";

/** A launch template. What its versions contain is not modeled. */
export interface LaunchTemplate extends Located {
  readonly LaunchTemplateId: string;
  readonly LaunchTemplateName: string;
  readonly DefaultVersionNumber: number;
  readonly LatestVersionNumber: number;
}

/** All launch templates. */
export const launchTemplates = new Ec2Kind<LaunchTemplate>("launch-template", "lt", [
  "InvalidLaunchTemplateId.NotFound",
  "launch template ID",
]);
