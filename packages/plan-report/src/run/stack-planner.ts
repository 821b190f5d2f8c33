import { cp, mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { runChild } from "./child-process";
import {
  type Diagnostic,
  diagnosticOfLine,
  diagnosticsOfText,
  type StackFailure,
} from "../terraform/diagnostic";
import { type SynthesizedStack } from "../read/synthesized-stack";
import { terraformEnvironment, type TerraformBinary } from "../terraform/terraform-binary";
import { canonicalPlan } from "../terraform/terraform-plan";

/** The plan of a stack, or why there is none. */
export type PlannedStack =
  | {
      readonly stack: string;
      /** `terraform show -json` of the plan, canonical. */
      readonly plan: Readonly<Record<string, unknown>>;
      readonly warnings: readonly Diagnostic[];
    }
  | { readonly stack: string; readonly failure: StackFailure };

/** What a stack is planned against. */
export type PlannedAgainst = "nothing" | "deployed" | "drift";

export interface StackPlannerProps {
  readonly against: PlannedAgainst;
  readonly terraform: TerraformBinary;
  /** Environment of Terraform; `TF_REATTACH_PROVIDERS` comes in here. */
  readonly env: NodeJS.ProcessEnv;
  /** Existing folder in which each stack gets a copy of its own. */
  readonly workFolder: string;
  readonly abort: AbortSignal;
}

// Terraform merges *_override.tf last: it takes the place of the backend the stack is deployed with, whose
// credentials a plan on this machine does not have.
const BACKEND_OVERRIDE = 'terraform {\n  backend "local" {}\n}\n';

/**
 * Plans one synthesized stack: from scratch on a copy of its folder with an empty local state, or in its folder
 * against the state in its backend. Then too, what Terraform writes, but for its dependency lock, goes to the work
 * folder.
 *
 * @throws InterruptedError if the run is interrupted
 */
export async function planStack(stack: SynthesizedStack, props: StackPlannerProps): Promise<PlannedStack> {
  const { terraform, against, abort } = props;
  const work = join(props.workFolder, stack.name);
  const cwd = against === "nothing" ? work : stack.directory;
  await (against === "nothing" ? copyConfiguration(stack.directory, work) : mkdir(work, { recursive: true }));
  const env = { ...terraformEnvironment(props.env), TF_DATA_DIR: join(work, ".terraform") };
  const file = join(work, "plan.bin");
  const run = (...args: string[]) => runChild(terraform.command, args, { cwd, env, abort });
  const failed = (command: StackFailure["command"], diagnostics: readonly Diagnostic[]): PlannedStack => ({
    stack: stack.name,
    failure: { stack: stack.name, command, diagnostics },
  });

  const init = await run("init", "-input=false", "-no-color");
  if (init.code !== 0)
    return failed("init", diagnosticsOfText(init.stderr || init.stdout, endedWith("init", init.code)));

  const planned = await run("plan", "-input=false", "-json", `-out=${file}`, ...PLAN_OPTIONS[against]);
  const diagnostics = planned.stdout.split("\n").flatMap((line) => diagnosticOfLine(line) ?? []);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return failed("plan", errors);
  if (planned.code !== 0)
    return failed("plan", diagnosticsOfText(planned.stderr, endedWith("plan", planned.code)));

  const shown = await run("show", "-json", file);
  if (shown.code !== 0) return failed("show", diagnosticsOfText(shown.stderr, endedWith("show", shown.code)));
  const plan = canonicalPlan(JSON.parse(shown.stdout) as Record<string, unknown>);
  return { stack: stack.name, plan, warnings: diagnostics };
}

// A plan that nobody applies needs no lock on the state, and the role that makes it may not write one.
const PLAN_OPTIONS: Readonly<Record<PlannedAgainst, readonly string[]>> = {
  nothing: [],
  deployed: ["-lock=false"],
  drift: ["-lock=false", "-refresh-only"],
};

async function copyConfiguration(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await cp(from, to, { recursive: true, filter: (source) => isConfiguration(basename(source)) });
  await writeFile(join(to, "backend_override.tf"), BACKEND_OVERRIDE);
}

/** Not what an earlier deployment left in the folder: its providers, its backend's settings, its state. */
const isConfiguration = (name: string) =>
  name !== ".terraform" && !/\.tfstate(\.backup|\.lock\.info)?$/.test(name);

const endedWith = (command: string, code: number) => `terraform ${command} ended with exit code ${code}`;
