import { rmSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRunning } from "@cluster-ipam/cloud-model";

/** A temporary folder for sockets, named after the process so that a later run can clean up. */
export class SocketFolder {
  private constructor(readonly path: string) {
    process.once("exit", this.discard);
  }

  /**
   * Creates a folder and removes those of killed processes. Socket paths are limited to 107 bytes, so the folder is in
   * the system's temporary folder. @throws Error when even that path is too long
   */
  static async create(): Promise<SocketFolder> {
    await removeOrphans();
    const path = await mkdtemp(join(tmpdir(), `sbx-${process.pid}-`));
    if (Buffer.byteLength(path) + longestName > 107) {
      await rm(path, { recursive: true, force: true });
      throw new Error(`${tmpdir()} is too long for Unix sockets (107 bytes): set TMPDIR to a shorter path`);
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
