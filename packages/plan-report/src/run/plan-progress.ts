import { type Environment } from "../read/environment";
import { FAILED, PLANNED } from "../render/terminal/progress-line";
import { type NxEvent, type NxTask } from "./nx-output";

/** Reduces nx's events to one line per step and per stack. */
export class PlanProgress {
  private readonly names: ReadonlyMap<string, string>;
  private readonly width: number;
  private hasBuildStarted = false;

  /** @param onLine gets each line, without a line end */
  constructor(
    environments: readonly Environment[],
    private readonly onLine: (line: string) => void,
  ) {
    this.names = new Map(environments.map(({ project, name }) => [project, name]));
    this.width = Math.max(...environments.map(({ name }) => name.length));
  }

  /** Reports an event, if it is worth a line. */
  handle(event: NxEvent): void {
    const text = event.kind === "line" ? this.stackLine(event.task, event.text) : this.stepLine(event);
    if (text === undefined) return;
    const { project, target } = event.task;
    const name = target === "build" ? undefined : this.names.get(project);
    this.onLine(name === undefined ? `  ${text}` : `  ${name.padEnd(this.width)}  ${text}`);
  }

  private stackLine({ project, target }: NxTask, text: string): string | undefined {
    const isResult = text.startsWith(`${PLANNED} `) || text.startsWith(`${FAILED} `);
    return target === "plan" && this.names.has(project) && isResult ? text : undefined;
  }

  private stepLine({
    kind,
    task: { project, target },
  }: Exclude<NxEvent, { kind: "line" }>): string | undefined {
    const isEnvironment = this.names.has(project);
    if (kind === "cached")
      return isEnvironment && target === "plan" ? "unchanged since the last plan" : undefined;
    if (isEnvironment && target === "synth") return "synthesizing";
    if (target !== "build" || this.hasBuildStarted) return undefined;
    this.hasBuildStarted = true;
    return "building";
  }
}
