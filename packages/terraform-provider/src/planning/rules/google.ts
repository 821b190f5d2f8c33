import { isList, isObject, isWhollyKnown, type ObjectValue, unknown, type Value } from "../../value/value";
import { holds, parseNetwork } from "../../configuration/network-text";
import { firstBlock } from "../../configuration/settings";
import { isSet, type PlanContext, type PlanRule, refuse } from "./plan-rule";

/** Planning rules of hashicorp/google, for all types and for individual ones. */
export const planGoogle: PlanRule = (context) => {
  planProject(context);
  planDeletionPolicy(context);
  planLabels(context);
  byType[context.type]?.(context);
};

// Clusters and IAM members leave the project to the API.
const withoutProjectRule = new Set(["google_container_cluster", "google_container_node_pool"]);

function planProject({ type, block, config, plan, settings, prior }: PlanContext): void {
  const project = block.attributes["project"];
  if (!project?.optional || !project.computed || withoutProjectRule.has(type)) return;
  if ((config["project"] ?? null) === null && !prior) plan.planned["project"] = settings.owner ?? unknown;
}

function planDeletionPolicy({ block, config, plan, settings }: PlanContext): void {
  const policy = block.attributes["deletion_policy"];
  if (policy?.computed && (config["deletion_policy"] ?? null) === null)
    plan.planned["deletion_policy"] = settings.deletionPolicy;
}

/** `terraform_labels` merges the provider's and the resource's labels; `effective_labels` adds the server's. */
function planLabels({ block, prior, config, plan, settings }: PlanContext): void {
  if (!block.attributes["terraform_labels"]) return;
  const argument = block.attributes["resource_labels"] ? "resource_labels" : "labels";
  const labels: Value = config[argument] ?? {};
  const defaults = settings.defaultTags;
  if (!isObject(labels) || !isObject(defaults) || !isWhollyKnown(labels) || !isWhollyKnown(defaults)) {
    plan.planned["terraform_labels"] = unknown;
    plan.planned["effective_labels"] = unknown;
    return;
  }
  const before: Value = prior?.["terraform_labels"] ?? {};
  const mark = "goog-terraform-provisioned";
  const marked = settings.attributionLabel && (!prior || (isObject(before) && mark in before));
  const mine = { ...defaults, ...labels, ...(marked ? { [mark]: "true" } : {}) };
  const effective: Value = prior?.["effective_labels"] ?? {};
  const servers = isObject(effective)
    ? Object.fromEntries(Object.entries(effective).filter(([key]) => !isObject(before) || !(key in before)))
    : {};
  plan.planned["terraform_labels"] = mine;
  plan.planned["effective_labels"] = { ...servers, ...mine };
}

const planSubnetwork: PlanRule = (context) => {
  const { prior, config, plan } = context;
  if (!prior) return;
  const [before, after] = [prior["ip_cidr_range"], plan.planned["ip_cidr_range"]].map((range) =>
    typeof range === "string" ? parseNetwork(range) : undefined,
  );
  if (before && after && !holds(after, before)) plan.replace.push(["ip_cidr_range"]);

  const configured = config["secondary_ip_range"];
  if (!isList(configured)) return;
  if (configured.length === 0 && config["send_secondary_ip_range_if_empty"] === true)
    plan.planned["secondary_ip_range"] = [];
  if (configured.length > 0) plan.planned["secondary_ip_range"] = inPriorOrder(plan.planned, prior);
};

/** Secondary ranges are matched by name: those that remain keep their position and range. */
function inPriorOrder(planned: ObjectValue, prior: ObjectValue): readonly Value[] {
  const ranges = (state: ObjectValue) => {
    const value = state["secondary_ip_range"];
    return isList(value) ? value.filter(isObject) : [];
  };
  const wanted = ranges(planned);
  const before = ranges(prior);
  const survivors = before.flatMap((old) => {
    const range = wanted.find((candidate) => candidate["range_name"] === old["range_name"]);
    return range ? [{ ...range, ip_cidr_range: range["ip_cidr_range"] ?? old["ip_cidr_range"] ?? null }] : [];
  });
  return [
    ...survivors,
    ...wanted.filter((range) => !before.some((old) => old["range_name"] === range["range_name"])),
  ];
}

