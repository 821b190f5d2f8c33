import { spawnSync } from "node:child_process";
import semver from "semver";
import { PlanError } from "../plan-error";

/** Oldest Terraform and OpenTofu that plan these stacks. */
export const OLDEST_TERRAFORM = "1.8.0";

/** The Terraform that plans. */
export interface TerraformBinary {
  /** Name or path of the executable. */
  readonly command: string;
  /** Who made it. */
  readonly product: "Terraform" | "OpenTofu";
  /** Version without `v`, for example `1.11.4`. */
  readonly version: string;
}

const INSTALL = "https://developer.hashicorp.com/terraform/install";

/**
 * The environment Terraform is run with: it asks nothing, calls nobody, and a data folder or workspace that is
 * set for another working directory does not leak in.
 */
export function terraformEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  // An undefined value keeps spawn from passing the variable on.
  return {
    ...env,
    TF_DATA_DIR: undefined,
    TF_WORKSPACE: undefined,
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
  };
}

/**
 * Finds Terraform, or the binary that `TERRAFORM_BINARY_NAME` names, and its version.
 *
 * @throws PlanError if it is missing, does not run, or is older than {@link OLDEST_TERRAFORM}
 */
export function findTerraform(env: NodeJS.ProcessEnv = process.env): TerraformBinary {
  const named = env["TERRAFORM_BINARY_NAME"] || undefined;
  const command = named ?? "terraform";
  const where = named === undefined ? "terraform" : `TERRAFORM_BINARY_NAME=${named}`;

  const answer = spawnSync(command, ["version"], { env: terraformEnvironment(env), encoding: "utf8" });
  if (answer.error !== undefined) {
    const code = (answer.error as NodeJS.ErrnoException).code;
    const why = code === "ENOENT" ? "not found" : `cannot be run (${code ?? answer.error.message})`;
    throw new PlanError(
      `${where}: ${why}; install Terraform ${minor(OLDEST_TERRAFORM)} or later (${INSTALL}), ` +
        `or name the binary in TERRAFORM_BINARY_NAME (tofu for OpenTofu)`,
    );
  }
  const [, product, version] = /^(Terraform|OpenTofu) v(\S+)/m.exec(answer.stdout) ?? [];
  if (answer.status !== 0 || product === undefined || version === undefined || !semver.valid(version)) {
    const said = (answer.stdout + answer.stderr).trim().split("\n")[0] || `exit code ${answer.status}`;
    throw new PlanError(
      `${where}: \`${command} version\` answers "${said}", not a version of Terraform or OpenTofu; ` +
        `correct TERRAFORM_BINARY_NAME or the PATH`,
    );
  }
  if (semver.lt(version, OLDEST_TERRAFORM)) {
    throw new PlanError(
      `${where}: ${product} ${version} is too old, these stacks need ${minor(OLDEST_TERRAFORM)} or later; ` +
        `upgrade it (${INSTALL}), or name another binary in TERRAFORM_BINARY_NAME`,
    );
  }
  return { command, product: product as TerraformBinary["product"], version };
}

const minor = (version: string) => version.split(".").slice(0, 2).join(".");
