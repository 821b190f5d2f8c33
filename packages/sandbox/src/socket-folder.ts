import { rmSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A short-lived folder for sockets, named after the process so that a later run can clean up. */
export class SocketFolder {
  private constructor(readonly path: string) {
    process.once("exit", this.discard);
  }

  /**
   * Makes a folder and removes those whose process was killed. Sockets must have short paths (107
   * bytes), hence the system's temporary folder. @throws Error when it is too long for a socket
   */
  static async create(): Promise<SocketFolder> {
    await removeOrphans();
    const path = await mkdtemp(join(tmpdir(), `sbx-${process.pid}-`));
    if (Buffer.byteLength(path) + longestName > 107) {
      await rm(path, { recursive: true, force: true });
      throw new Error(
        `${tmpdir()} is too long a path for Unix sockets (107 bytes): set TMPDIR to a shorter one`,
      );
    }
    return new SocketFolder(path);
  }

  async remove(): Promise<void> {
    process.removeListener("exit", this.discard);
    await rm(this.path, { recursive: true, force: true });
  }

  private readonly discard = (): void => rmSync(this.path, { recursive: true, force: true });
}

const longestName = "/kubernetes".length;

async function removeOrphans(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = /^sbx-(\d+)-/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is there, but may not be signalled.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
