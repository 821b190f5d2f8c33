import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

const cache = join(__dirname, "../node_modules/.cache/python-packages");

/** Where the packages of a `requirements.txt` are, or why they are not. Programs are in the folder `bin` there. */
export type PythonPackages = { readonly path: string } | { readonly missing: string };

/**
 * Installs the packages of a `requirements.txt` with pip, once for each version of the file and of Python, in
 * `node_modules/.cache`. Nothing outside of it changes.
 *
 * @param requirements path of the file
 * @throws Error in CI, where they have to be there
 */
export function pythonPackages(requirements: string): PythonPackages {
  try {
    const python = output("--version");
    const key = createHash("sha256")
      .update(python)
      .update(readFileSync(requirements))
      .digest("hex")
      .slice(0, 16);
    const path = join(cache, key);
    if (!existsSync(path)) install(requirements, path);
    return { path };
  } catch (error) {
    if (process.env["CI"]) throw error;
    return { missing: String((error as Error).message).split("\n")[0]! };
  }
}

/** An interrupted installation is not taken for a complete one. */
function install(requirements: string, path: string): void {
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, "unfinished-"));
  try {
    output(
      "-m",
      "pip",
      "install",
      "--quiet",
      "--no-compile",
      "--target",
      unfinished,
      "--requirement",
      requirements,
    );
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another test file may have installed the same packages meanwhile.
    if (!existsSync(path)) throw error;
  }
}

const output = (...args: readonly string[]): string =>
  execFileSync("python3", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
