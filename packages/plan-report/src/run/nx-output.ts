/** A target of a project, as nx runs it. */
export interface NxTask {
  readonly project: string;
  readonly target: string;
}

/** What a line of nx's output means. */
export type NxEvent =
  | { readonly kind: "started"; readonly task: NxTask }
  /** The outcome is taken from nx's cache; what the task printed long ago is not repeated as lines. */
  | { readonly kind: "cached"; readonly task: NxTask }
  | { readonly kind: "line"; readonly task: NxTask; readonly text: string };

/**
 * Understands what `nx run-many --output-style=stream` prints, line by line: a header for each task that begins or
 * comes from the cache, lines of running tasks with the project's name in front, failed tasks at the end.
 */
export class NxOutput {
  readonly failed: NxTask[] = [];
  private readonly running = new Map<string, NxTask>();
  private readonly printed = new Map<string, string[]>();
  private readonly everything: string[] = [];
  private atFailures = false;

  /** Takes one line; undefined if it is nx's own noise. */
  read(line: string): NxEvent | undefined {
    this.everything.push(line);
    const [, project, target, note] = /^> nx run (\S+):([^\s:]+)(?:\s+\[(.+)\])?\s*$/.exec(line) ?? [];
    if (project !== undefined && target !== undefined) return this.header({ project, target }, note);
    if (/^Failed tasks:/.test(line)) this.atFailures = true;
    const [, failedProject, failedTarget] = (this.atFailures && /^- (\S+):([^\s:]+)$/.exec(line)) || [];
    if (failedProject !== undefined && failedTarget !== undefined) {
      this.failed.push({ project: failedProject, target: failedTarget });
      return undefined;
    }
    return this.taskLine(line);
  }

  /** What a task printed in this run, without what npm adds. */
  printedBy(task: NxTask): string {
    return (this.printed.get(key(task)) ?? []).join("\n").trim();
  }

  /** All of nx's output, for the case that nx itself fails. */
  get text(): string {
    return this.everything.join("\n").trim();
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
    const printed = this.printed.get(key(task)) ?? [];
    printed.push(text);
    this.printed.set(key(task), printed);
    return { kind: "line", task, text };
  }
}

const key = ({ project, target }: NxTask) => `${project}:${target}`;
