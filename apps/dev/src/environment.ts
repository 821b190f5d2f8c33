import {
  awsAccountId,
  type Backend,
  backendAddress,
  googleProject,
  readVariables,
} from "@cluster-ipam/blueprint-core";

/** What differs between one owner's dev and another's. */
export interface Environment {
  /** AWS account of the EKS clusters: 12 digits. */
  readonly awsAccountId: string;
  /** Google Cloud project of the GKE clusters. */
  readonly googleProject: string;
  /** Where the stacks' Terraform state lives. */
  readonly backend: Backend;
}

const variables = {
  DEV_AWS_ACCOUNT_ID: awsAccountId.default("222222222222"),
  DEV_GOOGLE_PROJECT: googleProject.default("example-dev"),
  DEV_BACKEND: backendAddress.default({ type: "local", directory: "../../../state" }),
};

/**
 * Reads dev's variables. Unset, they name nobody's account: enough for the sandbox, refused by the clouds.
 *
 * @throws ValidationError that names the variable, its value and the fix
 */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const read = readVariables(variables, env);
  return {
    awsAccountId: read.DEV_AWS_ACCOUNT_ID,
    googleProject: read.DEV_GOOGLE_PROJECT,
    backend: read.DEV_BACKEND,
  };
}
