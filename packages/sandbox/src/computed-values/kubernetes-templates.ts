import { type Templates } from "./template";

const uid = "{hex:8}-{hex:4}-4{hex:3}-8{hex:3}-{hex:12}";

const object = (id: string): Templates => ({
  id,
  "metadata.generation": 1,
  "metadata.name": "{metadata.generate_name}{hex:5}",
  "metadata.resource_version": "{digits:6}",
  "metadata.uid": uid,
});

const inNamespace = object("{metadata.namespace}/{metadata.name}");
const clusterWide = object("{metadata.name}");
const patch: Templates = {
  id: "apiVersion={api_version},kind={kind},name={metadata.name},namespace={metadata.namespace}",
};

/** Members of Kubernetes objects that only the cluster knows. */
export const kubernetesTemplates: Readonly<Record<string, Templates>> = {
  kubernetes_annotations: patch,
  kubernetes_env: patch,
  kubernetes_labels: patch,
  kubernetes_cluster_role_binding_v1: clusterWide,
  kubernetes_cluster_role_v1: clusterWide,
  kubernetes_namespace_v1: clusterWide,
  kubernetes_config_map_v1: inNamespace,
  kubernetes_config_map_v1_data: inNamespace,
  kubernetes_daemon_set_v1: inNamespace,
  kubernetes_deployment_v1: inNamespace,
  kubernetes_resource_quota_v1: inNamespace,
  kubernetes_service_account_v1: inNamespace,
};
