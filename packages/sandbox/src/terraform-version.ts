import { execFile } from "node:child_process";
import { devNull } from "node:os";
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

/** Milliseconds that the binary may take to report its version. */
const timeout = 30_000;

async function ask(binary: string): Promise<{ version?: string; problem?: string }> {
  try {
    const { stdout } = await promisify(execFile)(binary, ["version", "-json"], {
      env: environment(),
      ...{ timeout, killSignal: "SIGKILL" },
    });
    // OpenTofu writes its warnings to standard output, in front of the JSON.
    const { terraform_version: version } = JSON.parse(stdout.slice(Math.max(stdout.search(/^\{/m), 0))) as {
      terraform_version?: string;
    };
    return version ? { version } : { problem: "it does not report a version" };
  } catch (error) {
    const { code, killed, stderr } = error as NodeJS.ErrnoException & { killed?: boolean; stderr?: string };
    if (code === "ENOENT") return { problem: "not found on PATH" };
    if (code === "EACCES") return { problem: "permission denied, or not a program" };
    if (killed) return { problem: `\`version -json\` did not end within ${timeout / 1000} s` };
    const said = stderr?.trim().split("\n")[0];
    return { problem: `it does not report a version${said ? ` (it printed "${said.slice(0, 200)}")` : ""}` };
  }
}

/** Without what the sandbox replaces, or what would make a sound binary fail. */
function environment(): NodeJS.ProcessEnv {
  const { TF_REATTACH_PROVIDERS: _providers, TF_CLI_ARGS: _args, TF_CLI_ARGS_version: _version, ...env } = process.env;
  return { ...env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: devNull };
}
