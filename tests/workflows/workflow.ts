import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const folder = join(__dirname, "../../.github");

/** One step of a job. */
export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** One job of a workflow. */
export interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly strategy?: { readonly matrix: Readonly<Record<string, unknown>> };
  readonly "runs-on": string;
  readonly "timeout-minutes"?: number;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** A workflow, or a composite action as a workflow with one job. */
export interface Workflow {
  /** File name, or the action's folder. */
  readonly name: string;
  readonly text: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Parses a workflow. */
export const workflowOf = (name: string, text: string): Workflow => ({
  ...(parse(text) as Omit<Workflow, "name" | "text">),
  name,
  text,
});

/** Every workflow of this repository. */
export const workflows: readonly Workflow[] = readdirSync(join(folder, "workflows")).map((name) =>
  workflowOf(name, readFileSync(join(folder, "workflows", name), "utf8")),
);

/** Every composite action of this repository. */
export const actions = readdirSync(join(folder, "actions")).map((name) => {
  const text = readFileSync(join(folder, "actions", name, "action.yml"), "utf8");
  return { name, text, steps: (parse(text) as { runs: { steps: readonly Step[] } }).runs.steps };
});

/** The jobs of a workflow with their names. */
export const jobsOf = ({ jobs }: Workflow): readonly (readonly [string, Job])[] => Object.entries(jobs);

/** A step by its name. @throws Error if the job has none */
export function stepOf(workflow: string, job: string, name: string): Step {
  const found = workflows
    .find((candidate) => candidate.name === workflow)
    ?.jobs[job]?.steps.find((step) => step.name === name);
  if (!found) throw new Error(`${workflow}: the job ${job} has no step "${name}"`);
  return found;
}
