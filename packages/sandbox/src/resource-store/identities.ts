import { type ObjectValue } from "@cluster-ipam/terraform-provider";

/** How a type's resources are identified, and what happens on a duplicate. */
export interface Identity {
  /** Members that together identify a resource in its account and Region. @default its id */
  readonly key?: readonly string[];
  /** Members that must be unique, for types whose id the service generates. @default the key */
  readonly unique?: readonly string[];
  /** "put": the call updates the existing resource. Otherwise the error: code, message with `{member}`, HTTP status (409). */
  readonly onDuplicate: "put" | readonly [code: string, text: string, status?: number];
}

const put: Identity = { onDuplicate: "put" };
const inUse = "ResourceInUseException";
const exists = "already exists";

const iam = (text: string): Identity => ({ onDuplicate: ["EntityAlreadyExists", text] });

/** By Terraform type. Others are identified by their id, with a generic error. */
export const identities: { readonly [type: string]: Identity } = {
  aws_eks_cluster: { onDuplicate: [inUse, "Cluster already exists with name: {name}"] },
  aws_eks_addon: { onDuplicate: [inUse, "Addon already exists."] },
  aws_eks_node_group: {
    onDuplicate: [
      inUse,
      "NodeGroup already exists with name {node_group_name} and cluster name {cluster_name}",
    ],
  },
  aws_eks_access_entry: {
    onDuplicate: [inUse, "The specified access entry resource is already in use on this cluster."],
  },
  aws_eks_access_policy_association: put,
  aws_eks_pod_identity_association: {
    unique: ["cluster_name", "namespace", "service_account"],
    onDuplicate: [inUse, "Association already exists: {association_id}"],
  },
  aws_iam_role: iam(`Role with name {name} ${exists}.`),
  aws_iam_policy: iam("A policy called {name} already exists. Duplicate names are not allowed."),
  aws_iam_openid_connect_provider: iam(`Provider with url {url} ${exists}.`),
  aws_iam_role_policy: put,
  aws_iam_role_policy_attachment: put,
  aws_launch_template: {
    unique: ["name"],
    onDuplicate: [
      "InvalidLaunchTemplateName.AlreadyExistsException",
      "Launch template name already in use.",
      400,
    ],
  },
  aws_security_group: {
    unique: ["vpc_id", "name"],
    onDuplicate: [
      "InvalidGroup.Duplicate",
      "The security group '{name}' already exists for VPC '{vpc_id}'",
      400,
    ],
  },
  aws_kms_alias: { onDuplicate: ["AlreadyExistsException", `An alias with the name {arn} ${exists}`, 400] },
  aws_lambda_function: {
    onDuplicate: ["ResourceConflictException", "Function already exist: {function_name}"],
  },
  aws_lambda_permission: {
    key: ["function_name", "statement_id"],
    onDuplicate: [
      "ResourceConflictException",
      "The statement id ({statement_id}) provided already exists. Please provide a new statement id, or remove the existing statement.",
    ],
  },
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
