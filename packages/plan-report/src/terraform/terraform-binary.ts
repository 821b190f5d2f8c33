import { spawnSync } from "node:child_process";
import semver from "semver";
import { PlanError } from "../errors/plan-error";

/** The oldest Terraform and OpenTofu version these stacks support. */
export const OLDEST_TERRAFORM = "1.8.0";

/** The Terraform or OpenTofu binary in use. */
export interface TerraformBinary {
  /** Name or path of the executable. */
  readonly command: string;
  readonly product: "Terraform" | "OpenTofu";
  /** Version without `v`, for example `1.11.4`. */
  readonly version: string;
}

const INSTALL = "https://developer.hashicorp.com/terraform/install";

/**
 * Environment variables for Terraform: no prompts, no version checks, and no data directory or workspace inherited
 * from another working directory.
 */
export function terraformEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  // spawn drops variables whose value is undefined.
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
 * Finds Terraform, or the binary named in `TERRAFORM_BINARY_NAME`, and reads its version.
 *
 * @throws PlanError if it is missing, cannot be run, or is older than {@link OLDEST_TERRAFORM}
 */
export function findTerraform(env: NodeJS.ProcessEnv = process.env): TerraformBinary {
  const override = env["TERRAFORM_BINARY_NAME"] || undefined;
  const command = override ?? "terraform";
  const source = override === undefined ? "terraform" : `TERRAFORM_BINARY_NAME=${override}`;

  const result = spawnSync(command, ["version"], { env: terraformEnvironment(env), encoding: "utf8" });
  if (result.error !== undefined) {
    const code = (result.error as NodeJS.ErrnoException).code;
    const reason = code === "ENOENT" ? "not found" : `cannot be run (${code ?? result.error.message})`;
    throw new PlanError(
      `${source}: ${reason}; install Terraform ${minor(OLDEST_TERRAFORM)} or later (${INSTALL}), ` +
        `or name the binary in TERRAFORM_BINARY_NAME (tofu for OpenTofu)`,
    );
  }
  const [, product, version] = /^(Terraform|OpenTofu) v(\S+)/m.exec(result.stdout) ?? [];
  if (result.status !== 0 || product === undefined || version === undefined || !semver.valid(version)) {
    const output = (result.stdout + result.stderr).trim().split("\n")[0] || `exit code ${result.status}`;
    throw new PlanError(
      `${source}: \`${command} version\` printed "${output}", which is not a Terraform or OpenTofu version; ` +
        `correct TERRAFORM_BINARY_NAME or PATH`,
    );
  }
  if (semver.lt(version, OLDEST_TERRAFORM)) {
    throw new PlanError(
      `${source}: ${product} ${version} is too old; these stacks need ${minor(OLDEST_TERRAFORM)} or later; ` +
        `upgrade it (${INSTALL}), or name another binary in TERRAFORM_BINARY_NAME`,
    );
  }
  return { command, product: product as TerraformBinary["product"], version };
}

const minor = (version: string) => version.split(".").slice(0, 2).join(".");
