import { Construct } from "constructs";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { nodeAccountId } from "../network/google-name";

export interface NodeServiceAccountProps {
  readonly project: string;
  /** Name of the cluster whose nodes run as this account. */
  readonly clusterName: string;
}

/** What a node may do: write logs and metrics, and pull images of its project. Workloads have identities of their own. */
const ROLES = {
  node: "roles/container.defaultNodeServiceAccount",
  images: "roles/artifactregistry.reader",
} as const;

/** The identity of a cluster's nodes, instead of the project's default account with its editor role. */
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
