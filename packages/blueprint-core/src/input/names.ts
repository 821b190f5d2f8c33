import { Token } from "cdktf";
import { type Construct } from "constructs";
import { ValidationError } from "./validation-error";

/** What is named: most Google resources share one rule; clusters have their own. */
export type NamedResource = "google" | "gke-cluster" | "gke-node-pool" | "eks-cluster";

interface NameRule {
  readonly longest: number;
  readonly pattern: RegExp;
  readonly allowed: string;
}

const rfc1035 = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  allowed: "lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen",
};

const rules: Readonly<Record<NamedResource, NameRule>> = {
  // Compute Engine: "Naming resources" (RFC 1035).
  google: { ...rfc1035, longest: 63 },
  // GKE API: Cluster.name and NodePool.name hold at most 40 characters.
  "gke-cluster": { ...rfc1035, longest: 40 },
  "gke-node-pool": { ...rfc1035, longest: 40 },
  // EKS API: CreateCluster.name.
  "eks-cluster": {
    longest: 100,
    pattern: /^[0-9A-Za-z][A-Za-z0-9_-]*$/,
    allowed: "letters, digits, hyphens and underscores, beginning with a letter or digit",
  },
};

/**
 * Returns the name if the cloud accepts it; a name that is known only after apply passes.
 *
 * @param where the construct that is named, for the message
 * @throws ValidationError with the rule that the name breaks
 */
export function resourceName(where: Construct | string, name: string, resource: NamedResource): string {
  if (Token.isUnresolved(name)) return name;
  const { longest, pattern, allowed } = rules[resource];
  if (name.length < 1 || name.length > longest) {
    throw new ValidationError(
      where,
      `the ${resource} name ${JSON.stringify(name)} has ${name.length} characters; use 1 to ${longest}`,
    );
  }
  if (!pattern.test(name)) {
    throw new ValidationError(
      where,
      `the ${resource} name ${JSON.stringify(name)} is refused; use ${allowed}`,
    );
  }
  return name;
}
