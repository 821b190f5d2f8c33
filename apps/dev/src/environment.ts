import {
  awsAccountId,
  type Backend,
  backendAddress,
  googleProject,
  readVariables,
} from "@cluster-ipam/blueprint-core";
import { z } from "zod";

/** What differs between one owner's dev and another's. */
export interface Environment {
  /** AWS account of the EKS clusters: 12 digits. */
  readonly awsAccountId: string;
  /** Google Cloud project of the GKE clusters. */
  readonly googleProject: string;
  /** Where the stacks' Terraform state lives. */
  readonly backend: Backend;
  /** What the subnet autoscaler of the EKS cluster does; "off": there is none. */
  readonly subnetAutoscaler: "act" | "approve" | "dry-run" | "off";
}

const variables = {
  DEV_AWS_ACCOUNT_ID: awsAccountId.default("222222222222"),
  DEV_GOOGLE_PROJECT: googleProject.default("example-dev"),
  DEV_BACKEND: backendAddress.default({ type: "local", directory: "../../../state" }),
  DEV_SUBNET_AUTOSCALER: z
    .enum(
      ["act", "approve", "dry-run", "off"],
      "is no mode of the subnet autoscaler; give act, approve, dry-run or off",
    )
    .default("dry-run"),
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
    subnetAutoscaler: read.DEV_SUBNET_AUTOSCALER,
  };
}
