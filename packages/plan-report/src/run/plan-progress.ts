import { type Environment } from "../read/environment";
import { type NxEvent, type NxTask } from "./nx-output";
import { FAILED, PLANNED } from "../render/terminal/progress-line";

/** Turns what nx says into a line for each step and each stack, and leaves out the rest. */
export class PlanProgress {
  private readonly names: ReadonlyMap<string, string>;
  private readonly width: number;
  private building = false;

  constructor(
    environments: readonly Environment[],
    private readonly onLine: (line: string) => void,
  ) {
    this.names = new Map(environments.map(({ project, name }) => [project, name]));
    this.width = Math.max(...environments.map(({ name }) => name.length));
  }

  tell(event: NxEvent): void {
    const text = event.kind === "line" ? this.stackLine(event.task, event.text) : this.stepLine(event);
    if (text === undefined) return;
    const { project, target } = event.task;
    const name = target === "build" ? undefined : this.names.get(project);
    this.onLine(name === undefined ? `  ${text}` : `  ${name.padEnd(this.width)}  ${text}`);
  }

  private stackLine({ project, target }: NxTask, text: string): string | undefined {
    const isOutcome = text.startsWith(`${PLANNED} `) || text.startsWith(`${FAILED} `);
    return target === "plan" && this.names.has(project) && isOutcome ? text : undefined;
  }

  private stepLine({
    kind,
    task: { project, target },
  }: Exclude<NxEvent, { kind: "line" }>): string | undefined {
    const mine = this.names.has(project);
    if (kind === "cached")
      return mine && target === "plan" ? "unchanged since it was planned last" : undefined;
    if (mine && target === "synth") return "synthesizing";
    if (target !== "build" || this.building) return undefined;
    this.building = true;
    return "building";
  }
}
