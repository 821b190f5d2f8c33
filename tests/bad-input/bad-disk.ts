import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Workspace } from "./workspace";

/** A folder on the disk, below a workspace. */
export const DISK = "disk";

/** What a disk does not let a command do: write bytes, or anything. */
export type Disk = "full" | "read-only";

/** How a command on a disk ended. */
export interface Ended {
  readonly code: number;
  readonly output: string;
  /** The files that are left on the disk, with what they hold. */
  readonly left: Readonly<Record<string, string>>;
}

const spoil: Readonly<Record<Disk, string>> = {
  full: 'cat /dev/zero 2>/dev/null >"$DISK/fill"',
  "read-only": 'mount -o remount,bind,ro "$DISK"',
};

/**
 * Runs a command while a disk of 256 kB, with what was {@link put} there, is full or read-only. The disk is mounted in a
 * namespace of the command's own, so that no user needs rights for it, and goes with the command.
 */
export function onDisk(
  state: Disk,
  workspace: Workspace,
  command: readonly string[],
  { env = {}, cwd = workspace.folder }: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {},
): Promise<Ended> {
  const disk = workspace.path(DISK);
  const script = `
    mount -t tmpfs -o size=256k tmpfs "$DISK" && cp -r "$CONTENT/." "$DISK" || exit 99
    ${spoil[state]}
    cd "$FROM" && "$@"; code=$?
    rm -f "$DISK/fill" 2>/dev/null; cp -r "$DISK/." "$LEFT"
    exit $code`;
  for (const folder of [DISK, "content", "left"]) mkdirSync(workspace.path(folder), { recursive: true });
  const variables = {
    DISK: disk,
    CONTENT: workspace.path("content"),
    LEFT: workspace.path("left"),
    FROM: cwd,
  };
  return new Promise((resolve) => {
    execFile(
      "unshare",
      ["--map-root-user", "--mount", "sh", "-c", script, "sh", ...command],
      { cwd: workspace.folder, env: { ...process.env, ...variables, ...env } },
      (error, stdout, stderr) =>
        resolve({
          code: error === null ? 0 : Number(error.code),
          output: `${stdout}${stderr}`,
          left: filesIn(workspace.path("left")),
        }),
    );
  });
}

/** Every file of a folder, by its path there, with its text. */
export function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}

/** Puts a file on the disk, before it is full or read-only. */
export function put(workspace: Workspace, path: string, text: string): void {
  const file = workspace.path("content", path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
