import { firstBlock } from "../../configuration/settings";
import { type Path } from "../../value/diagnostic";
import { isEqual, isList, isObject, type ObjectValue, type Value } from "../../value/value";
import { isSet, type PlanContext, type PlanRule, refuse } from "./plan-rule";

/** Rules of GKE clusters. */
export const planCluster: PlanRule = (context) => {
  planAccelerators(context);
  checkVersions(context);
  checkSurge(context);
  if (context.config["skip_node_pool_refresh"] === true && isSet(context.config["node_pool"]))
    refuse("skip_node_pool_refresh cannot be true when inline node_pool blocks are defined", [
      "skip_node_pool_refresh",
    ]);
  if (!context.prior) return;
  planReplacement(context, context.prior);
  planInlineNetworks(context, context.prior);
};

/** Rules of GKE node pools. */
export const planNodePool: PlanRule = (context) => {
  planAccelerators(context);
  const { prior, plan, config } = context;
  if (prior) planNodeNetworks(context, { prior, planned: plan.planned, config, path: [] });
};

function checkVersions({ prior, config }: PlanContext): void {
  if (prior) return;
  const { node_version: node, min_master_version: master } = config;
  if (!isSet(node)) return;
  if (config["remove_default_node_pool"] === true)
    refuse("node_version can only be specified if remove_default_node_pool is not true", ["node_version"]);
  const release = (version: Value) => String(version).split("-")[0];
  if (isSet(master) && release(node!) !== release(master!))
    refuse(
      `Resource argument node_version (value: ${String(node)}) must either be unset or set to the same value as min_master_version (value: ${String(master)}) on create.`,
      ["node_version"],
    );
}

function checkSurge({ plan }: PlanContext): void {
  const defaults = firstBlock(
    firstBlock(plan.planned["cluster_autoscaling"])?.["auto_provisioning_defaults"],
  );
  const upgrade = firstBlock(defaults?.["upgrade_settings"]);
  if (!upgrade || !isSet(upgrade["strategy"]) || upgrade["strategy"] === "SURGE") return;
  if ([upgrade["max_surge"], upgrade["max_unavailable"]].some((count) => isSet(count) && count !== 0))
    refuse("Surge upgrade settings max_surge/max_unavailable can only be used when strategy is set to SURGE");
}

function planReplacement({ plan }: PlanContext, prior: ObjectValue): void {
  for (const name of ["enable_l4_ilb_subsetting", "enable_fqdn_network_policy"])
    if (prior[name] === true && plan.planned[name] === false) plan.replace.push([name]);
  const apis = (state: ObjectValue): readonly Value[] => {
    const enabled = firstBlock(state["enable_k8s_beta_apis"])?.["enabled_apis"];
    return isList(enabled) ? enabled : [];
  };
  if (apis(prior).some((api) => !apis(plan.planned).includes(api)))
    plan.replace.push(["enable_k8s_beta_apis", 0, "enabled_apis"]);
  const domain = (state: ObjectValue): Value =>
    firstBlock(state["dns_config"])?.["additive_vpc_scope_dns_domain"] ?? "";
  if (plan.planned["enable_autopilot"] === true && domain(prior) !== domain(plan.planned))
    plan.replace.push(["dns_config", 0, "additive_vpc_scope_dns_domain"]);
}

/** No accelerators of a kind are as if the kind was not there. */
function planAccelerators({ prior, plan }: PlanContext): void {
  const node = firstBlock(plan.planned["node_config"]);
  const [before, wanted] = [firstBlock(prior?.["node_config"]), node].map((config) => {
    const kinds = config?.["guest_accelerator"];
    return isList(kinds) ? kinds.filter(isObject) : [];
  });
  if (!node || wanted!.length === 0 || wanted!.length === before!.length) return;
  const some = wanted!.filter(({ count }) => count !== 0 && count !== null);
  if (some.length === wanted!.length || some.length !== before!.length) return;
  const isSame = some.every((kind, index) => isSameKind(kind, before![index]!));
  if (!isSame) return;
  node["guest_accelerator"] = before!;
  dropReplacement(plan.replace, ["node_config", 0, "guest_accelerator"]);
}

function isSameKind(a: ObjectValue, b: ObjectValue): boolean {
  const names = Object.keys(a).filter((name) => name !== "gpu_driver_installation_config");
  return names.every((name) => isEqual(a[name] || null, b[name] || null));
}

function dropReplacement(replace: Path[], prefix: Path): void {
  const kept = replace.filter((path) => !prefix.every((step, index) => path[index] === step));
  replace.splice(0, replace.length, ...kept);
}

/** Networks of accelerators come from their profile: those of a pool without one, or with another, go. */
function planNodeNetworks(
  { plan }: PlanContext,
  { prior, planned, config, path }: Record<"prior" | "planned" | "config", ObjectValue> & { path: Path },
): void {
  const network = firstBlock(planned["network_config"]);
  if (!network || !isSet(network["additional_node_network_configs"])) return;
  if (isSet(firstBlock(config["network_config"])?.["additional_node_network_configs"])) return;
  const profile = (state: ObjectValue): Value =>
    firstBlock(state["network_config"])?.["accelerator_network_profile"] ?? "";
  const active = profile(planned);
  if (active !== "" && active === profile(prior)) return;
  network["additional_node_network_configs"] = [];
  plan.replace.push([...path, "network_config", 0, "additional_node_network_configs"]);
}

/** The pools in a cluster's own configuration. */
function planInlineNetworks(context: PlanContext, prior: ObjectValue): void {
  const pools = (state: ObjectValue): readonly ObjectValue[] => {
    const blocks = state["node_pool"];
    return isList(blocks) ? (blocks.filter(isObject) as readonly ObjectValue[]) : [];
  };
  pools(context.plan.planned).forEach((planned, index) => {
    const config = pools(context.config).find(
      (pool) => isSet(pool["name"]) && pool["name"] === planned["name"],
    );
    const before = pools(prior)[index];
    if (config && before)
      planNodeNetworks(context, { prior: before, planned, config, path: ["node_pool", index] });
  });
}
