import { createHash } from "node:crypto";
import { Construct } from "constructs";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";

/** Props of a {@link NodeServiceAccount}. */
export interface NodeServiceAccountProps {
  readonly project: string;
  /** Name of the cluster whose nodes run as this account. */
  readonly clusterName: string;
}

/** Roles of a node: write logs and metrics, and pull images of its project. Workloads use Workload Identity. */
const ROLES = {
  node: "roles/container.defaultNodeServiceAccount",
  images: "roles/artifactregistry.reader",
} as const;

/** Maximum length of an IAM account id, in characters. */
const ACCOUNT_ID_LENGTH = 30;

/** The service account of a cluster's nodes, instead of the project's default account with its editor role. */
export class NodeServiceAccount extends Construct {
  /** E-mail address of the account. */
  readonly email: string;

  constructor(scope: Construct, id: string, props: NodeServiceAccountProps) {
    super(scope, id);
    const account = new ServiceAccount(this, "account", {
      accountId: nodeAccountId(props.clusterName),
      project: props.project,
      displayName: `Nodes of the GKE cluster ${props.clusterName}`,
    });
    for (const [name, role] of Object.entries(ROLES)) {
      new ProjectIamMember(this, name, { project: props.project, role, member: account.member });
    }
    this.email = account.email;
  }
}

/**
 * Returns the account id for a cluster's nodes, at most 30 characters. A long name ends in a hash, so it stays unique.
 */
export function nodeAccountId(clusterName: string): string {
  const id = `gke-${clusterName}`;
  if (id.length <= ACCOUNT_ID_LENGTH) return id;
  const hash = createHash("sha256").update(clusterName).digest("hex").slice(0, 8);
  return `${id.slice(0, ACCOUNT_ID_LENGTH - 9).replace(/-+$/, "")}-${hash}`;
}
