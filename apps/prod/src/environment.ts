import {
  awsAccountId,
  type Backend,
  backendAddress,
  googleProject,
  readVariables,
} from "@cluster-ipam/blueprint-core";
import { z } from "zod";

/** What differs between one owner's prod and another's. */
export interface Environment {
  /** AWS account of the EKS clusters: 12 digits. */
  readonly awsAccountId: string;
  /** Google Cloud project of the GKE clusters. */
  readonly googleProject: string;
  /** Where the stacks' Terraform state lives. */
  readonly backend: Backend;
  /** "off" lets everything be destroyed: deploy with it, then destroy. */
  readonly deletionProtection: "on" | "off";
}

const variables = {
  PROD_AWS_ACCOUNT_ID: awsAccountId.default("333333333333"),
  PROD_GOOGLE_PROJECT: googleProject.default("example-prod"),
  PROD_BACKEND: backendAddress.default({ type: "local", directory: "../../../state" }),
  PROD_DELETION_PROTECTION: z.enum(["on", "off"], "is neither on nor off; give on or off").default("on"),
};

/**
 * Reads prod's variables. Unset, they name nobody's account: enough for the sandbox, refused by the clouds.
 *
 * @throws ValidationError that names the variable, its value and the fix
 */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const read = readVariables(variables, env);
  return {
    awsAccountId: read.PROD_AWS_ACCOUNT_ID,
    googleProject: read.PROD_GOOGLE_PROJECT,
    backend: read.PROD_BACKEND,
    deletionProtection: read.PROD_DELETION_PROTECTION,
  };
}
