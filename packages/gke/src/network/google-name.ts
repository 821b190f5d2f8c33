import { createHash } from "node:crypto";
import { type Construct } from "constructs";
import { ValidationError } from "@cluster-ipam/blueprint-core";

/** The longest cluster or node pool name that GKE takes, in characters. */
const GKE_NAME_LENGTH = 40;
/** The longest account id that IAM takes, in characters. */
const ACCOUNT_ID_LENGTH = 30;

/**
 * Refuses what GKE refuses as the name of a cluster, a node pool or a part of a range's name.
 *
 * @throws ValidationError not lower-case letters, digits and hyphens, or longer than 40 characters
 */
export function checkGkeName(where: Construct, what: string, name: string): void {
  if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name) || name.length > GKE_NAME_LENGTH) {
    throw new ValidationError(
      where,
      `${what} "${name}" is not a name in GKE; use at most ${GKE_NAME_LENGTH} lower-case letters, digits and hyphens, starting with a letter`,
    );
  }
}

/** Account id for a cluster's nodes, at most 30 characters: a longer name ends in a hash, so two clusters never share one. */
export function nodeAccountId(cluster: string): string {
  const id = `gke-${cluster}`;
  if (id.length <= ACCOUNT_ID_LENGTH) return id;
  const hash = createHash("sha256").update(cluster).digest("hex").slice(0, 8);
  return `${id.slice(0, ACCOUNT_ID_LENGTH - 9).replace(/-+$/, "")}-${hash}`;
}
