import { Ec2Kind } from "./ec2-kind";
import { type Located } from "./located";

/** A launch template. Of what its versions contain, only the image is modeled, because EKS looks at it. */
export interface LaunchTemplate extends Located {
  readonly LaunchTemplateId: string;
  readonly LaunchTemplateName: string;
  readonly DefaultVersionNumber: number;
  readonly LatestVersionNumber: number;
  /** The images of the versions that name one, by number of the version. @default none */
  readonly ImageIds?: Readonly<Record<number, string>>;
}

/** The image that a version of a launch template names. @param version a number, `$Latest` or `$Default` @default `$Default` */
export function imageOf(template: LaunchTemplate, version = "$Default"): string | undefined {
  const { DefaultVersionNumber, LatestVersionNumber, ImageIds } = template;
  const number =
    version === "$Default"
      ? DefaultVersionNumber
      : version === "$Latest"
        ? LatestVersionNumber
        : Number(version);
  return ImageIds?.[number];
}

/** All launch templates. */
export const launchTemplates = new Ec2Kind<LaunchTemplate>("launch-template", "lt", [
  "InvalidLaunchTemplateId.NotFound",
  "launch template ID",
]);
