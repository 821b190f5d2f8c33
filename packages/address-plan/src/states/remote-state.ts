import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type BackendOptions } from "../stacks/backend";
import { backendBlock } from "../stacks/backend-block";

const run = promisify(execFile);
/** Size that a state may have, in bytes. */
const MAX_STATE = 512 * 1024 * 1024;

/**
 * Reads a stack's state from a remote backend by Terraform, which finds the credentials as it does when it deploys.
 *
 * @param env of Terraform; `TERRAFORM_BINARY_NAME` names the program @default terraform
 * @returns the state's text, empty if there is none
 * @throws Error with what Terraform reports
 */
export async function pullState(
  backend: Exclude<BackendOptions, { readonly type: "local" }>,
  stack: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "stack-state-"));
  try {
    await writeFile(join(folder, "backend.tf.json"), JSON.stringify(configuration(backend, stack)));
    await terraform(folder, env, ["init", "-input=false", "-no-color"]);
    return (await terraform(folder, env, ["state", "pull"])).trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function configuration(backend: BackendOptions, stack: string): object {
  const { type, settings } = backendBlock(backend, stack);
  return { terraform: type === "cloud" ? { cloud: settings } : { backend: { [type]: settings } } };
}

async function terraform(cwd: string, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<string> {
  const program = env["TERRAFORM_BINARY_NAME"] || "terraform";
  // A workspace or arguments of the deployment would read another state.
  const isOwn = ([name]: [string, unknown]) => !/^TF_(CLI_ARGS(_\w+)?|WORKSPACE|DATA_DIR)$/.test(name);
  const own = Object.fromEntries(Object.entries(env).filter(isOwn));
  try {
    const { stdout } = await run(program, args, {
      cwd,
      env: { ...own, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", TF_INPUT: "0" },
      maxBuffer: MAX_STATE,
    });
    return stdout;
  } catch (error) {
    const { code, stderr, message } = error as NodeJS.ErrnoException & { readonly stderr?: string };
    if (code === "ENOENT")
      throw new Error(`${program} is not installed; install it, or set TERRAFORM_BINARY_NAME`, {
        cause: error,
      });
    throw new Error(`${program} ${args.join(" ")}: ${summary(stderr) || message}`, { cause: error });
  }
}

/** The first error of Terraform's output on one line, without its frame. */
function summary(stderr = ""): string {
  const lines = stderr.replace(/[│╷╵]/g, "").split("\n");
  const first = lines.findIndex((line) => line.trim().startsWith("Error: "));
  const error = first < 0 ? lines : lines.slice(first);
  return error.join(" ").replace(/\s+/g, " ").trim().slice(0, 500);
}
