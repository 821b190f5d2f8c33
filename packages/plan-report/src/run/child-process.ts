import execa from "execa";
import { InterruptedError, PlanError } from "../errors/plan-error";

/** Exit code and output of a command. */
export interface CommandResult {
  /** 1 if a signal ended the command. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  /** The command's whole environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Ends the command; its `reason` is the signal that interrupted the run. */
  readonly abort: AbortSignal;
  /** Longest time that the command may take, in milliseconds. @default no limit */
  readonly timeout?: number;
}

/** Time between SIGTERM and SIGKILL, in milliseconds. */
const GRACE_PERIOD = 5_000;

/**
 * Runs a command and waits for it to end. After `abort` it gets SIGTERM, then SIGKILL. The promise settles only once
 * the command has ended, so nothing writes to a folder that is being removed.
 *
 * @throws InterruptedError if `abort` fires
 * @throws PlanError if it takes longer than `timeout`
 * @throws Error if the command cannot be started
 */
export async function runChild(
  command: string,
  args: readonly string[],
  { cwd, env, abort, timeout }: RunOptions,
): Promise<CommandResult> {
  if (abort.aborted) throw new InterruptedError(abort.reason);
  const child = execa(command, args, {
    ...{ cwd, env, extendEnv: false, stdin: "ignore", stripFinalNewline: false },
    // A plan of a large stack is longer than execa's default of 100 MB.
    maxBuffer: Infinity,
    reject: false,
  });
  const cancel = () => child.kill("SIGTERM", { forceKillAfterTimeout: GRACE_PERIOD });
  let isLate = false;
  const late = () => {
    isLate = true;
    cancel();
  };
  const timer = timeout === undefined ? undefined : setTimeout(late, timeout);
  abort.addEventListener("abort", cancel, { once: true });
  try {
    const result = await child;
    if (abort.aborted) throw new InterruptedError(abort.reason);
    if (isLate)
      throw new PlanError(
        `${cwd}: \`${[command, ...args].join(" ")}\` did not end within ${timeout! / 60_000} minutes; run it there by hand to see what it waits for`,
      );
    // Neither an exit code nor a signal: it was never started.
    if (result.exitCode === undefined && result.signal === undefined) throw result;
    return { code: result.exitCode ?? 1, stdout: result.stdout, stderr: result.stderr };
  } finally {
    clearTimeout(timer);
    abort.removeEventListener("abort", cancel);
  }
}
