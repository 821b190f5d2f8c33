import { awsSuppressions } from "./aws";
import { kubernetesSuppressions } from "./kubernetes";
import { type Suppression } from "./suppression";
import { textSuppressions } from "./text";

/** All rules for differences that are none, by name. */
export const suppressions: Readonly<Record<string, Suppression>> = {
  ...textSuppressions,
  ...awsSuppressions,
  ...kubernetesSuppressions,
};
