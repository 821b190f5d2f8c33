import { accessSync, constants, existsSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Period of the CPU scheduler's quota in microseconds: short, so that a run of a second meets many. */
const PERIOD = 20_000;

/** Folder of the CPU controller: the one hierarchy of cgroup v2, or the `cpu` hierarchy of v1. */
const V2 = "/sys/fs/cgroup";
const V1 = "/sys/fs/cgroup/cpu";

/** A control group of Linux that gives its processes a share of one CPU, as Lambda does by memory. */
export class CpuShare {
  private constructor(private readonly folder: string) {}

  /**
   * @param share of one CPU, more than 0
   * @returns undefined where control groups cannot be made: no Linux, not root, or a read-only hierarchy
   */
  static create(share: number): CpuShare | undefined {
    if (!CpuShare.isAvailable()) return undefined;
    const folder = join(hierarchy(), `cluster-ipam-bench-${process.pid}-${share}`);
    mkdirSync(folder);
    const quota = Math.round(share * PERIOD);
    if (hierarchy() === V2) writeFileSync(join(folder, "cpu.max"), `${quota} ${PERIOD}`);
    else {
      writeFileSync(join(folder, "cpu.cfs_period_us"), String(PERIOD));
      writeFileSync(join(folder, "cpu.cfs_quota_us"), String(quota));
    }
    return new CpuShare(folder);
  }

  /** Whether this process can make control groups. */
  static isAvailable(): boolean {
    try {
      accessSync(hierarchy(), constants.W_OK);
      return true;
    } catch {
      return false;
    }
  }

  /** Moves a process into the group. */
  add(pid: number): void {
    writeFileSync(join(this.folder, "cgroup.procs"), String(pid));
  }

  /** Removes the group, whose processes must have ended. */
  remove(): void {
    rmdirSync(this.folder);
  }
}

function hierarchy(): string {
  return existsSync(join(V2, "cgroup.controllers")) ? V2 : V1;
}
