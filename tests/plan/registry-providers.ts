/** Who plans in the tests of plans: the sandbox's providers, or those that `terraform init` installs. */
export type PlanProviders = "sandbox" | "registry";

/**
 * Reads `PLAN_PROVIDERS`.
 *
 * @throws Error for anything but `registry` and `sandbox` (the default)
 */
export function planProviders(env: NodeJS.ProcessEnv): PlanProviders {
  const value = env["PLAN_PROVIDERS"] || "sandbox";
  if (value === "sandbox" || value === "registry") return value;
  throw new Error(`PLAN_PROVIDERS: "${value}" is neither registry nor sandbox; give one of them`);
}

/**
 * The environment in which real providers plan a stack without an account. AWS is the sandbox's endpoint; the
 * credentials are no one's, and name the account that the stack insists on.
 *
 * @param env of the process, with the CLI configuration that says where providers come from
 * @param sandbox variables of a running sandbox
 * @param configuration the stack's HCL
 * @param cache folder in which one download serves every stack
 */
export function registryEnvironment(
  env: NodeJS.ProcessEnv,
  sandbox: Readonly<Record<string, string>>,
  configuration: string,
  cache: string,
): NodeJS.ProcessEnv {
  const account = /allowed_account_ids"?\s*[=:]\s*\[\s*"(\d{12})"/.exec(configuration)?.[1];
  return {
    ...env,
    ...sandbox,
    TF_REATTACH_PROVIDERS: undefined,
    TF_CLI_CONFIG_FILE: env["TF_CLI_CONFIG_FILE"],
    TF_DATA_DIR: ".terraform-registry",
    TF_PLUGIN_CACHE_DIR: env["TF_PLUGIN_CACHE_DIR"] || cache,
    TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
    AWS_PROFILE: undefined,
    AWS_ACCESS_KEY_ID: account ?? "sandbox",
    GOOGLE_APPLICATION_CREDENTIALS: undefined,
    GOOGLE_CREDENTIALS: undefined,
    GOOGLE_OAUTH_ACCESS_TOKEN: "sandbox",
  };
}

/** Whether a stack asks Google while it is planned: with real providers that takes an account. */
export const asksGoogle = (configuration: string): boolean =>
  /^data "google_(?!client_config")/m.test(configuration);

/** One sentence for a `terraform init` that found no providers; undefined for other failures. */
export function initFailure(stack: string, output: string): string | undefined {
  const text = output.replaceAll(/[\s│╷╵]+/g, " ");
  const failed = /Failed to query available provider packages|Failed to install provider/.exec(text);
  if (failed === null) return undefined;
  // Before the failure, init lists the providers that it looks for and finds.
  const reason = text.slice(failed.index);
  const provider = /provider \S*?(hashicorp\/[a-z]+)/.exec(reason)?.[1] ?? "the providers";
  const constraints = /no available releases match the given constraints ([<>=!~\d., ]*\d)/.exec(reason);
  if (constraints !== null)
    return (
      `${stack}: the registry or mirror has ${provider}, but no release of it that satisfies ${constraints[1]}; ` +
      "add one to the mirror, or name another CLI configuration in TF_CLI_CONFIG_FILE"
    );
  return (
    `${stack}: terraform init found no ${provider}; PLAN_PROVIDERS=registry needs registry.terraform.io, ` +
    "or a mirror that a CLI configuration names (TF_CLI_CONFIG_FILE, provider_installation)"
  );
}
