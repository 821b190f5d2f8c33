import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { ServiceError } from "@cluster-ipam/cloud-model";
import { ConfigReader } from "../config-reader";
import { keptOf } from "../../resource-store/resource-store";
import { type ResourceContext, type ResourceModel } from "../resource-model";
import { answers, apiServer } from "./api-server";

const namespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];

/** Terraform types by the kind of object they make. */
const typesOf: { readonly [kind: string]: readonly string[] } = {
  ConfigMap: ["kubernetes_config_map_v1", "kubernetes_config_map"],
  DaemonSet: ["kubernetes_daemon_set_v1", "kubernetes_daemonset"],
  Deployment: ["kubernetes_deployment_v1", "kubernetes_deployment"],
  Namespace: ["kubernetes_namespace_v1", "kubernetes_namespace"],
  ServiceAccount: ["kubernetes_service_account_v1", "kubernetes_service_account"],
};

/** An object's name, with its namespace where it has one. */
const nameOf = (state: ObjectValue): string => {
  const metadata = new ConfigReader(state).block("metadata");
  const namespace = metadata.text("namespace");
  return namespace === "" ? metadata.text("name") : `${namespace}/${metadata.text("name")}`;
};

/** Whether Terraform made an object in the cluster. */
const isMade = ({ transaction, caller }: ResourceContext, kind: string, name: string): boolean =>
  (typesOf[kind] ?? []).some((type) =>
    keptOf(transaction, type).some(
      ({ owner, state }) => owner === caller.owner && nameOf(state as ObjectValue) === name,
    ),
  );

/** @throws ServiceError when a namespace does not exist */
function checkNamespace(context: ResourceContext, name: string): void {
  if (name === "" || namespaces.includes(name) || isMade(context, "Namespace", name)) return;
  throw new ServiceError("NotFound", `namespaces "${name}" not found`, 404);
}

const gone = (context: ResourceContext): ObjectValue | null => (answers(context) ? {} : null);

/** An object in a cluster, in a namespace that must be there where it has one. */
export const object = (kind: string): ResourceModel => ({
  create(context, planned) {
    const server = apiServer(context);
    checkNamespace(context, new ConfigReader(planned).block("metadata").text("namespace"));
    const name = nameOf(planned);
    if (server.builtIn.has(`${kind} ${name}`))
      throw new ServiceError(
        "AlreadyExists",
        `${plurals[kind] ?? `${kind.toLowerCase()}s`} "${name.slice(name.indexOf("/") + 1)}" already exists`,
        409,
      );
    return {};
  },
  update(context) {
    apiServer(context);
    return {};
  },
  delete: (context) => void apiServer(context),
  read: gone,
});

const plurals: { readonly [kind: string]: string } = {
  DaemonSet: "daemonsets.apps",
  Deployment: "deployments.apps",
};

/** Members that Terraform sets in an object which something else made. */
export const patch: ResourceModel = {
  create: checkPatch,
  update: (context, _prior, planned) => checkPatch(context, planned),
  read: gone,
};

/** @throws ServiceError when the object is not there, or has no container of that name */
function checkPatch(context: ResourceContext, planned: ObjectValue): ObjectValue {
  const server = apiServer(context);
  const asked = new ConfigReader(planned);
  const metadata = asked.block("metadata");
  const [kind, name] = [asked.text("kind") || "ConfigMap", metadata.text("name")];
  const full = namespaced(kind) ? `${metadata.text("namespace") || "default"}/${name}` : name;
  const containers = server.builtIn.get(`${kind} ${full}`);
  const isNamespace = kind === "Namespace" && namespaces.includes(name);
  if (!containers && !isNamespace && !isMade(context, kind, full))
    throw new ServiceError("NotFound", `The resource "${name}" does not exist`, 404);
  checkContainer(asked, kind, name, containers);
  return {};
}

const namespaced = (kind: string): boolean => !["Namespace", "Node", "ClusterRole"].includes(kind);

/** A container that is not there would be made by the patch, and has no image. */
function checkContainer(
  asked: ConfigReader,
  kind: string,
  name: string,
  containers: readonly string[] = [],
): void {
  const container = asked.text("container") || asked.text("init_container");
  if (container === "" || containers.length === 0 || containers.includes(container)) return;
  throw new ServiceError(
    "Invalid",
    `${kind}.apps "${name}" is invalid: spec.template.spec.containers[${containers.length}].image: Required value`,
    422,
  );
}

// What EKS sets in the DaemonSet it installs, and so owns (the chart of amazon-vpc-cni-k8s).
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

/** Environment of a container that something else made. */
export const env: ResourceModel = {
  create: checkEnv,
  update: (context, _prior, planned) => checkEnv(context, planned),
  read: gone,
};

/** @throws ServiceError when EKS owns what is set and nobody forces it */
function checkEnv(context: ResourceContext, planned: ObjectValue): ObjectValue {
  checkPatch(context, planned);
  const asked = new ConfigReader(planned);
  const container = asked.text("container");
  if (asked.flag("force") || container !== "aws-node") return {};
  const owned = asked
    .blocks("env")
    .map((item) => item.text("name"))
    .filter((name) => eksOwned.has(name));
  if (owned.length === 0) return {};
  const fields = owned.map(
    (name) => `.spec.template.spec.containers[name="${container}"].env[name="${name}"].value`,
  );
  throw new ServiceError(
    "Conflict",
    `Field manager conflict: another client is managing a field Terraform tried to update, set "force" to true to override: Apply failed with ${owned.length} conflict${owned.length > 1 ? "s" : ""}: conflict${owned.length > 1 ? "s" : ""} with "eks": ${fields.join(", ")}`,
    409,
  );
}
