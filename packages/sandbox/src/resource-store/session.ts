import { readFileSync } from "node:fs";
import { isRunning } from "@cluster-ipam/cloud-model";

const open = new Set<string>();
let opened = 0;

/** One run of the sandbox, known to other processes by its name. */
export class Session {
  readonly name = `${process.pid}.${startOf(process.pid)}.${++opened}`;

  constructor() {
    open.add(this.name);
  }

  close(): void {
    open.delete(this.name);
  }

  /** Whether the run of that name, in whatever process, has ended or was killed. */
  isOver(name: string): boolean {
    const [pid, start] = name.split(".");
    if (Number(pid) === process.pid && start === startOf(process.pid)) return !open.has(name);
    return !isRunning(Number(pid)) || startOf(Number(pid)) !== start;
  }
}

/** When a process started, so that a number used again is another process; 0 where the system does not tell. */
function startOf(pid: number): string {
  try {
    // The name of the program, in parentheses, may hold spaces.
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[19] ?? "0";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH") return "0";
    throw error;
  }
}
