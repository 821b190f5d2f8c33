import {
  type AppEnvironment,
  awsAccountId,
  backendAddress,
  deletionProtection,
  googleProject,
  readAppEnvironment,
} from "@cluster-ipam/blueprint-core";
import { z } from "zod";

const settings = {
  /** AWS account of the EKS clusters: 12 digits. */
  awsAccountId: awsAccountId.default("333333333333"),
  /** Google Cloud project of the GKE clusters. */
  googleProject: googleProject.default("example-prod"),
  /** Where the stacks' Terraform state is stored. */
  backend: backendAddress,
  /** "off" allows destroying everything: deploy with it, then destroy. */
  deletionProtection,
  /**
   * Domain of the Google Workspace organization whose group `gke-security-groups` RBAC may name; "" for none.
   * The group has to exist.
   */
  rbacDomain: z
    .string()
    .regex(/^([a-z0-9-]+(\.[a-z0-9-]+)+)?$/, "is not a domain; use for example example.com")
    .default(""),
};

/** The settings of prod that differ between owners. */
export type Environment = AppEnvironment<typeof settings>;

/**
 * Reads `PROD_AWS_ACCOUNT_ID`, `PROD_GOOGLE_PROJECT`, `PROD_BACKEND`, `PROD_DELETION_PROTECTION` and `PROD_RBAC_DOMAIN`. The defaults are
 * placeholder accounts that no one owns: they work in the sandbox, and the clouds refuse them.
 *
 * @throws ValidationError with the variable's name, its value and the fix
 */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  return readAppEnvironment("prod", settings, env);
}
