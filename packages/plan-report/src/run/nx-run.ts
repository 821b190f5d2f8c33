import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import execa from "execa";
import { InterruptedError } from "../errors/plan-error";
import { NxOutput, type NxEvent } from "./nx-output";

export interface NxRunProps {
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly target: string;
  readonly projects: readonly string[];
  readonly abort: AbortSignal;
  readonly onEvent: (event: NxEvent) => void;
}

/** Time between SIGTERM and SIGKILL, in milliseconds. */
const GRACE_PERIOD = 10_000;

/**
 * Runs a target of some projects, and the targets it depends on, with nx.
 *
 * @returns whether every target succeeded, and the output
 * @throws InterruptedError if `abort` fires; by then nx and all its tasks have ended
 */
export async function runNx(props: NxRunProps): Promise<{ readonly ok: boolean; readonly output: NxOutput }> {
  const { root, target, projects, abort, onEvent } = props;
  const nx = createRequire(join(root, "package.json")).resolve("nx");
  const args = ["run-many", `--targets=${target}`, `--projects=${projects.join(",")}`];
  const child = execa(process.execPath, [nx, ...args, "--output-style=stream"], {
    cwd: root,
    env: { ...process.env, NX_TUI: "false", FORCE_COLOR: "0", NO_COLOR: undefined },
    ...{ extendEnv: false, stdin: "ignore", maxBuffer: Infinity, reject: false },
    // Its own process group: otherwise a Ctrl-C would reach the tasks twice, from the terminal and from here.
    detached: true,
  });
  const output = new NxOutput();
  const read = async (input: NodeJS.ReadableStream | null) => {
    if (input === null) return;
    for await (const line of createInterface({ input })) {
      const event = output.read(line);
      if (event !== undefined) onEvent(event);
    }
  };
  let forceKill: NodeJS.Timeout | undefined;
  const cancel = () => {
    signalGroup(child.pid, "SIGTERM");
    forceKill = setTimeout(() => signalGroup(child.pid, "SIGKILL"), GRACE_PERIOD);
  };
  if (abort.aborted) cancel();
  abort.addEventListener("abort", cancel, { once: true });
  try {
    const [{ exitCode }] = await Promise.all([child, read(child.stdout), read(child.stderr)]);
    if (abort.aborted) throw new InterruptedError(abort.reason);
    return { ok: exitCode === 0, output };
  } finally {
    clearTimeout(forceKill);
    abort.removeEventListener("abort", cancel);
  }
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: the group has already ended, which is the goal.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
