import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const repository = join(__dirname, "../..");

/** The commands of the repository, as they are built. */
export const programs = {
  plan: "packages/plan-report/bin/plan-environments.js",
  "plan-stacks": "packages/plan-report/bin/plan-stacks.js",
  sandbox: "packages/sandbox/bin/sandbox.js",
  addresses: "packages/address-plan/bin/addresses.js",
  "new-environment": "packages/new-environment/bin/new-environment.js",
  "synth prod": "apps/prod/dist/main.js",
} as const;
export type Program = keyof typeof programs;

/** How a command ended. */
export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command needs of this repository, in a temporary folder: it may be damaged. */
export class Workspace {
  readonly folder = mkdtempSync(join(realpathSync(tmpdir()), "bad-input-"));

  private constructor() {
    for (const file of ["addresses.yaml", "addresses.lock.json", "nx.json", "package.json"])
      cpSync(join(repository, file), join(this.folder, file));
    for (const app of ["network", "dev", "prod"])
      for (const file of ["package.json", "stacks.lock.json"])
        cpSync(join(repository, "apps", app, file), join(this.folder, "apps", app, file));
    for (const folder of ["tmp", "bin"]) mkdirSync(join(this.folder, folder));
  }

  /** Makes a workspace for `use` and removes it afterwards. */
  static async with(use: (workspace: Workspace) => Promise<void>): Promise<void> {
    const workspace = new Workspace();
    try {
      await use(workspace);
    } finally {
      rmSync(workspace.folder, { recursive: true, force: true });
    }
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  /** Replaces a passage that occurs once. */
  edit(file: string, from: string, to: string): void {
    const text = readFileSync(this.path(file), "utf8");
    if (text.split(from).length !== 2) throw new Error(`not once in ${file}: ${from}`);
    writeFileSync(this.path(file), text.replace(from, to));
  }

  /** Puts a shell script in the place of Terraform. */
  terraform(...lines: readonly string[]): void {
    const path = this.path("bin/terraform");
    writeFileSync(path, ["#!/bin/sh", ...lines, ""].join("\n"));
    chmodSync(path, 0o755);
  }

  /** Every file with its content, temporary files included; links, and folders that hold none, do not count. */
  files(): Record<string, string> {
    const entries = readdirSync(this.folder, { recursive: true, withFileTypes: true });
    return Object.fromEntries(
      entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [path, readFileSync(path, "utf8")]),
    );
  }

  /** Starts a command here. Of the caller's environment it gets nothing that changes what it does. */
  start(program: Program, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): ChildProcess {
    return spawn(process.execPath, [join(repository, programs[program]), ...args], {
      cwd: this.folder,
      env: { PATH: `${this.path("bin")}:/usr/bin:/bin`, HOME: this.folder, TMPDIR: this.path("tmp"), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  run(program: Program, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    return outcome(this.start(program, args, env));
  }
}

/** Waits for the end of a command. */
export async function outcome(child: ChildProcess): Promise<Outcome> {
  let [stdout, stderr] = ["", ""];
  child.stdout!.on("data", (chunk) => (stdout += chunk));
  child.stderr!.on("data", (chunk) => (stderr += chunk));
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout, stderr };
}
