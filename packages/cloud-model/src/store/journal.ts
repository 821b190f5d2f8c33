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
    writeFileSync(aside, JSON.stringify({ version, writes }));
    try {
      linkSync(aside, join(this.folder, entryName(sequence)));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    } finally {
      unlinkSync(aside);
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

  /** Removes the temporary files of killed processes. */
  tidy(): void {
    for (const name of existsSync(this.folder) ? readdirSync(this.folder) : []) {
      const pid = /^\.(\d+)\.tmp$/.exec(name)?.[1];
      if (pid !== undefined && !isRunning(Number(pid))) unlinkIfThere(join(this.folder, name));
    }
  }
}

function entryIn(path: string): readonly Write[] {
  try {
    const entry = JSON.parse(readFileSync(path, "utf8")) as {
      version?: number;
      writes: readonly Write[];
    } | null;
    if (entry?.version === version) return entry.writes;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Error(
    `${path} is damaged or was written by another version of the sandbox; remove its folder and the Terraform states made with it (apps/*/state) to start with an empty cloud.`,
  );
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
