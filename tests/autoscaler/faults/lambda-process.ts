import { execFileSync, fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SCRIPT = join(__dirname, "../../../packages/subnet-autoscaler/scripts/bundle.mjs");

/** Ends the log of an invocation: its answer comes through another pipe, and may be there before. */
const END_OF_LOG = "end of log";

/** Stands in for the Lambda runtime in a separate process: loads the bundle and calls its handler. */
const RUNTIME = `
  import { existsSync, readFileSync } from "node:fs";
  const status = "/proc/self/status";
  // resourceUsage includes the parent's memory from before exec; the kernel's high-water mark does not.
  const peak = () => existsSync(status)
    ? Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync(status, "utf8"))[1])
    : process.resourceUsage().maxRSS;
  const now = Date.now;
  const { handler } = await import("./index.mjs");
  process.on("message", async ({ time, event }) => {
    const ahead = time - now();
    Date.now = () => now() + ahead;
    const context = { getRemainingTimeInMillis: () => 60_000 };
    const answer = await handler(event, context).then(
      (result) => ({ result }),
      (error) => ({ failure: String(error.message), stack: error.stack }),
    );
    process.stdout.write("${END_OF_LOG}\\n");
    process.send({ ...answer, megabytes: (peak() * 1024) / 1e6 });
  });
  process.send("ready");`;

/** Result of an invocation. */
export interface Invoked {
  readonly result?: { readonly decisions: number; readonly changes: number };
  /** Message of the error that the handler was rejected with; Lambda counts an error. */
  readonly failure?: string;
  readonly stack?: string;
  /** Peak memory of the process, in MB (10⁶ bytes). */
  readonly megabytes?: number;
  /** The process was killed before it responded. */
  readonly killed?: true;
  /** Its log lines: decisions and metrics. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
}

/** Folder with the deployed bundle, built once per test file. */
export class LambdaBundleFolder {
  readonly path = mkdtempSync(join(tmpdir(), "autoscaler-lambda-"));

  constructor() {
    execFileSync(process.execPath, [SCRIPT, join(this.path, "index.mjs")]);
    writeFileSync(join(this.path, "runtime.mjs"), RUNTIME);
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

/** A Lambda execution environment: warm between invocations, restarted after a kill. */
export class LambdaProcess {
  private child: ChildProcess | undefined;
  private output = "";

  /** @param env the function's complete environment */
  constructor(
    private readonly folder: LambdaBundleFolder,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** @param time time of its clock, epoch milliseconds */
  async invoke(time: number, event: object = {}): Promise<Invoked> {
    const child = (this.child ??= await this.start());
    this.output = "";
    const answered = Promise.all([once(child, "message"), this.logged(child)]).then(
      ([[answer]]) => answer as Omit<Invoked, "lines">,
    );
    const exited = once(child, "exit").then(() => ({ killed: true as const }));
    child.send({ time, event });
    const answer = await Promise.race([answered, exited]);
    if (child.exitCode !== null || child.signalCode !== null) this.child = undefined;
    const lines = this.output.split("\n").filter((line) => line.startsWith("{"));
    return { ...answer, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
  }

  /** Kills the process without warning, as Lambda does at the timeout. */
  kill(): void {
    this.child?.kill("SIGKILL");
  }

  async stop(): Promise<void> {
    if (this.child === undefined) return;
    const exited = once(this.child, "exit");
    this.kill();
    await exited;
    this.child = undefined;
  }

  private logged(child: ChildProcess): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!this.output.includes(END_OF_LOG)) return;
        child.stdout!.off("data", look);
        resolve();
      };
      child.stdout!.on("data", look);
    });
  }

  private async start(): Promise<ChildProcess> {
    const child = fork(join(this.folder.path, "runtime.mjs"), {
      env: this.env,
      // The SDK's warning about the Node version is irrelevant here.
      execArgv: ["--no-warnings"],
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    });
    child.stdout!.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
    await once(child, "message");
    return child;
  }
}
