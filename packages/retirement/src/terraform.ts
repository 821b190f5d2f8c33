import { findTerraform, InterruptedError, terraformEnvironment } from "@cluster-ipam/plan-report";
import execa from "execa";
import { RetirementError } from "./retirement-error";

/** Runs Terraform in folders of stacks. */
export class Terraform {
  private readonly command: string;

  /**
   * @param abort interrupts a running command; its `reason` is the signal
   * @param onOutput gets the output of `apply`
   * @throws PlanError if Terraform is missing or too old
   */
  constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly abort: AbortSignal,
    private readonly onOutput: (chunk: string) => void,
  ) {
    this.command = findTerraform(env).command;
  }

  /** Runs a command and returns its output. @throws RetirementError with Terraform's error if it fails */
  async read(stack: string, cwd: string, ...args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.start(cwd, args, () => undefined);
    if (exitCode === 0) return stdout;
    throw new RetirementError(`${stack}: terraform ${args[0]} failed\n${(stderr || stdout).trim()}`);
  }

  /** Applies the configuration in a folder without asking. @throws RetirementError if it fails */
  async apply(stack: string, cwd: string, ...options: readonly string[]): Promise<void> {
    const args = ["apply", "-auto-approve", "-input=false", "-no-color", ...options];
    const { exitCode } = await this.start(cwd, args, this.onOutput);
    if (exitCode !== 0)
      throw new RetirementError(
        `${stack}: terraform apply exited with code ${exitCode}; fix the error that it printed and run the command again`,
      );
  }

  private async start(cwd: string, args: readonly string[], onOutput: (chunk: string) => void) {
    if (this.abort.aborted) throw new InterruptedError(this.abort.reason as NodeJS.Signals);
    const child = execa(this.command, args, {
      ...{ cwd, env: terraformEnvironment(this.env), extendEnv: false },
      ...{ stdin: "ignore", reject: false, maxBuffer: 2 ** 30 },
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk: Buffer) => onOutput(chunk.toString()));
    // Never SIGKILL: Terraform must be able to write its state and release the lock.
    const cancel = () => child.kill("SIGTERM", { forceKillAfterTimeout: false });
    this.abort.addEventListener("abort", cancel, { once: true });
    const result = await child.finally(() => this.abort.removeEventListener("abort", cancel));
    if (this.abort.aborted) throw new InterruptedError(this.abort.reason as NodeJS.Signals);
    return result;
  }
}
