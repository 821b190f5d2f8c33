import { awsAccountId, type Backend, backendAddress, readVariables } from "@cluster-ipam/blueprint-core";

/** What differs between one organisation's address space and another's. */
export interface Environment {
  /** AWS account that runs the IPAM: 12 digits. */
  readonly awsAccountId: string;
  /** Accounts that may allocate from an environment's pools, by environment. */
  readonly environmentAccounts: Readonly<Record<string, string>>;
  /** Where the stack's Terraform state lives. */
  readonly backend: Backend;
}

const variables = {
  NETWORK_AWS_ACCOUNT_ID: awsAccountId.default("111111111111"),
  DEV_AWS_ACCOUNT_ID: awsAccountId.default("222222222222"),
  PROD_AWS_ACCOUNT_ID: awsAccountId.default("333333333333"),
  NETWORK_BACKEND: backendAddress.default({ type: "local", directory: "../../../state" }),
};

/**
 * Reads the network's variables. Unset, they name nobody's account: enough for the sandbox, refused by the cloud.
 *
 * @throws ValidationError that names the variable, its value and the fix
 */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const read = readVariables(variables, env);
  return {
    awsAccountId: read.NETWORK_AWS_ACCOUNT_ID,
    environmentAccounts: { dev: read.DEV_AWS_ACCOUNT_ID, prod: read.PROD_AWS_ACCOUNT_ID },
    backend: read.NETWORK_BACKEND,
  };
}
