import { Token } from "cdktf";
import { type Construct } from "constructs";
import { ValidationError } from "./validation-error";

/** Which cloud's naming rule applies. */
export type NamedResource = "google" | "gke-cluster" | "gke-node-pool" | "eks-cluster";

interface NameRule {
  /** Name of the resource type in errors. */
  readonly label: string;
  /** Maximum length, in characters. */
  readonly maxLength: number;
  readonly pattern: RegExp;
  readonly allowed: string;
}

const rfc1035 = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  allowed: "lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen",
};

const rules: Readonly<Record<NamedResource, NameRule>> = {
  // Compute Engine: "Naming resources" (RFC 1035).
  google: { ...rfc1035, label: "Google Cloud", maxLength: 63 },
  // GKE API: Cluster.name and NodePool.name, at most 40 characters.
  "gke-cluster": { ...rfc1035, label: "GKE cluster", maxLength: 40 },
  "gke-node-pool": { ...rfc1035, label: "GKE node pool", maxLength: 40 },
  // EKS API, CreateCluster.name: 100. IAM's CreateRole.RoleName allows 64, and the cluster's roles add a suffix.
  "eks-cluster": {
    label: "EKS cluster",
    maxLength: 50,
    pattern: /^[0-9A-Za-z][A-Za-z0-9_-]*$/,
    allowed: "letters, digits, hyphens and underscores, starting with a letter or digit",
  },
};

/**
 * Returns the name if the cloud accepts it. A name known only after apply passes.
 *
 * @param where the construct that is named, for the error
 * @throws ValidationError with the rule that the name breaks
 */
export function resourceName(where: Construct | string, name: string, resource: NamedResource): string {
  if (Token.isUnresolved(name)) return name;
  const { label, maxLength, pattern, allowed } = rules[resource];
  if (name.length < 1 || name.length > maxLength) {
    throw new ValidationError(
      where,
      `the ${label} name ${JSON.stringify(name)} has ${name.length} characters; use 1 to ${maxLength}`,
    );
  }
  if (!pattern.test(name)) {
    throw new ValidationError(
      where,
      `the ${label} name ${JSON.stringify(name)} is not valid; use ${allowed}`,
    );
  }
  return name;
}
