import { spawnSync } from "node:child_process";
import { devNull } from "node:os";
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

/** Milliseconds that `terraform version` may take. */
const VERSION_TIMEOUT = 30_000;

/** Variables that would add arguments to Terraform, or move its data and state. */
const NOT_OURS = /^TF_(CLI_ARGS(_\w+)?|DATA_DIR|WORKSPACE)$/;

/**
 * Environment variables for Terraform: no prompts, no version checks, and no arguments, data directory or workspace
 * inherited from elsewhere. `TF_VAR_*` and `TF_CLI_CONFIG_FILE` are honored.
 */
export function terraformEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !NOT_OURS.test(name))),
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

  const result = spawnSync(command, ["version"], {
    // A CLI configuration or reattached providers that Terraform cannot read would look like a broken binary.
    env: { ...terraformEnvironment(env), TF_CLI_CONFIG_FILE: devNull, TF_REATTACH_PROVIDERS: undefined },
    ...{ encoding: "utf8", timeout: VERSION_TIMEOUT, killSignal: "SIGKILL" },
  });
  if (result.error !== undefined) {
    const code = (result.error as NodeJS.ErrnoException).code;
    if (code === "ETIMEDOUT")
      throw new PlanError(
        `${source}: \`${command} version\` did not end within ${VERSION_TIMEOUT / 1000} s; ` +
          `run it by hand to see why, or name another binary in TERRAFORM_BINARY_NAME`,
      );
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
  checkReattached(env["TF_REATTACH_PROVIDERS"]);
  return { command, product: product as TerraformBinary["product"], version };
}

/** @throws PlanError if the value is not a JSON object, of which Terraform says that it cannot be decoded */
function checkReattached(value: string | undefined): void {
  if (!value) return;
  try {
    const content: unknown = JSON.parse(value);
    if (typeof content === "object" && content !== null && !Array.isArray(content)) return;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new PlanError(
    `TF_REATTACH_PROVIDERS: ${JSON.stringify(value.slice(0, 40))} is not a JSON object of running providers; unset it`,
  );
}

const minor = (version: string) => version.split(".").slice(0, 2).join(".");
