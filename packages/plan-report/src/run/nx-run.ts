import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { NxOutput, type NxEvent } from "./nx-output";
import { InterruptedError } from "../plan-error";

export interface NxRunProps {
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly target: string;
  readonly projects: readonly string[];
  readonly abort: AbortSignal;
  readonly onEvent: (event: NxEvent) => void;
}

/** Time nx and its tasks have to end by themselves once they are asked to, in milliseconds. */
const GRACE = 10_000;

/**
 * Runs a target of some projects, and what it depends on, with nx.
 *
 * @returns whether all of it succeeded, and what was printed
 * @throws InterruptedError if `abort` fires; nx and all its tasks have ended by then
 */
export async function runNx(props: NxRunProps): Promise<{ readonly ok: boolean; readonly output: NxOutput }> {
  const { root, target, projects, abort, onEvent } = props;
  const nx = createRequire(join(root, "package.json")).resolve("nx");
  const args = [
    nx,
    "run-many",
    `--targets=${target}`,
    `--projects=${projects.join(",")}`,
    "--output-style=stream",
  ];
  // A process group of its own: a Ctrl-C reaches the tasks once and through us, not twice and in any order.
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NX_TUI: "false", FORCE_COLOR: "0", NO_COLOR: undefined },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
  let patience: NodeJS.Timeout | undefined;
  const end = () => {
    signalGroup(child.pid, "SIGTERM");
    patience = setTimeout(() => signalGroup(child.pid, "SIGKILL"), GRACE);
  };
  if (abort.aborted) end();
  abort.addEventListener("abort", end, { once: true });

  const output = new NxOutput();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      const event = output.read(line);
      if (event !== undefined) onEvent(event);
    });
  }
  try {
    const code = await ended;
    if (abort.aborted) throw new InterruptedError(abort.reason);
    return { ok: code === 0, output };
  } finally {
    clearTimeout(patience);
    abort.removeEventListener("abort", end);
  }
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // The group has ended in the meantime: that is what was asked for.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
