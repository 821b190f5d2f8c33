import { type Value } from "../../value/value";
import { at, current, isSameLink } from "./google";
import { type Suppression, type SuppressionContext } from "./suppression";

/** Rules of hashicorp/google about GKE clusters. */
export const googleClusterSuppressions: Readonly<Record<string, Suppression>> = {
  /** What Autopilot chooses itself. */
  autopilot: (_prior, _planned, context) =>
    current(context, "enable_autopilot") === true && !isDnsDomain(context),
  /** Both ways to name the encryption of all objects. */
  "database-encryption": (prior, planned) =>
    [prior, planned].sort().join() === "ALL_OBJECTS_ENCRYPTION_ENABLED,ENCRYPTED",
  "default-dns-scope": (prior, planned) => prior === "" && planned === "DNS_SCOPE_UNSPECIFIED",
  /** A fleet that the cluster joined otherwise, and one without a project. */
  "registered-fleet": (prior, planned, context) =>
    current(context, "fleet.0.pre_registered") === true ||
    (context.key === "fleet.#" &&
      prior === "0" &&
      planned === "1" &&
      isEmpty(current(context, "fleet.0.project"))),
  /** AMD SEV is the kind of confidential nodes without one. */
  "confidential-nodes": (prior, planned, context) =>
    current(context, context.key.replace("confidential_instance_type", "enabled")) === true &&
    prior === "SEV" &&
    planned === "",
  /** A block that goes and was off. */
  "disabled-block": (prior, planned, context) => isDisabledBlock(prior, planned, context),
  /** Google adds the scope that monitoring needs. */
  "added-scopes": (_prior, _planned, context) => isScopeAdded(context),
  /** A private cluster's block with nothing private in it, and what clusters without IP endpoints choose themselves. */
  "private-cluster": (prior, planned, context) => isPublic(prior, planned, context),
};

const isEmpty = (value: Value): boolean => value === null || value === "";

function isDnsDomain(context: SuppressionContext): boolean {
  const domain = "dns_config.0.additive_vpc_scope_dns_domain";
  if (context.key === domain) return true;
  if (context.key !== "dns_config.#") return false;
  return !isEmpty(current(context, domain));
}

function isDisabledBlock(prior: string, planned: string, context: SuppressionContext): boolean {
  if (!context.key.endsWith(".#") || context.key.split(".").length > 2 || prior !== "1" || planned !== "0")
    return false;
  return at(context.prior, context.key.replace("#", "0.enabled")) !== true;
}

function isScopeAdded(context: SuppressionContext): boolean {
  const path = "cluster_autoscaling.0.auto_provisioning_defaults.0.oauth_scopes";
  const before = listOf(at(context.prior, path));
  const after = new Set([
    "https://www.googleapis.com/auth/monitoring.write",
    ...listOf(current(context, path)),
  ]);
  return before.length === after.size && [...after].every((scope) => before.includes(scope));
}

const listOf = (value: Value): readonly Value[] => (Array.isArray(value) ? (value as readonly Value[]) : []);

/** Whether the control plane has a DNS endpoint alone. */
function isByNameOnly(context: SuppressionContext): boolean {
  const endpoints = "control_plane_endpoints_config.0.ip_endpoints_config";
  return current(context, endpoints) !== null && current(context, `${endpoints}.0.enabled`) !== true;
}

function isPublic(prior: string, planned: string, context: SuppressionContext): boolean {
  const block = "private_cluster_config";
  const chosen = [`${block}.0.enable_private_endpoint`, `${block}.0.master_global_access_config.0.enabled`];
  if (chosen.includes(context.key) && isByNameOnly(context)) return true;
  const isOff = (name: string): boolean =>
    at(context.prior, `${block}.0.${name}`) !== true && current(context, `${block}.0.${name}`) !== true;
  const has = (name: string): boolean => !isEmpty(current(context, `${block}.0.${name}`));
  const [endpoint, nodes] = [isOff("enable_private_endpoint"), isOff("enable_private_nodes")];
  const hasSubnet = has("private_endpoint_subnetwork");
  if (context.key === `${block}.0.enable_private_endpoint`) return endpoint && !hasSubnet;
  if (context.key === `${block}.0.enable_private_nodes`) return nodes && !hasSubnet;
  if (context.key === `${block}.#`)
    return endpoint && nodes && !hasSubnet && !has("master_global_access_config");
  if (context.key !== `${block}.0.private_endpoint_subnetwork`) return false;
  return (has("master_ipv4_cidr_block") && planned === "" && prior !== "") || isSameLink(prior, planned);
}
