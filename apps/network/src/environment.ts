import { type IpamPoolPlan } from "@cluster-ipam/address-plan";
import {
  type AppEnvironment,
  awsAccountId,
  backendAddress,
  deletionProtection,
  readAppEnvironment,
} from "@cluster-ipam/blueprint-core";
import accounts from "./sandbox-accounts.json";

const settings = {
  /** AWS account that runs the IPAM: 12 digits. */
  awsAccountId: awsAccountId.default("111111111111"),
  /** Where the stack's Terraform state is stored. */
  backend: backendAddress,
  /** "off" allows destroying everything: deploy with it, then destroy. */
  deletionProtection,
};

/** The settings of the address space that differ between organizations. */
export interface Environment extends AppEnvironment<typeof settings> {
  /** Account of each environment that has pools: it may allocate from them. */
  readonly environmentAccounts: Readonly<Record<string, string>>;
}

/**
 * Placeholder accounts that no one owns: they work in the sandbox, and AWS refuses them. `npm run new:environment` adds
 * to them.
 */
const sandboxAccounts: Readonly<Record<string, string>> = accounts;

/**
 * Reads `NETWORK_AWS_ACCOUNT_ID`, `NETWORK_BACKEND`, `NETWORK_DELETION_PROTECTION`, and `<ENVIRONMENT>_AWS_ACCOUNT_ID`
 * of each environment with pools. The environments of this repository have defaults; a new one must set its account.
 *
 * @throws ValidationError with the variable's name, its value and the fix
 */
export function readEnvironment(env: NodeJS.ProcessEnv, pools: readonly IpamPoolPlan[]): Environment {
  const names = [...new Set(pools.flatMap(({ environment }) => environment ?? []))];
  return {
    ...readAppEnvironment("network", settings, env),
    environmentAccounts: Object.fromEntries(names.map((name) => [name, readAccount(name, env)])),
  };
}

function readAccount(environment: string, env: NodeJS.ProcessEnv): string {
  const sandbox = sandboxAccounts[environment];
  const account = sandbox === undefined ? awsAccountId : awsAccountId.default(sandbox);
  return readAppEnvironment(environment, { awsAccountId: account }, env).awsAccountId;
}
