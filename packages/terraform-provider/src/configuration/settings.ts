import { isList, isObject, type ObjectValue, unknown, type Value } from "../value/value";

/** Settings of a provider configuration: account, Region and defaults. Values may be unknown at plan time. */
export interface Settings {
  /** AWS account id, Google project or the address of a Kubernetes API; null when none is configured. */
  readonly owner: Value;
  /** Region of the provider; null when none is configured. */
  readonly region: Value;
  /** Google zone; null when none is configured. */
  readonly zone: Value;
  /** Google's access token; null when none is configured. */
  readonly token: Value;
  /** AWS default tags or Google default labels: a map, possibly unknown. */
  readonly defaultTags: Value;
  /** Tag keys and key prefixes that AWS resources ignore. */
  readonly ignoredTags: { readonly keys: readonly string[]; readonly prefixes: readonly string[] };
  /** Whether Google resources created by Terraform get the attribution label. */
  readonly attributionLabel: boolean;
  /** Whether Google resources that exist get it too. */
  readonly marksAll: boolean;
  /** Google's deletion policy for resources without their own. */
  readonly deletionPolicy: Value;
}

/** The AWS account when the configuration names none. */
export const defaultAccount = "123456789012";

/** Settings before the provider is configured: all unknown. */
export const unconfigured: Settings = {
  owner: unknown,
  region: unknown,
  zone: unknown,
  token: null,
  defaultTags: {},
  ignoredTags: { keys: [], prefixes: [] },
  attributionLabel: true,
  marksAll: false,
  deletionPolicy: "DELETE",
};

/** Reads the AWS provider's configuration; the Region may come from `AWS_REGION`. */
export function awsSettings(config: ObjectValue, env: NodeJS.ProcessEnv): Settings {
  const ignored = firstBlock(config["ignore_tags"]);
  return {
    ...unconfigured,
    owner: awsAccount(config),
    region: config["region"] ?? env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"] ?? null,
    defaultTags: firstBlock(config["default_tags"])?.["tags"] ?? {},
    ignoredTags: { keys: strings(ignored?.["keys"]), prefixes: strings(ignored?.["key_prefixes"]) },
  };
}

/** Reads the Google provider's configuration; project, Region and zone may come from the environment. */
export function googleSettings(config: ObjectValue, env: NodeJS.ProcessEnv): Settings {
  const from = (name: string, ...variables: readonly string[]): Value =>
    config[name] ?? variables.map((variable) => env[variable]).find((value) => value) ?? null;
  return {
    ...unconfigured,
    owner: from(
      "project",
      "GOOGLE_PROJECT",
      "GOOGLE_CLOUD_PROJECT",
      "GCLOUD_PROJECT",
      "CLOUDSDK_CORE_PROJECT",
    ),
    region: from("region", "GOOGLE_REGION", "GCLOUD_REGION", "CLOUDSDK_COMPUTE_REGION"),
    zone: from("zone", "GOOGLE_ZONE", "GCLOUD_ZONE", "CLOUDSDK_COMPUTE_ZONE"),
    token: from("access_token", "GOOGLE_OAUTH_ACCESS_TOKEN"),
    defaultTags: config["default_labels"] ?? {},
    attributionLabel: config["add_terraform_attribution_label"] !== false,
    marksAll: config["terraform_attribution_label_addition_strategy"] === "PROACTIVE",
    deletionPolicy: config["deletion_policy"] || "DELETE",
  };
}

/**
 * Reads the Kubernetes provider's configuration: one cluster, identified by its API's address. The
 * kubeconfig is not read; its context name is used in place of the address.
 */
export function kubernetesSettings(config: ObjectValue, env: NodeJS.ProcessEnv): Settings {
  const host = config["host"] ?? env["KUBE_HOST"] ?? null;
  const context = config["config_context"] ?? env["KUBE_CTX"] ?? null;
  return { ...unconfigured, owner: typeof host === "string" ? apiAddress(host) : (host ?? context) };
}

/** The provider's form: with a scheme, without a trailing slash. */
const apiAddress = (host: string): string =>
  (/^https?:\/\//.test(host) ? host : `https://${host}`).replace(/\/$/, "");

/** The account of the assumed role, else the first allowed account, else the default account. */
function awsAccount(config: ObjectValue): string {
  const role = firstBlock(config["assume_role"])?.["role_arn"];
  const fromRole = typeof role === "string" ? /^arn:[^:]*:iam::(\d{12}):/.exec(role)?.[1] : undefined;
  return fromRole ?? strings(config["allowed_account_ids"])[0] ?? defaultAccount;
}

/** The first block of a list, when present and known. */
export const firstBlock = (value: Value | undefined): ObjectValue | undefined => {
  const first = isList(value) ? value[0] : undefined;
  return isObject(first) ? (first as ObjectValue) : undefined;
};

const strings = (value: Value | undefined): readonly string[] =>
  isList(value) ? value.filter((item): item is string => typeof item === "string") : [];
