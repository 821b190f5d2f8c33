import { isRecord } from "./masked-value";
import { type TerraformPlan } from "./terraform-plan";

/** Argument of a provider's configuration that names the account or project it works in, by provider. */
const ACCOUNT_ARGUMENTS: Readonly<Record<string, string>> = {
  aws: "allowed_account_ids",
  google: "project",
  "google-beta": "project",
};

/**
 * Finds the AWS account or Google Cloud project of a plan's resources, as their providers are configured. A provider
 * whose account is not a constant, or that is allowed several, tells none.
 *
 * @returns by the address of a resource of the root module, with or without an index
 */
export function providerAccounts({ configuration }: TerraformPlan): (address: string) => string | undefined {
  const accounts = new Map(
    Object.entries(configuration?.provider_config ?? {}).map(([key, provider]) => [key, accountOf(provider)]),
  );
  const byAddress = new Map(
    (configuration?.root_module?.resources ?? []).map(({ address, provider_config_key }) => [
      address,
      accounts.get(provider_config_key ?? ""),
    ]),
  );
  return (address) => byAddress.get(address.replace(/\[.*\]$/, ""));
}

function accountOf({ name, expressions }: { readonly name: string; readonly expressions?: unknown }) {
  const argument = ACCOUNT_ARGUMENTS[name];
  if (argument === undefined || !isRecord(expressions)) return undefined;
  const expression = expressions[argument];
  const constant = isRecord(expression) ? expression["constant_value"] : undefined;
  const values = Array.isArray(constant) ? constant : [constant];
  return values.length === 1 && typeof values[0] === "string" ? values[0] : undefined;
}
