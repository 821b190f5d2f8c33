import {
  type AppEnvironment,
  awsAccountId,
  backendAddress,
  googleProject,
  readAppEnvironment,
} from "@cluster-ipam/blueprint-core";
import { z } from "zod";

const settings = {
  /** AWS account of the EKS clusters: 12 digits. */
  awsAccountId: awsAccountId.default("222222222222"),
  /** Google Cloud project of the GKE clusters. */
  googleProject: googleProject.default("example-dev"),
  /** Where the stacks' Terraform state is stored. */
  backend: backendAddress,
  /** Mode of the EKS cluster's subnet autoscaler; "off" deploys none. */
  subnetAutoscaler: z
    .enum(
      ["act", "approve", "dry-run", "off"],
      "is not a mode of the subnet autoscaler; use act, approve, dry-run or off",
    )
    .default("dry-run"),
};

/** The settings of dev that differ between owners. */
export type Environment = AppEnvironment<typeof settings>;

/**
 * Reads `DEV_AWS_ACCOUNT_ID`, `DEV_GOOGLE_PROJECT`, `DEV_BACKEND` and `DEV_SUBNET_AUTOSCALER`. The defaults are
 * placeholder accounts that no one owns: they work in the sandbox, and the clouds refuse them.
 *
 * @throws ValidationError with the variable's name, its value and the fix
 */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  return readAppEnvironment("dev", settings, env);
}
