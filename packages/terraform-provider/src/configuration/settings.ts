import { isList, isObject, type ObjectValue, unknown, type Value } from "../value/value";

/** What a configured provider knows: account, place and defaults. Values may be unknown at plan time. */
export interface Settings {
  /** AWS account id, Google project or the address of a Kubernetes API; null when none is configured. */
  readonly owner: Value;
  /** Region of the provider; null when none is configured. */
  readonly region: Value;
  /** Google zone; null when none is configured. */
  readonly zone: Value;
  /** AWS default tags or Google default labels: a map, perhaps not known yet. */
  readonly defaultTags: Value;
  /** Tag keys, and prefixes of them, that AWS resources ignore. */
  readonly ignoredTags: { readonly keys: readonly string[]; readonly prefixes: readonly string[] };
  /** Google marks what Terraform created with a label. */
  readonly attributionLabel: boolean;
  /** Google's deletion policy for resources that do not have one. */
  readonly deletionPolicy: Value;
}

/** The account of a sandbox that was not told one. */
export const sandboxAccount = "123456789012";

/** Settings before the provider is configured: everything is still unknown. */
export const unconfigured: Settings = {
  owner: unknown,
  region: unknown,
  zone: unknown,
  defaultTags: {},
  ignoredTags: { keys: [], prefixes: [] },
  attributionLabel: true,
  deletionPolicy: "DELETE",
};

/** Reads the configuration of the AWS provider; its Region may come from `AWS_REGION`. */
export function awsSettings(config: ObjectValue, env: NodeJS.ProcessEnv): Settings {
  const ignored = firstBlock(config["ignore_tags"]);
  return {
    ...unconfigured,
    owner: awsAccount(config),
    region: config["region"] ?? env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"] ?? null,
    defaultTags: firstBlock(config["default_tags"])?.["tags"] ?? {},
    ignoredTags: { keys: texts(ignored?.["keys"]), prefixes: texts(ignored?.["key_prefixes"]) },
  };
}

/** Reads the configuration of the Google provider; project, Region and zone may come from its variables. */
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
    defaultTags: config["default_labels"] ?? {},
    attributionLabel: config["add_terraform_attribution_label"] !== false,
    deletionPolicy: config["deletion_policy"] ?? "DELETE",
  };
}

/**
 * Reads the configuration of the Kubernetes provider: one cluster, known by its API's address. A
 * kubeconfig is not read; its context stands for the address.
 */
export function kubernetesSettings(config: ObjectValue, env: NodeJS.ProcessEnv): Settings {
  const host = config["host"] ?? env["KUBE_HOST"] ?? null;
  const context = config["config_context"] ?? env["KUBE_CTX"] ?? null;
  return { ...unconfigured, owner: typeof host === "string" ? apiAddress(host) : (host ?? context) };
}

/** As the provider writes it: with a scheme, without a path's last slash. */
const apiAddress = (host: string): string =>
  (/^https?:\/\//.test(host) ? host : `https://${host}`).replace(/\/$/, "");

/** The account of the role the provider assumes, else the only one it allows, else the sandbox's own. */
function awsAccount(config: ObjectValue): string {
  const role = firstBlock(config["assume_role"])?.["role_arn"];
  const fromRole = typeof role === "string" ? /^arn:[^:]*:iam::(\d{12}):/.exec(role)?.[1] : undefined;
  return fromRole ?? texts(config["allowed_account_ids"])[0] ?? sandboxAccount;
}

/** The first block of a list, where it is there and known. */
export const firstBlock = (value: Value | undefined): ObjectValue | undefined => {
  const first = isList(value) ? value[0] : undefined;
  return isObject(first) ? (first as ObjectValue) : undefined;
};

const texts = (value: Value | undefined): readonly string[] =>
  isList(value) ? value.filter((item): item is string => typeof item === "string") : [];
