import { spawn } from "node:child_process";
import { constants } from "node:os";

export interface ChildProcessProps {
  readonly env: NodeJS.ProcessEnv;
  /** @default the working directory */
  readonly cwd?: string;
  /** Gets what the command prints, in pieces. @default the command prints to our own output */
  readonly onOutput?: (piece: string) => void;
}

/**
 * Runs a command to its end, and passes on the signals that ask this process to end.
 *
 * @returns its exit code, 128 and the number of the signal that ended it
 * @throws Error when there is no such command
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
    stream?.setEncoding("utf8").on("data", (piece: string) => onOutput?.(piece));
  // A terminal sends Ctrl-C to the child as well; forwarding it would be the second, forced one.
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
