import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";

/**
 * A Kubernetes version as EKS names it.
 *
 * @param version minor version in quotes, for example "1.33"
 * @throws ValidationError on a number (1.30 is 1.3), a patch release or a leading v
 */
export function checkKubernetesVersion(where: Construct, version: unknown): void {
  if (typeof version !== "string" || !/^1\.[1-9]\d$/.test(version)) {
    throw new ValidationError(
      where,
      `version ${JSON.stringify(version)} is no EKS version; write the minor version as a string, like "1.33"`,
    );
  }
}
