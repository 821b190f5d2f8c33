import { spawn } from "node:child_process";
import { constants } from "node:os";

export interface ChildProcessProps {
  readonly env: NodeJS.ProcessEnv;
  /** @default the working directory */
  readonly cwd?: string;
  /** Receives the command's output in chunks. @default the command writes to this process's output */
  readonly onOutput?: (chunk: string) => void;
}

/**
 * Runs a command and forwards termination signals to it.
 *
 * @returns its exit code, or 128 plus the number of the signal that ended it
 * @throws Error when the command does not exist
 */
export function runChild(
  command: string,
  args: readonly string[],
  props: ChildProcessProps,
): Promise<number> {
  const { env, cwd, onOutput } = props;
  const output = onOutput ? "pipe" : "inherit";
  const child = spawn(command, args, { env, cwd, stdio: ["inherit", output, output] });
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (chunk: string) => onOutput?.(chunk));
  // A terminal sends Ctrl-C to the child as well; forwarding it would be a second, forced interrupt.
  const interrupt = () => void (process.stdin.isTTY || child.kill("SIGINT"));
  const forward = (signal: NodeJS.Signals) => void child.kill(signal);
  process.on("SIGINT", interrupt).on("SIGTERM", forward).on("SIGHUP", forward);
  return new Promise<number>((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "ENOENT" ? new Error(`${command}: not found on PATH`) : error),
    );
    child.once("close", (code, signal) => resolve(code ?? 128 + constants.signals[signal!]));
  }).finally(() => {
    process.off("SIGINT", interrupt).off("SIGTERM", forward).off("SIGHUP", forward);
  });
}