const planCluster: PlanRule = (context) => {
  const { prior, config, plan } = context;
  const release = (version: Value | undefined) =>
    typeof version === "string" ? version.split("-")[0] : undefined;
  const [node, master] = [release(config["node_version"]), release(config["min_master_version"])];
  if (!prior && node && master && node !== master)
    refuse(
      `Resource argument node_version (value: ${node}) must either be unset or set to the same value as min_master_version (value: ${master}) on create.`,
    );
  if (config["skip_node_pool_refresh"] === true && isSet(config["node_pool"]))
    refuse("skip_node_pool_refresh = true cannot stand beside node_pool blocks", ["skip_node_pool_refresh"]);
  if (!prior) return;
  for (const name of ["enable_l4_ilb_subsetting", "enable_fqdn_network_policy"])
    if (prior[name] === true && plan.planned[name] === false) plan.replace.push([name]);
  const apis = (state: ObjectValue): readonly Value[] => {
    const enabled = firstBlock(state["enable_k8s_beta_apis"])?.["enabled_apis"];
    return isList(enabled) ? enabled : [];
  };
  if (apis(prior).some((api) => !apis(plan.planned).includes(api)))
    plan.replace.push(["enable_k8s_beta_apis"]);
  keepRangesOfGivenSize(context);
};

/** A range requested by size only (`/17`) matches the range the cloud allocated. */
function keepRangesOfGivenSize(context: PlanContext): void {
  const { prior, plan } = context;
  const [before, after] = [
    firstBlock(prior?.["ip_allocation_policy"]),
    firstBlock(plan.planned["ip_allocation_policy"]),
  ];
  if (!before || !after) return;
  for (const name of ["cluster_ipv4_cidr_block", "services_ipv4_cidr_block"]) {
    const [old, wanted] = [before[name], after[name]];
    if (
      typeof old !== "string" ||
      typeof wanted !== "string" ||
      !wanted.startsWith("/") ||
      !old.endsWith(wanted)
    )
      continue;
    after[name] = old;
    const others = plan.replace.filter((path) => path[0] !== "ip_allocation_policy" || path[2] !== name);
    plan.replace.splice(0, plan.replace.length, ...others);
  }
}

const planFirewall: PlanRule = ({ config, plan }) => {
  const sources = ["source_tags", "source_ranges", "source_service_accounts"];
  if (plan.planned["direction"] === "EGRESS") return;
  if (sources.every((name) => config[name] !== unknown && !isSet(config[name])))
    refuse("one of source_tags, source_ranges, or source_service_accounts must be defined");
};

const planRouter: PlanRule = ({ plan }) => {
  const bgp = firstBlock(plan.planned["bgp"]);
  if (!bgp || bgp["advertise_mode"] !== "DEFAULT") return;
  if (isSet(bgp["advertised_groups"]) || isSet(bgp["advertised_ip_ranges"]))
    refuse(
      "Error in bgp: advertised_groups and advertised_ip_ranges cannot be specified when using advertise_mode DEFAULT",
      ["bgp"],
    );
};

const planServiceAccount: PlanRule = ({ config, plan, prior }) => {
  const { account_id: account, project } = plan.planned;
  if (prior || typeof account !== "string" || typeof project !== "string" || config["account_id"] === unknown)
    return;
  plan.planned["email"] = `${account}@${project}.iam.gserviceaccount.com`;
  plan.planned["member"] = `serviceAccount:${account}@${project}.iam.gserviceaccount.com`;
};

const planChannel: PlanRule = ({ config }) => {
  const labels = config["labels"];
  const sensitive = firstBlock(config["sensitive_labels"]);
  const twice = Object.keys(sensitive ?? {}).find(
    (key) => isSet(sensitive?.[key]) && isObject(labels) && key in labels,
  );
  if (twice) refuse(`label "${twice}" is set in both labels and sensitive_labels`, ["labels"]);
};

const byType: { readonly [type: string]: PlanRule } = {
  google_compute_subnetwork: planSubnetwork,
  google_container_cluster: planCluster,
  google_compute_firewall: planFirewall,
  google_compute_router: planRouter,
  google_service_account: planServiceAccount,
  google_monitoring_notification_channel: planChannel,
};
