import { type IpamPoolPlan } from "@cluster-ipam/address-plan";
import { awsAccountId, type Backend, backendAddress, readVariables } from "@cluster-ipam/blueprint-core";
import { z } from "zod";
import accounts from "./sandbox-accounts.json";

/** What differs between one organisation's address space and another's. */
export interface Environment {
  /** AWS account that runs the IPAM: 12 digits. */
  readonly awsAccountId: string;
  /** Account of each environment that has pools: it may allocate from them. */
  readonly environmentAccounts: Readonly<Record<string, string>>;
  /** Where the stack's Terraform state lives. */
  readonly backend: Backend;
  /** "off" lets everything be destroyed: deploy with it, then destroy. */
  readonly deletionProtection: "on" | "off";
}

/** Accounts that are nobody's: enough for the sandbox, refused by the cloud. `npm run new:environment` adds to them. */
const sandboxAccounts: Readonly<Record<string, string>> = accounts;

/**
 * Reads the network's variables: its own, and `<ENVIRONMENT>_AWS_ACCOUNT_ID` of each environment with pools. The
 * environments of this repository have defaults; a new one must say whose account it is.
 *
 * @throws ValidationError that names the variable, its value and the fix
 */
export function readEnvironment(env: NodeJS.ProcessEnv, pools: readonly IpamPoolPlan[]): Environment {
  const own = readVariables(
    {
      NETWORK_AWS_ACCOUNT_ID: awsAccountId.default("111111111111"),
      NETWORK_BACKEND: backendAddress.default({ type: "local", directory: "../../../state" }),
      NETWORK_DELETION_PROTECTION: z
        .enum(["on", "off"], "is neither on nor off; give on or off")
        .default("on"),
    },
    env,
  );
  const names = [...new Set(pools.flatMap(({ environment }) => environment ?? []))];
  const accounts = names.map((name) => [name, readAccount(name, env)] as const);
  return {
    awsAccountId: own.NETWORK_AWS_ACCOUNT_ID,
    environmentAccounts: Object.fromEntries(accounts),
    backend: own.NETWORK_BACKEND,
    deletionProtection: own.NETWORK_DELETION_PROTECTION,
  };
}

function readAccount(environment: string, env: NodeJS.ProcessEnv): string {
  const name = `${environment.toUpperCase().replaceAll("-", "_")}_AWS_ACCOUNT_ID`;
  const sandbox = sandboxAccounts[environment];
  const account = sandbox === undefined ? awsAccountId : awsAccountId.default(sandbox);
  return readVariables({ [name]: account }, env)[name]!;
}
