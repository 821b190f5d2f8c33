import { constants } from "node:os";
import execa from "execa";

/** How a command runs. */
export interface ChildProcessOptions {
  /** The command's whole environment. */
  readonly env: NodeJS.ProcessEnv;
  /** @default the working directory */
  readonly cwd?: string;
  /** Receives the command's output in chunks. @default the command writes to this process's output */
  readonly onOutput?: (chunk: string) => void;
}

/**
 * Runs a command and forwards termination signals to it. It is never killed by force: Terraform needs time to save its
 * state.
 *
 * @returns its exit code, or 128 plus the number of the signal that ended it
 * @throws Error when the command does not exist
 */
export async function runChild(
  command: string,
  args: readonly string[],
  { env, cwd, onOutput }: ChildProcessOptions,
): Promise<number> {
  const output = onOutput ? "pipe" : "inherit";
  const child = execa(command, args, {
    ...{ env, cwd, extendEnv: false, stdio: ["inherit", output, output] },
    ...{ buffer: false, cleanup: false, reject: false },
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (chunk: string) => onOutput?.(chunk));
  // A terminal sends Ctrl-C to the child as well; forwarding it would be a second, forced interrupt.
  const interrupt = () => void (process.stdin.isTTY || child.kill("SIGINT"));
  const forward = (signal: NodeJS.Signals) => void child.kill(signal, { forceKillAfterTimeout: false });
  process.on("SIGINT", interrupt).on("SIGTERM", forward).on("SIGHUP", forward);
  try {
    const result = await child;
    if (result.signal !== undefined) return 128 + constants.signals[result.signal as NodeJS.Signals];
    if (result.exitCode !== undefined) return result.exitCode;
    // Neither an exit code nor a signal: the command never started.
    const { code, message } = result as unknown as NodeJS.ErrnoException;
    throw new Error(code === "ENOENT" ? `${command}: not found on PATH` : message);
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", forward).off("SIGHUP", forward);
  }
}
