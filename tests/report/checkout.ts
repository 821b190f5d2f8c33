import { execFile, execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const repository = join(__dirname, "../..");

/** What a command printed, and its exit code. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of this repository with the plans of its apps. */
export class Checkout {
  readonly root = mkdtempSync(join(realpathSync(tmpdir()), "plan-report-"));

  constructor() {
    for (const file of ["addresses.yaml", "addresses.lock.json", "nx.json"])
      cpSync(join(repository, file), join(this.root, file));
    for (const app of ["network", "dev", "prod"]) {
      mkdirSync(join(this.root, "apps", app), { recursive: true });
      for (const part of ["package.json", "plan.out"])
        cpSync(join(repository, "apps", app, part), join(this.root, "apps", app, part), { recursive: true });
    }
  }

  /** Deletes the copy. */
  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Runs a command of a package: `plan-report`, `plan-environments` or `addresses`. */
  run(command: string, ...args: string[]): Promise<Outcome> {
    const bin = join(
      repository,
      ...["packages", command === "addresses" ? "address-plan" : "plan-report", "bin", `${command}.js`],
    );
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        [bin, ...args],
        { cwd: this.root, maxBuffer: 2 ** 28 },
        (error, stdout, stderr) =>
          resolve({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, stdout, stderr }),
      );
    });
  }

  /** Runs git, without any configuration of this machine. */
  git(...args: string[]): void {
    execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@example.org", ...args], {
      ...{ cwd: this.root, stdio: "pipe" },
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
    });
  }

  /** Commits everything. */
  commit(message: string): void {
    if (!existsSync(join(this.root, ".git"))) this.git("init", "-q");
    this.git("add", ".");
    this.git("commit", "-q", "-m", message);
  }

  /** Text of a file. */
  read(file: string): string {
    return readFileSync(join(this.root, file), "utf8");
  }

  /** Writes a file: text as it is, anything else as JSON. */
  write(file: string, content: unknown): void {
    writeFileSync(join(this.root, file), typeof content === "string" ? content : JSON.stringify(content));
  }

  /** Changes the text of a file. */
  edit(file: string, change: (text: string) => string): void {
    this.write(file, change(this.read(file)));
  }

  /** Makes a workspace of the copy, where nx finds the plan of an app by copying it. */
  planByCopying(app: string): void {
    mkdirSync(join(this.root, "node_modules"));
    symlinkSync(join(repository, "node_modules/nx"), join(this.root, "node_modules/nx"));
    cpSync(join(this.root, "apps", app, "plan.out"), join(this.root, "planned"), { recursive: true });
    rmSync(join(this.root, "apps", app, "plan.out"), { recursive: true });
    this.write("package.json", { name: "workspace", private: true, workspaces: ["apps/*"] });
    this.write("nx.json", { analytics: false, neverConnectToCloud: true, useDaemonProcess: false });
    this.write(`apps/${app}/package.json`, { name: app, scripts: { plan: "cp -r ../../planned plan.out" } });
  }
}
