import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { runChild } from "../child-process";
import { type AppliedStack, CdktfOutput } from "./cdktf-output";
import { type Environment } from "./environment";

export interface CdktfRunProps {
  /** Absolute path of the repository, which has the cdktf CLI installed. */
  readonly root: string;
  readonly environment: Environment;
  /** With the sandbox's variables. */
  readonly env: NodeJS.ProcessEnv;
  readonly onApplied: (applied: AppliedStack) => void;
  readonly onWarning: (warning: string) => void;
}

/**
 * Builds, synthesizes and deploys or destroys every stack of an environment by the cdktf CLI, independent stacks at
 * the same time. What a killed or failed run left is taken up by the next one.
 *
 * @throws Error with what the CLI said, when it fails
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
      onOutput: (piece) => {
        const { applied, warnings } = output.read(piece);
        applied.forEach(onApplied);
        warnings.forEach(onWarning);
      },
    },
  );
  if (code !== 0)
    throw new Error(`the ${command} of ${environment.name} failed (exit code ${code}):\n${output.failure()}`);
}
