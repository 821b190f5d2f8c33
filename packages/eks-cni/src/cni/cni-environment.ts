import { ValidationError, warn } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";

/** Variables of the `aws-node` container that the address plan or another option decides, and that option. */
const DECIDED = {
  AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "cni.customNetworking",
  AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS: "the address plan (spaces and reserved)",
  ENABLE_PREFIX_DELEGATION: "cni.prefixDelegation",
  ENABLE_SUBNET_DISCOVERY: "cni.customNetworking",
  ENI_CONFIG_ANNOTATION_DEF: "cni.customNetworking",
  ENI_CONFIG_LABEL_DEF: "cni.customNetworking",
  MINIMUM_IP_TARGET: "cni.prefixDelegation.minimumIpTarget",
  WARM_IP_TARGET: "cni.prefixDelegation.warmIpTarget",
  WARM_PREFIX_TARGET: "cni.prefixDelegation.warmPrefixTarget",
} as const;

/** The others that the VPC CNI documents (aws/amazon-vpc-cni-k8s, "CNI Configuration Variables", release 1.23). */
const DOCUMENTED = [
  "ADDITIONAL_ENI_TAGS",
  "ANNOTATE_POD_IP",
  "AWS_EC2_ENDPOINT",
  "AWS_EXTERNAL_SERVICE_CIDRS",
  "AWS_MANAGE_ENIS_NON_SCHEDULABLE",
  "AWS_VPC_CNI_NODE_PORT_SUPPORT",
  "AWS_VPC_ENI_MTU",
  "AWS_VPC_K8S_CNI_CONFIGURE_RPFILTER",
  "AWS_VPC_K8S_CNI_EXTERNALSNAT",
  "AWS_VPC_K8S_CNI_LOGLEVEL",
  "AWS_VPC_K8S_CNI_LOG_FILE",
  "AWS_VPC_K8S_CNI_RANDOMIZESNAT",
  "AWS_VPC_K8S_CNI_VETHPREFIX",
  "AWS_VPC_K8S_PLUGIN_LOG_FILE",
  "AWS_VPC_K8S_PLUGIN_LOG_LEVEL",
  "CLUSTER_ENDPOINT",
  "CLUSTER_NAME",
  "DISABLE_INTROSPECTION",
  "DISABLE_LEAKED_ENI_CLEANUP",
  "DISABLE_METRICS",
  "DISABLE_NETWORK_RESOURCE_PROVISIONING",
  "DISABLE_POD_V6",
  "DISABLE_TCP_EARLY_DEMUX",
  "ENABLE_BANDWIDTH_PLUGIN",
  "ENABLE_IMDS_ONLY_MODE",
  "ENABLE_MULTI_NIC",
  "ENABLE_NFTABLES",
  "ENABLE_POD_ENI",
  "ENABLE_V4_EGRESS",
  "ENABLE_V6_EGRESS",
  "HOST_CNI_BIN_PATH",
  "HOST_CNI_CONFDIR_PATH",
  "INTROSPECTION_BIND_ADDRESS",
  "IP_COOLDOWN_PERIOD",
  "MAX_ENI",
  "NETWORK_POLICY_ENFORCING_MODE",
  "POD_MTU",
  "POD_SECURITY_GROUP_ENFORCING_MODE",
  "WARM_ENI_TARGET",
] as const;

/**
 * Variables of the `aws-node` container, for what has no option of its own. Those that the CNI documents are typed; an
 * unknown name is passed on with a warning, because a later release may have it. What the address plan or another option
 * decides is refused.
 *
 * `MAX_ENI` and `ENABLE_POD_ENI` lower the pods of a node: the first is the most interfaces that it uses, and the second
 * takes one of them for the branch interfaces of pods with security groups.
 */
export type CniVariables = Readonly<Partial<Record<(typeof DOCUMENTED)[number], string>>> &
  Readonly<Record<string, string | undefined>>;

/** @throws ValidationError for a variable that the plan or an option decides, and for a value that the CNI ignores */
export function checkVariables(where: Construct, variables: CniVariables): void {
  const names = Object.keys(variables);
  const decided = names.find((name) => Object.hasOwn(DECIDED, name)) as keyof typeof DECIDED | undefined;
  if (decided !== undefined)
    throw new ValidationError(
      where,
      `cni.environment.${decided} is not yours to set: ${DECIDED[decided]} decides it; change that instead`,
    );
  const { MAX_ENI: most } = variables;
  if (most !== undefined && !(Number(most) >= 1 && Number.isInteger(Number(most))))
    throw new ValidationError(
      where,
      `cni.environment.MAX_ENI is ${JSON.stringify(most)}; use a whole number of at least 1`,
    );
  const mode = variables.POD_SECURITY_GROUP_ENFORCING_MODE;
  if (mode !== undefined && mode !== "standard" && mode !== "strict")
    throw new ValidationError(
      where,
      `cni.environment.POD_SECURITY_GROUP_ENFORCING_MODE is ${JSON.stringify(mode)}; use "standard" or "strict"`,
    );
  const unknown = names.filter((name) => !(DOCUMENTED as readonly string[]).includes(name));
  if (unknown.length > 0)
    warn(
      where,
      `the VPC CNI documents no variable ${unknown.join(", ")}; check the spelling in cni.environment`,
    );
}

/** Whether pods may have security groups, and so branch interfaces. */
export const hasBranchInterfaces = ({ ENABLE_POD_ENI }: CniVariables): boolean => ENABLE_POD_ENI === "true";

/**
 * The interfaces of a node that the CNI uses for pods' addresses.
 *
 * @param enis interfaces of the instance type
 */
export function usedInterfaces(enis: number, variables: CniVariables): number {
  const most = variables.MAX_ENI === undefined ? enis : Math.min(enis, Number(variables.MAX_ENI));
  // The trunk interface takes a place (EKS user guide: "Assign security groups to individual Pods").
  return hasBranchInterfaces(variables) ? Math.max(1, most - 1) : most;
}
