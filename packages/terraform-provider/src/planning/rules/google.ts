import { isList, isObject, type ObjectValue, type Value } from "../../value/value";
import { holds, parseNetwork } from "../../configuration/network-text";
import { firstBlock } from "../../configuration/settings";
import { planCluster, planNodePool } from "./google-cluster";
import { isSet, type PlanRule, refuse } from "./plan-rule";

/** Planning rules of hashicorp/google. */
export const planGoogle: PlanRule = (context) => byType[context.type]?.(context);

const planSubnetwork: PlanRule = ({ prior, config, plan }) => {
  if (!prior) return;
  const [before, after] = [prior["ip_cidr_range"], plan.planned["ip_cidr_range"]].map((range) =>
    typeof range === "string" ? parseNetwork(range) : undefined,
  );
  if (before && after && !holds(after, before)) plan.replace.push(["ip_cidr_range"]);
  const configured = config["secondary_ip_range"];
  if (
    isList(configured) &&
    configured.length === 0 &&
    isSet(prior["secondary_ip_range"]) &&
    plan.planned["send_secondary_ip_range_if_empty"] === true
  )
    plan.planned["secondary_ip_range"] = [];
};

const planFirewall: PlanRule = ({ config, plan, prior }) => {
  const own = (name: string): Value => config[name] ?? prior?.[name] ?? null;
  if (own("enable_logging") === false && isSet(plan.planned["log_config"]))
    refuse("log_config cannot be defined when enable_logging is false");
  const sources = ["source_tags", "source_ranges", "source_service_accounts"];
  if (plan.planned["direction"] !== "EGRESS" && sources.every((name) => own(name) === null))
    refuse("one of source_tags, source_ranges, or source_service_accounts must be defined");
};

/** Addresses are drained when they leave `nat_ips`. */
const planNat: PlanRule = ({ plan, prior }) => {
  const names = (state: ObjectValue | null, member: string): readonly string[] => {
    const links = state?.[member];
    return (isList(links) ? links : []).flatMap((link) =>
      typeof link === "string" ? [link.split("/").at(-1)!] : [],
    );
  };
  const drained = names(prior, "drain_nat_ips");
  const added = names(plan.planned, "drain_nat_ips").filter((name) => !drained.includes(name));
  if (added.length === 0) return;
  if (!prior) refuse(`New RouterNat cannot have drain_nat_ips, got values [${added.join(" ")}]`);
  const [before, after] = [names(prior, "nat_ips"), names(plan.planned, "nat_ips")];
  for (const name of added) {
    if (!before.includes(name))
      refuse(`drain_nat_ip "${name}" was not previously set in nat_ips [${before.join(" ")}]`);
    if (after.includes(name))
      refuse(`drain_nat_ip "${name}" cannot be drained if still set in nat_ips [${after.join(" ")}]`);
  }
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
  google_container_node_pool: planNodePool,
  google_compute_firewall: planFirewall,
  google_compute_router: planRouter,
  google_compute_router_nat: planNat,
  google_monitoring_notification_channel: planChannel,
};
