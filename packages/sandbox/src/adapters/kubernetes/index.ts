import { type Lookups, type ResourceModels } from "../resource-model";
import { object } from "./object";
import { env, patch } from "./patch";

/** The modeled Kubernetes types. */
export const kubernetesModels: ResourceModels = {
  kubernetes_annotations: patch,
  kubernetes_cluster_role_binding_v1: object("ClusterRoleBinding"),
  kubernetes_cluster_role_v1: object("ClusterRole"),
  kubernetes_config_map: object("ConfigMap"),
  kubernetes_config_map_v1: object("ConfigMap"),
  kubernetes_config_map_v1_data: patch,
  kubernetes_daemon_set_v1: object("DaemonSet"),
  kubernetes_daemonset: object("DaemonSet"),
  kubernetes_deployment: object("Deployment"),
  kubernetes_deployment_v1: object("Deployment"),
  kubernetes_env: env,
  kubernetes_labels: patch,
  kubernetes_namespace: object("Namespace"),
  kubernetes_namespace_v1: object("Namespace"),
  kubernetes_resource_quota_v1: object("ResourceQuota"),
  kubernetes_service_account: object("ServiceAccount"),
  kubernetes_service_account_v1: object("ServiceAccount"),
};

/** The Kubernetes data sources that are answered from the model. */
export const kubernetesLookups: Lookups = {};
