import { isEqual, isList, isObject, type ObjectValue, unknown, type Value } from "../../value/value";
import { firstBlock } from "../../configuration/settings";
import { keepEmptyBlocks } from "./aws-empty-blocks";
import { planAccessList, planSecurityGroup, planSecurityGroupRule } from "./aws-security";
import { isSameNetwork } from "../../configuration/network-text";
import { planTags } from "./aws-tags";
import { planTable } from "./aws-dynamodb";
import { planFunction } from "./aws-lambda";
import { planLaunchTemplate } from "./aws-launch-template";
import {
  changes,
  planPrior,
  markUnknown,
  isSet,
  cancelReplacement,
  type PlanContext,
  type PlanRule,
  refuse,
} from "./plan-rule";

/** Planning rules of hashicorp/aws, for all types and for individual ones. */
export const planAws: PlanRule = (context) => {
  planRegion(context);
  planTags(context);
  keepEmptyBlocks(context);
  byType[context.type]?.(context);
};

/** The resource's own Region, or the provider's. */
function planRegion({ config, plan, settings, prior }: PlanContext): void {
  if (!("region" in plan.planned) || (config["region"] ?? null) !== null || prior) return;
  plan.planned["region"] = settings.region ?? unknown;
}

const operatesInItsRegion: PlanRule = ({ prior, config, plan }) => {
  const region = plan.planned["region"];
  if (prior || typeof region !== "string") return;
  const regions = config["operating_regions"];
  const named = isList(regions) && regions.some((item) => isObject(item) && item["region_name"] === region);
  if (!named) refuse(`\`operating_regions\` must include ${region}`, ["operating_regions"]);
};

const cidrFromPool =
  (length: string): PlanRule =>
  (context) => {
    if (context.prior && isSet(context.config[length])) planPrior(context, "cidr_block");
  };

const planVpc: PlanRule = (context) => {
  cidrFromPool("ipv4_netmask_length")(context);
  const { prior, plan } = context;
  if (!prior) return;
  if (changes(context, "assign_generated_ipv6_cidr_block"))
    markUnknown(context, "ipv6_association_id", "ipv6_cidr_block");
  if (prior["instance_tenancy"] === "dedicated" && plan.planned["instance_tenancy"] === "default")
    cancelReplacement(context, "instance_tenancy");
};

const planPoolCidr: PlanRule = (context) => {
  if (context.prior && isSet(context.plan.planned["netmask_length"]) && changes(context, "cidr"))
    planPrior(context, "cidr");
};

const planSubnet: PlanRule = (context) => {
  const { prior, plan } = context;
  if (!isSet(prior?.["ipv6_cidr_block"]) || plan.planned["assign_ipv6_address_on_creation"] !== true) return;
  const [before, after] = [prior?.["ipv6_cidr_block"], plan.planned["ipv6_cidr_block"]];
  if (plan.replace.length > 0) return;
  if (changes(context, "ipv6_cidr_block") && !isSameNetwork(String(before), String(after)))
    plan.replace.push(["ipv6_cidr_block"]);
};

const planNatGateway: PlanRule = (context) => {
  const { config, plan, prior } = context;
  const allocations = "secondary_allocation_ids";
  // A state of a release that did not compute them.
  if (prior && (prior[allocations] ?? null) === null && (config[allocations] ?? null) === null)
    planPrior(context, allocations);
  const isPrivate = plan.planned["connectivity_type"] === "private";
  for (const name of ["allocation_id", "secondary_allocation_ids"])
    if (isPrivate && isSet(config[name]))
      refuse(`${name} is not supported with connectivity_type = "private"`, [name]);
  const count = "secondary_private_ip_address_count";
  if (!isPrivate && isSet(config[count]))
    refuse(`${count} is not supported with connectivity_type = "public"`, [count]);
  if (!isPrivate || !isSet(config[count])) cancelReplacement(context, count);
  const addresses = "secondary_private_ip_addresses";
  if (!prior) return;
  if (isPrivate && changes(context, addresses)) markUnknown(context, count);
  if (isPrivate || !changes(context, "secondary_allocation_ids")) return;
  markUnknown(context, count);
  // What is configured stays known.
  if ((config[addresses] ?? null) === null) markUnknown(context, addresses);
};

