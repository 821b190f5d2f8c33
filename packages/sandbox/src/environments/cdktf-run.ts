import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type AppliedStack, CdktfOutput } from "./cdktf-output";
import { type Environment } from "./environment";
import { runGroup } from "./process-group";

export interface CdktfRunProps {
  /** Absolute path of the repository, where the cdktf CLI is installed. */
  readonly root: string;
  readonly environment: Environment;
  /** Environment variables, including the sandbox's. */
  readonly env: NodeJS.ProcessEnv;
  readonly onApplied: (applied: AppliedStack) => void;
  readonly onWarning: (warning: string) => void;
}

/** Longest silence of the CLI, in milliseconds: Terraform reports every 10 s that it still waits for the cloud. */
const silence = 5 * 60_000;

// The CLI leaves the failure of a stack unhandled. By default, Node would end it at once, with a trace instead of
// Terraform's error, while the Terraform of other stacks still runs. This way it waits for them and exits with 1.
const node = ["--unhandled-rejections=warn-with-error-code"];

/**
 * Builds, synthesizes and deploys or destroys every stack of an environment with the cdktf CLI, independent stacks in
 * parallel. A later run picks up where a killed or failed one stopped.
 *
 * @throws Error with the errors of each stack when it fails
 * @throws InterruptedError after a signal, when every Terraform has ended
 */
export async function runCdktf(command: "deploy" | "destroy", props: CdktfRunProps): Promise<void> {
  const { root, environment, env, onApplied, onWarning } = props;
  const cli = createRequire(join(root, "package.json")).resolve("cdktf-cli/package.json");
  const cdktf = join(dirname(cli), "bundle/bin/cdktf");
  const output = new CdktfOutput();
  const args = [...node, cdktf, command, "*", "--auto-approve", "--skip-provider-lock", "--no-color"];
  const code = await runGroup(process.execPath, args, {
    cwd: environment.app,
    env: { ...chosenByUs(env), CHECKPOINT_DISABLE: "1" },
    silence,
    onOutput: (chunk) => {
      const { applied, warnings } = output.read(chunk);
      applied.forEach(onApplied);
      warnings.forEach(onWarning);
    },
  });
  if (code !== 0) throw new Error(output.failure());
}

/**
 * An environment without the variables that add arguments to Terraform, or move its state: the states of these stacks
 * are in `apps/*\/state`. `TF_VAR_*` stays, because a stack may declare variables.
 */
export function chosenByUs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isOurs = ([name]: [string, unknown]) => !/^TF_(CLI_ARGS(_\w+)?|WORKSPACE|DATA_DIR)$/.test(name);
  return Object.fromEntries(Object.entries(env).filter(isOurs));
}
