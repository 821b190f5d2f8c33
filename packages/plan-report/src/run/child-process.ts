import { spawn } from "node:child_process";
import { InterruptedError } from "../plan-error";

/** What a command answered. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Ends the command; its `reason` is the name of the signal that ended the run. */
  readonly abort: AbortSignal;
}

/** Time a command has to end by itself once it is asked to, in milliseconds. */
const GRACE = 5_000;

/**
 * Runs a command to its end. When the run is interrupted, the command is asked to end and waited for, so that
 * nothing writes into a folder that is being removed.
 *
 * @throws InterruptedError if `abort` fires
 */
export function runChild(command: string, args: readonly string[], options: RunOptions): Promise<Answer> {
  const { cwd, env, abort } = options;
  return new Promise((resolve, reject) => {
    if (abort.aborted) return reject(new InterruptedError(abort.reason));
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));

    let patience: NodeJS.Timeout | undefined;
    const end = () => {
      child.kill("SIGTERM");
      patience = setTimeout(() => child.kill("SIGKILL"), GRACE);
    };
    const settle = () => {
      clearTimeout(patience);
      abort.removeEventListener("abort", end);
    };
    abort.addEventListener("abort", end, { once: true });
    child.on("error", (error) => {
      settle();
      reject(error);
    });
    child.on("close", (code) => {
      settle();
      if (abort.aborted) return reject(new InterruptedError(abort.reason));
      resolve({
        code: code ?? 1,
        stdout: Buffer.concat(stdout).toString("utf8"),
        stderr: Buffer.concat(stderr).toString("utf8"),
      });
    });
  });
}
