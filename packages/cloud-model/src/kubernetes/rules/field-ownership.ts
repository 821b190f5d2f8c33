import { ServiceError } from "../../service-error";

/** Variables of `aws-node` that EKS sets and so owns (the chart of amazon-vpc-cni-k8s). */
const eksOwned = new Set(
  `ADDITIONAL_ENI_TAGS ANNOTATE_POD_IP AWS_VPC_CNI_NODE_PORT_SUPPORT AWS_VPC_ENI_MTU
   AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG AWS_VPC_K8S_CNI_EXTERNALSNAT AWS_VPC_K8S_CNI_LOGLEVEL
   AWS_VPC_K8S_CNI_LOG_FILE AWS_VPC_K8S_CNI_RANDOMIZESNAT AWS_VPC_K8S_CNI_VETHPREFIX
   AWS_VPC_K8S_PLUGIN_LOG_FILE AWS_VPC_K8S_PLUGIN_LOG_LEVEL CLUSTER_ENDPOINT CLUSTER_NAME
   DISABLE_INTROSPECTION DISABLE_METRICS DISABLE_NETWORK_RESOURCE_PROVISIONING ENABLE_IMDS_ONLY_MODE ENABLE_IPv4
   ENABLE_IPv6 ENABLE_MULTI_NIC ENABLE_POD_ENI ENABLE_PREFIX_DELEGATION ENABLE_SUBNET_DISCOVERY
   NETWORK_POLICY_ENFORCING_MODE VPC_CNI_VERSION VPC_ID WARM_ENI_TARGET WARM_PREFIX_TARGET`
    .trim()
    .split(/\s+/),
);

/**
 * Checks that no other field manager owns the environment variables that an apply sets in a container.
 *
 * @throws ServiceError Conflict
 */
export function checkFieldOwnership(container: string, variables: readonly string[]): void {
  const owned = container === "aws-node" ? variables.filter((name) => eksOwned.has(name)) : [];
  if (owned.length === 0) return;
  const fields = owned.map(
    (name) => `.spec.template.spec.containers[name="${container}"].env[name="${name}"].value`,
  );
  const conflicts = owned.length > 1 ? "conflicts" : "conflict";
  throw new ServiceError(
    "Conflict",
    `Apply failed with ${owned.length} ${conflicts}: ${conflicts} with "eks": ${fields.join(", ")}`,
    409,
  );
}
