import { changes, type PlanRule, refuse } from "./plan-rule";

const kinds = [
  "CronJob",
  "Deployment",
  "Pod",
  "DaemonSet",
  "ReplicationController",
  "StatefulSet",
  "ReplicaSet",
];

/** Planning rules of hashicorp/kubernetes. */
export const planKubernetes: PlanRule = (context) => byType[context.type]?.(context);

const planEnv: PlanRule = ({ config }) => {
  const kind = config["kind"];
  if (typeof kind === "string" && !kinds.some((known) => known.toLowerCase() === kind.toLowerCase()))
    refuse(`kind ${kind} has no containers: use one of ${kinds.join(", ")}`, ["kind"]);
};

const planConfigMap: PlanRule = (context) => {
  if (context.prior?.["immutable"] !== true) return;
  for (const name of ["data", "binary_data", "immutable"])
    if (changes(context, name)) context.plan.replace.push([name]);
};

const byType: { readonly [type: string]: PlanRule } = {
  kubernetes_env: planEnv,
  kubernetes_config_map_v1: planConfigMap,
};
