import { type Lookups, type ResourceModels } from "../resource-model";
import { env, object, patch } from "./objects";

/** The modelled Kubernetes types. */
export const kubernetesModels: ResourceModels = {
  kubernetes_annotations: patch,
  kubernetes_cluster_role_binding_v1: object("ClusterRoleBinding"),
  kubernetes_cluster_role_v1: object("ClusterRole"),
  kubernetes_config_map_v1: object("ConfigMap"),
  kubernetes_config_map_v1_data: patch,
  kubernetes_daemon_set_v1: object("DaemonSet"),
  kubernetes_deployment_v1: object("Deployment"),
  kubernetes_env: env,
  kubernetes_labels: patch,
  kubernetes_namespace_v1: object("Namespace"),
  kubernetes_resource_quota_v1: object("ResourceQuota"),
  kubernetes_service_account_v1: object("ServiceAccount"),
};

/** The Kubernetes data sources answered from what stands. */
export const kubernetesLookups: Lookups = {};
