import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Job, type Step, stepOf, workflows } from "./workflow";

/** How a step ended. */
export interface StepOutcome {
  readonly code: number;
  readonly output: string;
  /** Its outputs for later steps. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Values of the expressions in a workflow, by the text between the braces. */
export type Expressions = Readonly<Record<string, string>>;

/** Runs the steps of one job as GitHub's runner does: with bash and the workflow's environment variables. */
export class Runner {
  /** Variables that earlier steps set through `GITHUB_ENV`. */
  private env: Readonly<Record<string, string>> = {};

  /**
   * @param folder the checkout
   * @param given environment variables of every step, in place of the runner's
   */
  constructor(
    private readonly folder: string,
    private readonly workflow: string,
    private readonly job: string,
    private readonly given: NodeJS.ProcessEnv,
    private readonly expressions: Expressions,
  ) {}

  /** Text of the run's summary page. */
  get summary(): string {
    const file = this.file("GITHUB_STEP_SUMMARY");
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  /** Runs a step. @throws Error with its output if it fails */
  async run(step: string): Promise<StepOutcome> {
    const outcome = await this.try(step);
    if (outcome.code !== 0) throw new Error(`${step} ended with ${outcome.code}:\n${outcome.output}`);
    return outcome;
  }

  /** Runs a step that may fail. */
  try(name: string): Promise<StepOutcome> {
    const step = stepOf(this.workflow, this.job, name);
    const { env: ofJob = {} } = workflows.find((workflow) => workflow.name === this.workflow)!.jobs[
      this.job
    ] as Job;
    const files = Object.fromEntries(
      ["GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STEP_SUMMARY"].map((file) => [file, this.file(file)]),
    );
    rmSync(this.file("GITHUB_OUTPUT"), { force: true });
    const env = {
      ...process.env,
      ...this.given,
      ...files,
      ...this.env,
      ...this.values(ofJob),
      ...this.values(step.env),
    };
    return new Promise((resolve) => {
      execFile(
        "bash",
        ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script(step)],
        { cwd: this.folder, env, maxBuffer: 2 ** 28 },
        (error, stdout, stderr) => {
          this.env = { ...this.env, ...this.read("GITHUB_ENV") };
          const code = typeof error?.code === "number" ? error.code : error ? 1 : 0;
          resolve({ code, output: stdout + stderr, outputs: this.read("GITHUB_OUTPUT") });
        },
      );
    });
  }

  private file(name: string): string {
    return join(this.folder, ".git", `${this.job}.${name}`);
  }

  private read(name: string): Record<string, string> {
    if (!existsSync(this.file(name))) return {};
    const lines = readFileSync(this.file(name), "utf8").split("\n").filter(Boolean);
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
  }

  private values(env: Step["env"] = {}): Record<string, string> {
    return Object.fromEntries(
      Object.entries(env).map(([name, value]) => [
        name,
        value.replace(/\$\{\{ (.*?) \}\}/g, (_all, expression: string) => this.value(expression)),
      ]),
    );
  }

  private value(expression: string): string {
    const value = this.expressions[expression];
    if (value === undefined) throw new Error(`${this.workflow}: the test has no value for ${expression}`);
    return value;
  }
}

function script({ name, run }: Step): string {
  if (run === undefined) throw new Error(`${name} runs no command`);
  return run;
}
