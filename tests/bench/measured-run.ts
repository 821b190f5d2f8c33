import { spawn } from "node:child_process";
import { writeSync } from "node:fs";
import { join } from "node:path";
import { type CpuShare } from "./cpu-share";

/** What one process cost. */
export interface ProcessCost {
  /** From its start to its end, in seconds. */
  readonly seconds: number;
  /** The most memory it held at once, in MB (10⁶ bytes). */
  readonly megabytes: number;
  /** What it gave to {@link answer}, if anything. */
  readonly answer: unknown;
}

export interface MeasuredRunProps {
  /** Absolute path of the script. @default the process loads no script and ends at once */
  readonly script?: string;
  /** @default none */
  readonly args?: readonly string[];
  /** @default the working directory */
  readonly cwd?: string;
  /** Variables in addition to this process's. @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** Group of control of the process. @default the process has all CPUs */
  readonly cpu?: CpuShare;
}

/**
 * Runs a script in a Node process of its own and measures the whole of it.
 *
 * On Linux a process starts with the peak of the one that starts it, so this one has to stay small: it loads no
 * bindings.
 *
 * @throws Error with what the script wrote if it fails
 */
export function measuredRun(props: MeasuredRunProps): Promise<ProcessCost> {
  const { script, args = [], cwd, env, cpu } = props;
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const program = script === undefined ? ["-e", ""] : [script, ...args];
    const child = spawn(process.execPath, ["-r", join(__dirname, "peak-memory.js"), ...program], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
    });
    if (cpu && child.pid !== undefined) cpu.add(child.pid);
    const [, output, problems, peak, answered] = child.stdio.map((stream) => {
      const chunks: Buffer[] = [];
      stream?.on("data", (chunk: Buffer) => chunks.push(chunk));
      return () => Buffer.concat(chunks).toString("utf8");
    });
    let seconds = 0;
    child.on("error", reject);
    child.on("exit", () => (seconds = (performance.now() - started) / 1000));
    child.on("close", (code) => {
      if (code !== 0) return reject(new Error(`${script} failed:\n${output!()}${problems!()}`));
      const text = answered!();
      const megabytes = (Number(peak!()) * 1024) / 1e6;
      resolve({ seconds, megabytes, answer: text === "" ? undefined : JSON.parse(text) });
    });
  });
}

/** In a script under {@link measuredRun}: hands its result over. */
export function answer(value: unknown): void {
  writeSync(4, JSON.stringify(value));
}
