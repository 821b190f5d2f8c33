import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";

/**
 * Checks a Kubernetes version of EKS.
 *
 * @param version minor version as a string, for example "1.33"
 * @throws ValidationError for a number (1.30 would become 1.3), a patch release or a leading v
 */
export function checkKubernetesVersion(where: Construct, version: unknown): void {
  if (typeof version !== "string" || !/^1\.[1-9]\d$/.test(version)) {
    throw new ValidationError(
      where,
      `version ${JSON.stringify(version)} is not an EKS version; use the minor version as a string, for example "1.33"`,
    );
  }
}
