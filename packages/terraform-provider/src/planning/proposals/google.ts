import { isList, isObject, isWhollyKnown, type ObjectValue, unknown, type Value } from "../../value/value";
import { isSet, refuse } from "../rules/plan-rule";
import { proposeRanges } from "./google-ranges";
import { NOTHING, type Proposal } from "./proposal";

/** What hashicorp/google proposes, for all types and for individual ones. */
export const proposeGoogle: Proposal = (context) => {
  let proposed = context.proposed;
  for (const propose of [proposeProject, proposePolicy, proposeLabels, byType[context.type]])
    if (propose) proposed = { ...proposed, ...propose({ ...context, proposed }) };
  return proposed;
};

// Clusters and IAM members leave the project to the API.
const withoutProject = /^google_container_cluster$|_iam_member$/;

const proposeProject: Proposal = ({ type, block, proposed, settings }) => {
  const project = block.attributes["project"];
  if (!project?.optional || !project.computed || withoutProject.test(type)) return NOTHING;
  const own = proposed["project"] ?? "";
  if (own !== "") return NOTHING;
  if (settings.owner === null || settings.owner === "")
    refuse("Failed to retrieve project, pid: , err: project: required field is not set", ["project"]);
  return { project: settings.owner };
};

const proposePolicy: Proposal = ({ block, config, settings }) => {
  if (!block.attributes["deletion_policy"]?.computed) return NOTHING;
  const own = config["deletion_policy"] ?? null;
  // The provider takes an empty policy for one that it does not know.
  return { deletion_policy: own === null ? settings.deletionPolicy : own === "" ? unknown : own };
};

const mark = "goog-terraform-provisioned";

/** `terraform_labels` merges the provider's and the resource's labels; `effective_labels` adds the server's. */
const proposeLabels: Proposal = ({ block, prior, config, settings }) => {
  if (!block.attributes["terraform_labels"]) return NOTHING;
  const labels: Value = config[block.attributes["resource_labels"] ? "resource_labels" : "labels"] ?? {};
  const defaults = settings.defaultTags;
  if (!isObject(labels) || !isObject(defaults) || !isWhollyKnown(labels) || !isWhollyKnown(defaults))
    return { terraform_labels: unknown, effective_labels: unknown };
  const [before, effective] = [mapOf(prior?.["terraform_labels"]), mapOf(prior?.["effective_labels"])];
  const marked = settings.attributionLabel && (settings.marksAll || !prior || mark in effective);
  const mine = { ...defaults, ...(marked ? { [mark]: "true" } : {}), ...labels };
  const others = Object.entries(effective).filter(([key]) => key in mine || !(key in before));
  return { terraform_labels: mine, effective_labels: { ...Object.fromEntries(others), ...mine } };
};

const mapOf = (value: Value | undefined): { readonly [key: string]: Value } => (isObject(value) ? value : {});

const proposeAccount: Proposal = ({ prior, proposed }) => {
  const { account_id: account, project } = proposed;
  if (typeof account !== "string" || typeof project !== "string") return NOTHING;
  if (account === "" || project === "" || (prior && prior["account_id"] === account)) return NOTHING;
  const email = `${account}@${project}.iam.gserviceaccount.com`;
  return { email, member: `serviceAccount:${email}` };
};

const proposeCluster: Proposal = ({ prior, proposed, config }) => ({
  ...(proposed["enable_autopilot"] === true && prior?.["enable_autopilot"] !== true
    ? { enable_intranode_visibility: true, networking_mode: "VPC_NATIVE" }
    : {}),
  ...proposeAdmission(prior, config),
});

/** Privileged workloads of GKE's own list are admitted unless the configuration says otherwise. */
function proposeAdmission(prior: ObjectValue | null, config: ObjectValue): ObjectValue {
  const name = "autopilot_privileged_admission";
  const [own, all] = [config[name] ?? null, ["gke://*"]];
  if (own === null) return isSet(prior?.[name]) ? { [name]: all } : NOTHING;
  return !isList(own) || own.length === 0 || own.includes(unknown) ? { [name]: all } : NOTHING;
}

const byType: { readonly [type: string]: Proposal } = {
  google_compute_subnetwork: proposeRanges,
  google_container_cluster: proposeCluster,
  google_service_account: proposeAccount,
};
