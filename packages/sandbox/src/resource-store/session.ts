import { readFileSync } from "node:fs";
import { isRunning } from "@cluster-ipam/cloud-model";

const open = new Set<string>();
let opened = 0;

/** One run of the sandbox, identified to other processes by its name. */
export class Session {
  readonly name = `${process.pid}.${startOf(process.pid)}.${++opened}`;

  constructor() {
    open.add(this.name);
  }

  close(): void {
    open.delete(this.name);
  }

  /** Whether the run with that name, in any process, has ended or was killed. */
  isOver(name: string): boolean {
    const [pid, start] = name.split(".");
    if (Number(pid) === process.pid && start === startOf(process.pid)) return !open.has(name);
    return !isRunning(Number(pid)) || startOf(Number(pid)) !== start;
  }
}

/** Start time of a process, to tell it from a later process with the same id; 0 when the system does not provide it. */
function startOf(pid: number): string {
  try {
    // The program name, in parentheses, may contain spaces.
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[19] ?? "0";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH") return "0";
    throw error;
  }
}
