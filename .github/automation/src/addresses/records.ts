import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The lock, and the record of every app. */
const FILES = [":(top)addresses.lock.json", ":(top,glob)apps/*/stacks.lock.json"];

/**
 * The lock and the records that differ from the commit.
 *
 * @param root absolute path of the repository
 * @returns paths relative to it
 */
export async function changedRecords(root: string): Promise<string[]> {
  const args = ["status", "--porcelain", "--untracked-files=all", "-z", "--", ...FILES];
  const { stdout } = await run("git", args, { cwd: root });
  return stdout
    .split("\0")
    .filter(Boolean)
    .map((line) => line.slice(3));
}

/** Copies the lock and the records that differ from the commit. @returns their paths relative to the repository */
export async function copyRecords(root: string, folder: string): Promise<string[]> {
  const changed = await changedRecords(root);
  for (const file of changed) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  return changed;
}

/** The text of each file in a folder, by path. Empty if there is no folder. */
export function recordsIn(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.sort().map((file) => [relative(folder, file), readFileSync(file, "utf8")]));
}