const planCluster: PlanRule = (context) => {
  const { config, prior, plan } = context;
  const compute = firstBlock(config["compute_config"]);
  const balancingOf = (state: ObjectValue) =>
    firstBlock(firstBlock(state["kubernetes_network_config"])?.["elastic_load_balancing"]);
  // What is left out keeps what it has.
  const balancing = balancingOf(config) ?? balancingOf(plan.planned);
  const storage = firstBlock(firstBlock(config["storage_config"])?.["block_storage"]);
  const switches = [compute, balancing, storage].map((block) => block?.["enabled"] ?? false);
  if (!switches.includes(unknown) && new Set(switches).size > 1)
    refuse(
      "compute_config.enabled, kubernetes_network_config.elastic_load_balancing.enabled, and storage_config.block_storage.enabled must all be set to either true or false",
    );
  if (!prior) return;
  const encrypted = (state: ObjectValue) => isSet(state["encryption_config"]);
  if (!encrypted(prior)) cancelReplacement(context, "encryption_config");
  if (encrypted(prior) && !encrypted(plan.planned)) plan.replace.push(["encryption_config"]);
  if (!isSet(firstBlock(prior["compute_config"])?.["node_role_arn"]))
    cancelReplacement(context, "compute_config");
};

const planPodIdentity: PlanRule = (context) => {
  const { prior, plan } = context;
  const differs = Object.keys(plan.planned).some(
    (name) => !isEqual(prior?.[name] ?? null, plan.planned[name] ?? null),
  );
  if (prior && differs) markUnknown(context, "external_id");
};

const planPool: PlanRule = (context) => {
  // A pool reports "byoip" when the configuration does not set the source.
  if (context.prior?.["public_ip_source"] === "byoip" && !isSet(context.config["public_ip_source"]))
    planPrior(context, "public_ip_source");
};

const planAlarm: PlanRule = ({ config }) => {
  const silent = (name: string) => (config[name] ?? null) === null;
  const queries = config["metric_query"];
  if (
    isList(queries) &&
    queries.some((query) => isObject(query) && isSet(query["expression"]) && isSet(query["metric"]))
  )
    refuse("No metric_query may have both `expression` and a `metric` specified");
  if (!silent("metric_name") && silent("statistic") && silent("extended_statistic"))
    refuse("One of `statistic` or `extended_statistic` must be set for a cloudwatch metric alarm");
};

const onlyFifo =
  (noun: string, longest: number, refusals: { readonly [argument: string]: string }): PlanRule =>
  ({ config, plan, prior }) => {
    const isFifo = plan.planned["fifo_topic"] === true || plan.planned["fifo_queue"] === true;
    const name = plan.planned["name"];
    const isName = (text: string) =>
      isFifo
        ? text.endsWith(".fifo") &&
          text.length <= longest &&
          /^[\w-]{1,}$/.test(text.slice(0, -".fifo".length))
        : text.length <= longest && /^[\w-]{1,}$/.test(text);
    if (!prior && typeof name === "string" && !isName(name))
      refuse(`invalid ${noun} name: ${name}`, ["name"]);
    if (isFifo) return;
    for (const [argument, what] of Object.entries(refusals))
      if (isSet(config[argument]) && config[argument] !== false)
        refuse(`${what} can only be set for FIFO ${noun}s`, [argument]);
  };

const planSubscription: PlanRule = ({ config }) => {
  const policy: Value = config["filter_policy"] ?? null;
  if (isSet(config["filter_policy_scope"]) && (policy === null || policy === unknown))
    refuse("filter_policy is required when filter_policy_scope is set", ["filter_policy_scope"]);
};

const byType: { readonly [type: string]: PlanRule } = {
  aws_security_group: planSecurityGroup,
  aws_default_security_group: planSecurityGroup,
  aws_network_acl: planAccessList,
  aws_vpc_security_group_ingress_rule: planSecurityGroupRule,
  aws_vpc_security_group_egress_rule: planSecurityGroupRule,
  aws_vpc_ipam: operatesInItsRegion,
  aws_vpc_ipam_resource_discovery: operatesInItsRegion,
  aws_vpc_ipam_pool: planPool,
  aws_vpc_ipam_pool_cidr: planPoolCidr,
  aws_vpc: planVpc,
  aws_vpc_ipv4_cidr_block_association: cidrFromPool("ipv4_netmask_length"),
  aws_subnet: planSubnet,
  aws_nat_gateway: planNatGateway,
  aws_eks_cluster: planCluster,
  aws_eks_pod_identity_association: planPodIdentity,
  aws_lambda_function: planFunction,
  aws_launch_template: planLaunchTemplate,
  aws_cloudwatch_metric_alarm: planAlarm,
  aws_sqs_queue: onlyFifo("queue", 80, { content_based_deduplication: "content-based deduplication" }),
  aws_sns_topic: onlyFifo("topic", 256, {
    content_based_deduplication: "content-based deduplication",
    archive_policy: "message archive policy",
    fifo_throughput_scope: "FIFO throughput scope",
  }),
  aws_sns_topic_subscription: planSubscription,
  aws_dynamodb_table: planTable,
};
