import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { systemErrorText } from "@cluster-ipam/address-plan/repository";
import { type Write } from "./transaction";

/** Format of the entries and of their documents: raised when a newer sandbox could not read an older cloud. */
const version = 2;
const entryName = (sequence: number): string => `${String(sequence).padStart(8, "0")}.json`;

/**
 * Transactions in a folder: one file each, numbered without gaps. A transaction is written to a temporary
 * file and linked to the next number, which fails when another process has taken that number. So no lock
 * is needed or left behind, and no entry is ever half written. The journal survives killed processes but
 * not a power failure: nothing is synced to disk.
 */
export class Journal {
  /** @param folder created with the first transaction */
  constructor(readonly folder: string) {}

  /**
   * Appends a transaction under a number. @returns false when the number is taken
   * @throws Error when the folder cannot be written
   */
  append(sequence: number, writes: readonly Write[]): boolean {
    mkdirSync(this.folder, { recursive: true });
    const aside = join(this.folder, `.${process.pid}.tmp`);
    const path = join(this.folder, entryName(sequence));
    try {
      writeFileSync(aside, JSON.stringify({ version, writes }));
      linkSync(aside, path);
      return true;
    } catch (error) {
      // A broken link is taken, but is not there: another process's entry is both.
      if ((error as NodeJS.ErrnoException).code === "EEXIST" && existsSync(path)) return false;
      throw systemError(error, path);
    } finally {
      unlinkIfThere(aside);
    }
  }

  /** Yields the transactions after a number, in order. @throws Error when an entry is damaged */
  *after(sequence: number): IterableIterator<readonly Write[]> {
    for (let next = sequence + 1; ; next++) {
      const path = join(this.folder, entryName(next));
      if (!existsSync(path)) return;
      yield entryIn(path);
    }
  }

  /**
   * Removes the temporary files of killed processes.
   *
   * @throws Error when the folder cannot be read, or an entry is missing
   */
  tidy(): void {
    const names = this.names();
    for (const name of names) {
      const pid = /^\.(\d+)\.tmp$/.exec(name)?.[1];
      if (pid !== undefined && !isRunning(Number(pid))) unlinkIfThere(join(this.folder, name));
    }
    const entries = names.filter((name) => /^\d{8}\.json$/.test(name)).sort();
    const missing = entries.findIndex((name, index) => name !== entryName(index + 1));
    if (missing >= 0)
      throw new Error(`${join(this.folder, entryName(missing + 1))} is missing; ${startOver}`);
  }

  private names(): readonly string[] {
    try {
      return readdirSync(this.folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw systemError(error, this.folder);
    }
  }
}

function entryIn(path: string): readonly Write[] {
  try {
    const entry = JSON.parse(readFileSync(path, "utf8")) as {
      version?: number;
      writes: readonly Write[];
    } | null;
    if (entry?.version === version && isWrites(entry.writes)) return entry.writes;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw systemError(error, path);
  }
  throw new Error(`${path} is damaged or was written by another version of the sandbox; ${startOver}`);
}

const startOver =
  "remove its folder and the Terraform states made with it (apps/*/state) to start with an empty cloud.";

const isWrites = (writes: unknown): boolean =>
  Array.isArray(writes) &&
  writes.every((write: Partial<Write> | null) => typeof write?.kind === "string" && typeof write.id === "string");

/** An error of the operating system as one sentence with the path and a fix; other errors as they are. */
function systemError(error: unknown, path: string): unknown {
  const problem = systemErrorText(error, path);
  return problem === undefined ? error : new Error(`${path}: ${problem}`, { cause: error });
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

/** Whether a process is running on this machine. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
