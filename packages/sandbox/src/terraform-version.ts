import { execFile } from "node:child_process";
import { promisify } from "node:util";
import coerce from "semver/functions/coerce";
import lt from "semver/functions/lt";

/** Oldest supported Terraform and OpenTofu. */
export const oldestTerraform = "1.8.0";

/** Terraform is missing or too old. The message is one sentence with the fix. */
export class TerraformVersionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "TerraformVersionError";
  }
}

/**
 * Checks the version of a Terraform or OpenTofu binary.
 *
 * @throws TerraformVersionError when it is missing, does not report a version, or is older than 1.8.0
 */
export async function checkTerraform(binary: string): Promise<string> {
  const { version, problem } = await ask(binary);
  const fix = `install Terraform ${oldestTerraform} or later (or OpenTofu) or name another binary in TERRAFORM_BINARY_NAME`;
  if (version === undefined) throw new TerraformVersionError(`${binary}: ${problem}; ${fix}`);
  if (lt(coerce(version) ?? version, oldestTerraform))
    throw new TerraformVersionError(`${binary}: version ${version} is older than ${oldestTerraform}; ${fix}`);
  return version;
}

async function ask(binary: string): Promise<{ version?: string; problem?: string }> {
  try {
    const { stdout } = await promisify(execFile)(binary, ["version", "-json"], {
      env: { ...process.env, CHECKPOINT_DISABLE: "1" },
    });
    const { terraform_version: version } = JSON.parse(stdout) as { terraform_version?: string };
    return version ? { version } : { problem: "it does not report a version" };
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    return { problem: missing ? "not found on PATH" : "it does not report a version" };
  }
}
