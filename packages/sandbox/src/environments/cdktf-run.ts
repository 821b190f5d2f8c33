import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { runChild } from "../child-process";
import { type AppliedStack, CdktfOutput } from "./cdktf-output";
import { type Environment } from "./environment";

export interface CdktfRunProps {
  /** Absolute path of the repository, where the cdktf CLI is installed. */
  readonly root: string;
  readonly environment: Environment;
  /** Environment variables, including the sandbox's. */
  readonly env: NodeJS.ProcessEnv;
  readonly onApplied: (applied: AppliedStack) => void;
  readonly onWarning: (warning: string) => void;
}

/**
 * Builds, synthesizes and deploys or destroys every stack of an environment with the cdktf CLI, independent stacks in
 * parallel. A later run picks up where a killed or failed one stopped.
 *
 * @throws Error with the CLI's output when it fails
 */
export async function runCdktf(command: "deploy" | "destroy", props: CdktfRunProps): Promise<void> {
  const { root, environment, env, onApplied, onWarning } = props;
  const cli = createRequire(join(root, "package.json")).resolve("cdktf-cli/package.json");
  const cdktf = join(dirname(cli), "bundle/bin/cdktf");
  const output = new CdktfOutput();
  const code = await runChild(
    process.execPath,
    [cdktf, command, "*", "--auto-approve", "--skip-provider-lock", "--no-color"],
    {
      cwd: environment.app,
      env: { ...env, CHECKPOINT_DISABLE: "1" },
      onOutput: (chunk) => {
        const { applied, warnings } = output.read(chunk);
        applied.forEach(onApplied);
        warnings.forEach(onWarning);
      },
    },
  );
  if (code !== 0)
    throw new Error(`the ${command} of ${environment.name} failed (exit code ${code}):\n${output.failure()}`);
}
