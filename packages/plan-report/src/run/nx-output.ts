/** A target of an nx project. */
export interface NxTask {
  readonly project: string;
  readonly target: string;
}

/** The meaning of one line of nx's output. */
export type NxEvent =
  | { readonly kind: "started"; readonly task: NxTask }
  /** The result came from nx's cache. The task's cached output is not repeated as lines. */
  | { readonly kind: "cached"; readonly task: NxTask }
  | { readonly kind: "line"; readonly task: NxTask; readonly text: string };

/**
 * Parses the output of `nx run-many --output-style=stream` line by line: a header per task that starts or comes from
 * the cache, lines of running tasks prefixed with their project, and the failed tasks at the end.
 */
export class NxOutput {
  /** Tasks that failed, in nx's order. */
  readonly failed: NxTask[] = [];
  private readonly running = new Map<string, NxTask>();
  private readonly outputs = new Map<string, string[]>();
  private readonly lines: string[] = [];
  private inFailureList = false;

  /** Parses one line; undefined if it is neither a task's header nor its output. */
  read(line: string): NxEvent | undefined {
    this.lines.push(line);
    const [, project, target, note] = /^> nx run (\S+):([^\s:]+)(?:\s+\[(.+)\])?\s*$/.exec(line) ?? [];
    if (project !== undefined && target !== undefined) return this.header({ project, target }, note);
    if (/^Failed tasks:/.test(line)) this.inFailureList = true;
    const [, failedProject, failedTarget] = (this.inFailureList && /^- (\S+):([^\s:]+)$/.exec(line)) || [];
    if (failedProject !== undefined && failedTarget !== undefined) {
      this.failed.push({ project: failedProject, target: failedTarget });
      return undefined;
    }
    return this.taskLine(line);
  }

  /** Output of a task in this run, without npm's own lines. */
  outputOf(task: NxTask): string {
    return (this.outputs.get(key(task)) ?? []).join("\n").trim();
  }

  /** All of nx's output, for when nx itself fails. */
  get text(): string {
    return this.lines.join("\n").trim();
  }

  private header(task: NxTask, note: string | undefined): NxEvent {
    if (note !== undefined) return { kind: "cached", task };
    this.running.set(task.project, task);
    return { kind: "started", task };
  }

  private taskLine(line: string): NxEvent | undefined {
    const end = line.indexOf(": ");
    const task = end < 0 ? undefined : this.running.get(line.slice(0, end));
    if (task === undefined) return undefined;
    const text = line.slice(end + 2);
    if (/^(npm (warn|error|notice)\b|> )/i.test(text)) return undefined;
    const output = this.outputs.get(key(task)) ?? [];
    output.push(text);
    this.outputs.set(key(task), output);
    return { kind: "line", task, text };
  }
}

const key = ({ project, target }: NxTask) => `${project}:${target}`;
