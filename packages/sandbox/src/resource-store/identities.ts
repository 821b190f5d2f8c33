import { type ObjectValue } from "@cluster-ipam/terraform-provider";

/** How a type's resources are identified, and what happens on a duplicate. */
export interface Identity {
  /** Members that together identify a resource in its account and Region. @default its id */
  readonly key?: readonly string[];
  /**
   * "put": the call updates the existing resource. "modeled": the cloud's model throws the service's error. Otherwise
   * the error: code, message with `{member}`, HTTP status (409).
   */
  readonly onDuplicate: "put" | "modeled" | readonly [code: string, text: string, status?: number];
}

const put: Identity = { onDuplicate: "put" };
const modeled: Identity = { onDuplicate: "modeled" };
const inUse = "ResourceInUseException";
const exists = "already exists";

const iam = (text: string): Identity => ({ onDuplicate: ["EntityAlreadyExists", text] });

/** By Terraform type. Others are identified by their id, with a generic error. */
export const identities: { readonly [type: string]: Identity } = {
  aws_eks_cluster: modeled,
  aws_eks_addon: modeled,
  aws_eks_node_group: modeled,
  aws_eks_fargate_profile: modeled,
  aws_eks_access_entry: modeled,
  aws_eks_access_policy_association: put,
  aws_eks_pod_identity_association: modeled,
  aws_iam_role: modeled,
  aws_iam_policy: iam("A policy called {name} already exists. Duplicate names are not allowed."),
  aws_iam_openid_connect_provider: iam(`Provider with url {url} ${exists}.`),
  aws_iam_role_policy: put,
  aws_iam_role_policy_attachment: put,
  aws_launch_template: modeled,
  aws_security_group: modeled,
  aws_kms_alias: { onDuplicate: ["AlreadyExistsException", `An alias with the name {arn} ${exists}`, 400] },
  aws_lambda_function: modeled,
  aws_lambda_permission: { key: ["function_name", "statement_id"], onDuplicate: "modeled" },
  aws_lambda_function_event_invoke_config: put,
  aws_scheduler_schedule: { onDuplicate: ["ConflictException", `Schedule {name} ${exists}.`] },
  aws_cloudwatch_event_rule: put,
  aws_cloudwatch_event_target: put,
  aws_cloudwatch_metric_alarm: put,
  aws_cloudwatch_dashboard: put,
  aws_cloudwatch_log_group: {
    onDuplicate: ["ResourceAlreadyExistsException", "The specified log group already exists", 400],
  },
  aws_dynamodb_table: { onDuplicate: [inUse, "Table already exists: {name}", 400] },
  // Creating a queue again succeeds with equal attributes and fails with different ones.
  aws_sqs_queue: put,
  aws_sqs_queue_policy: put,
  aws_sns_topic: put,
  aws_vpc_ipam_organization_admin_account: put,
  aws_ram_resource_association: put,
  aws_ram_principal_association: put,
  google_container_cluster: { onDuplicate: ["alreadyExists", "Already exists: {id}."] },
  google_container_node_pool: { onDuplicate: ["alreadyExists", "Already exists: {id}."] },
  google_service_account: {
    onDuplicate: [
      "alreadyExists",
      "Service account {account_id} already exists within project projects/{project}.",
    ],
  },
  google_project_iam_member: put,
  google_compute_subnetwork_iam_member: put,
  google_compute_shared_vpc_service_project: put,
  google_project_service: put,
  kubernetes_env: { key: ["id", "field_manager"], onDuplicate: "put" },
  kubernetes_annotations: { key: ["id", "field_manager"], onDuplicate: "put" },
  kubernetes_labels: { key: ["id", "field_manager"], onDuplicate: "put" },
  kubernetes_config_map_v1_data: { key: ["id", "field_manager"], onDuplicate: "put" },
  kubernetes_cluster_role_v1: {
    onDuplicate: ["AlreadyExists", `clusterroles.rbac.authorization.k8s.io "{metadata.name}" ${exists}`],
  },
  kubernetes_cluster_role_binding_v1: {
    onDuplicate: [
      "AlreadyExists",
      `clusterrolebindings.rbac.authorization.k8s.io "{metadata.name}" ${exists}`,
    ],
  },
  kubernetes_daemon_set_v1: { onDuplicate: ["AlreadyExists", `daemonsets.apps "{metadata.name}" ${exists}`] },
  kubernetes_deployment_v1: {
    onDuplicate: ["AlreadyExists", `deployments.apps "{metadata.name}" ${exists}`],
  },
};

/** Identity of a resource within its type, account and Region. */
export const identityOf = (type: string, state: ObjectValue): string =>
  (identities[type]?.key ?? ["id"]).map((member) => String(state[member])).join("|");
