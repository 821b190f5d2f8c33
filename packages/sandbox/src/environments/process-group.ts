import execa from "execa";

/** A run was interrupted by a signal. Whatever it started has ended. */
export class InterruptedError extends Error {
  constructor(readonly signal: NodeJS.Signals) {
    super(`interrupted by ${signal}`);
    this.name = "InterruptedError";
  }
}

/** How a process group runs. */
export interface ProcessGroupOptions {
  readonly cwd: string;
  /** The command's whole environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Receives the output in chunks. */
  readonly onOutput: (chunk: string) => void;
  /** Longest time without output, in milliseconds. After it, the group is ended. */
  readonly silence: number;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Milliseconds that a silent group has to end before it is killed. */
const gracePeriod = 10_000;

/**
 * Runs a command in a process group of its own, so that a signal reaches the command and everything that it started
 * exactly once, from a terminal or not. It returns only after the last process of the group has ended: Terraform saves its
 * state even if the program that started it has given up.
 *
 * @returns the exit code, 1 if a signal from elsewhere ended the command
 * @throws InterruptedError when this process got a signal, which it passed on
 * @throws Error when the command cannot be started, or printed nothing for `silence`
 */
export async function runGroup(
  command: string,
  args: readonly string[],
  { cwd, env, onOutput, silence }: ProcessGroupOptions,
): Promise<number> {
  const child = execa(command, args, {
    ...{ cwd, env, extendEnv: false, stdio: ["ignore", "pipe", "pipe"], detached: true },
    ...{ buffer: false, cleanup: false, reject: false },
  });
  let interrupted: NodeJS.Signals | undefined;
  let silent = false;
  const forward = (signal: NodeJS.Signals) => {
    interrupted ??= signal;
    signalGroup(child.pid, signal);
  };
  const end = () => {
    signalGroup(child.pid, silent ? "SIGKILL" : "SIGINT");
    if (!silent) timer = setTimeout(end, gracePeriod);
    silent = true;
  };
  let timer = setTimeout(end, silence);
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      if (!silent) timer.refresh();
      onOutput(chunk);
    });
  for (const signal of signals) process.on(signal, forward);
  try {
    const result = await child;
    while (signalGroup(child.pid, 0)) await new Promise((resolve) => setTimeout(resolve, 50));
    if (interrupted) throw new InterruptedError(interrupted);
    if (silent) throw new Error(`no output for ${silence / 60_000} minutes, so it was ended`);
    if (result.exitCode === undefined && result.signal === undefined)
      throw new Error((result as unknown as Error).message);
    return result.exitCode ?? 1;
  } finally {
    clearTimeout(timer);
    for (const signal of signals) process.off(signal, forward);
  }
}

/** @returns whether the group has a process */
function signalGroup(pid: number | undefined, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: the group has ended. EPERM: macOS says this of a group of zombies.
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ESRCH" || code === "EPERM") return false;
    throw error;
  }
}
