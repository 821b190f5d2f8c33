import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  appendFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = join(__dirname, "..");

/** Folders whose projects are built here: their output is copied to the checkout. */
const projects = [".github/automation", ...["packages", "apps"].flatMap(foldersIn)];
const built = projects
  .flatMap((project) => ["dist", "tsconfig.tsbuildinfo"].map((part) => join(project, part)))
  .filter((path) => existsSync(join(root, path)));

function foldersIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder)).map((name) => join(folder, name));
}

/** This repository as a runner checks it out and builds it, in a temporary folder, with a history of its own. */
export class Checkout {
  private constructor(readonly folder: string) {}

  static async make(): Promise<Checkout> {
    const checkout = new Checkout(mkdtempSync(join(realpathSync(tmpdir()), "checkout-")));
    const listed = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    const { stdout } = await run("git", listed, { cwd: root, maxBuffer: 16 * 1024 * 1024 });
    for (const path of [...stdout.split("\0").filter(Boolean), ...built])
      cpSync(join(root, path), checkout.path(path), { recursive: true, preserveTimestamps: true });
    for (const project of [".", ...projects].filter((path) => existsSync(join(root, path, "node_modules"))))
      symlinkSync(join(root, project, "node_modules"), checkout.path(project, "node_modules"));
    await checkout.git("init", "-q", "-b", "main");
    appendFileSync(checkout.path(".git/info/exclude"), "node_modules\n.nx\n");
    await checkout.commit("start");
    return checkout;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  /** Appends to a file. */
  append(file: string, text: string): void {
    appendFileSync(this.path(file), text);
  }

  async git(...args: readonly string[]): Promise<string> {
    const identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"];
    return (await run("git", [...identity, ...args], { cwd: this.folder })).stdout.trim();
  }

  /** Commits everything. @returns the commit's hash */
  async commit(message: string): Promise<string> {
    await this.git("add", "-A");
    await this.git("commit", "-q", "-m", message);
    return this.git("rev-parse", "HEAD");
  }
}
