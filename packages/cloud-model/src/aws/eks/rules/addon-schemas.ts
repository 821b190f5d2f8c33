// What `DescribeAddonConfiguration` returns for the add-ons that this project installs (vpc-cni v1.23), as far as it is
// published: names and types. Formats, which EKS does not enforce, are left out.

const text = { type: "string" };
const flag = { type: "boolean" };
const count = { type: "integer" };
const any = {};

const closed = (properties: object, required: readonly string[] = []) => ({
  type: "object",
  additionalProperties: false,
  properties,
  required,
});

const texts = (names: string) =>
  Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, text]),
  );

const pods = {
  affinity: { type: ["object", "null"] },
  nodeSelector: { type: "object" },
  podAnnotations: { type: "object" },
  podLabels: { type: "object" },
  resources: closed({ limits: any, requests: any, claims: any }),
  tolerations: { type: "array" },
};

const eniConfig = closed(
  {
    create: flag,
    region: text,
    subnets: {
      type: "object",
      minProperties: 1,
      additionalProperties: closed({ id: text, securityGroups: { type: "array", items: text } }, ["id"]),
    },
  },
  ["create", "region", "subnets"],
);

const vpcCni = closed({
  ...pods,
  ...texts(`
    branchENICooldown enableNetworkPolicy enableWindowsIpam enableWindowsPrefixDelegation
    minimumWindowsIPTarget warmWindowsIPTarget warmWindowsPrefixTarget
  `),
  eniConfig,
  env: closed(
    texts(`
      ADDITIONAL_ENI_TAGS ANNOTATE_POD_IP AWS_EC2_ENDPOINT AWS_EXTERNAL_SERVICE_CIDRS
      AWS_MANAGE_ENIS_NON_SCHEDULABLE AWS_VPC_CNI_NODE_PORT_SUPPORT AWS_VPC_ENI_MTU
      AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS AWS_VPC_K8S_CNI_EXTERNALSNAT
      AWS_VPC_K8S_CNI_LOGLEVEL AWS_VPC_K8S_CNI_LOG_FILE AWS_VPC_K8S_CNI_RANDOMIZESNAT
      AWS_VPC_K8S_CNI_VETHPREFIX AWS_VPC_K8S_PLUGIN_LOG_FILE AWS_VPC_K8S_PLUGIN_LOG_LEVEL CLUSTER_ENDPOINT
      DISABLE_INTROSPECTION DISABLE_LEAKED_ENI_CLEANUP DISABLE_METRICS DISABLE_NETWORK_RESOURCE_PROVISIONING
      DISABLE_POD_V6 ENABLE_BANDWIDTH_PLUGIN ENABLE_IMDS_ONLY_MODE ENABLE_MULTI_NIC ENABLE_POD_ENI
      ENABLE_PREFIX_DELEGATION ENABLE_SUBNET_DISCOVERY ENI_CONFIG_ANNOTATION_DEF ENI_CONFIG_LABEL_DEF
      INTROSPECTION_BIND_ADDRESS IP_COOLDOWN_PERIOD MAX_ENI MINIMUM_IP_TARGET NETWORK_POLICY_ENFORCING_MODE
      POD_MTU POD_SECURITY_GROUP_ENFORCING_MODE WARM_ENI_TARGET WARM_IP_TARGET WARM_PREFIX_TARGET
    `),
  ),
  init: closed({ env: closed(texts("DISABLE_TCP_EARLY_DEMUX ENABLE_V6_EGRESS")) }),
  livenessProbeTimeoutSeconds: count,
  readinessProbeTimeoutSeconds: count,
  nodeAgent: closed({
    ...texts("enableCloudWatchLogs enablePolicyEventLogs enableIpv6 conntrackCacheCleanupPeriod"),
    ...texts("healthProbeBindAddr metricsBindAddr networkPolicyAgentLogFileLocation"),
    resources: pods.resources,
  }),
});

const coreDns = closed({
  ...pods,
  autoScaling: closed({ enabled: flag, minReplicas: count, maxReplicas: count }),
  computeType: text,
  corefile: text,
  podDisruptionBudget: any,
  replicaCount: count,
  topologySpreadConstraints: { type: "array" },
});

const kubeProxy = closed({
  ...pods,
  ipvs: closed({ scheduler: text }),
  mode: { enum: ["iptables", "ipvs", "nftables"] },
});

const podIdentityAgent = closed({ ...pods, agent: any, priorityClassName: text, updateStrategy: any });

/** JSON schemas of the configuration of add-ons; others are not checked. */
export const addonSchemas: { readonly [addon: string]: object } = {
  "vpc-cni": vpcCni,
  coredns: coreDns,
  "kube-proxy": kubeProxy,
  "eks-pod-identity-agent": podIdentityAgent,
};
