import { cp, mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { isRetired } from "@cluster-ipam/address-plan/stacks";
import { runChild } from "./child-process";
import {
  type Diagnostic,
  parseDiagnosticLine,
  parseDiagnosticText,
  type StackFailure,
} from "../terraform/diagnostic";
import { type SynthesizedStack } from "../read/synthesized-stack";
import { terraformEnvironment, type TerraformBinary } from "../terraform/terraform-binary";
import { type PlannedStack } from "../terraform/planned-stack";
import { canonicalPlan } from "../terraform/terraform-plan";

/** What to plan against: an empty state, the deployed state, or the drift of the deployed state. */
export type PlannedAgainst = "nothing" | "deployed" | "drift";

export interface StackPlannerProps {
  readonly against: PlannedAgainst;
  readonly terraform: TerraformBinary;
  /** Environment variables for Terraform, for example `TF_REATTACH_PROVIDERS`. */
  readonly env: NodeJS.ProcessEnv;
  /** Existing folder for working copies, one per stack. */
  readonly workFolder: string;
  readonly abort: AbortSignal;
}

// Terraform merges *_override.tf files last, so this replaces the stack's own backend, for which this machine may have
// no credentials.
const BACKEND_OVERRIDE = 'terraform {\n  backend "local" {}\n}\n';

/**
 * Plans one synthesized stack: on a copy of its folder with an empty local state, or in its own folder against the
 * state in its backend. In both cases everything Terraform writes goes to the work folder, except the dependency lock
 * file.
 *
 * @throws InterruptedError if `abort` fires
 */
export async function planStack(stack: SynthesizedStack, props: StackPlannerProps): Promise<PlannedStack> {
  const { terraform, against, abort } = props;
  const work = join(props.workFolder, stack.name);
  const cwd = against === "nothing" ? work : stack.directory;
  await (against === "nothing" ? copyConfiguration(stack.directory, work) : mkdir(work, { recursive: true }));
  const env = { ...terraformEnvironment(props.env), TF_DATA_DIR: join(work, ".terraform") };
  const file = join(work, "plan.bin");
  const run = (...args: string[]) => runChild(terraform.command, args, { cwd, env, abort, timeout: TIMEOUT[against] });
  const failed = (command: StackFailure["command"], diagnostics: readonly Diagnostic[]): PlannedStack => ({
    stack: stack.name,
    failure: { stack: stack.name, command, diagnostics },
  });

  const init = await run("init", "-input=false", "-no-color");
  if (init.code !== 0)
    return failed("init", parseDiagnosticText(init.stderr || init.stdout, exited("init", init.code)));

  const nothingLeft =
    against !== "nothing" && isRetired(stack.directory) && isEmpty((await run("state", "list")).stdout);
  const options = [...PLAN_OPTIONS[against], ...(nothingLeft ? NO_LOOKUPS : [])];
  const planned = await run("plan", "-input=false", "-json", `-out=${file}`, ...options);
  const diagnostics = planned.stdout.split("\n").flatMap((line) => parseDiagnosticLine(line) ?? []);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return failed("plan", errors);
  if (planned.code !== 0)
    return failed("plan", parseDiagnosticText(planned.stderr, exited("plan", planned.code)));

  const shown = await run("show", "-json", file);
  if (shown.code !== 0) return failed("show", parseDiagnosticText(shown.stderr, exited("show", shown.code)));
  const plan = canonicalPlan(JSON.parse(shown.stdout) as Record<string, unknown>);
  return { stack: stack.name, plan, warnings: diagnostics };
}

// Milliseconds. A plan from an empty state asks nothing but the providers; the other plans read every resource of a cloud.
const TIMEOUT: Readonly<Record<PlannedAgainst, number>> = {
  nothing: 10 * 60_000,
  deployed: 60 * 60_000,
  drift: 60 * 60_000,
};

// The plan is not applied, so it needs no state lock, and a read-only role could not create one.
const PLAN_OPTIONS: Readonly<Record<PlannedAgainst, readonly string[]>> = {
  nothing: [],
  deployed: ["-lock=false"],
  drift: ["-lock=false", "-refresh-only"],
};

/** Whether a state's list has data sources only. */
const isEmpty = (list: string) =>
  list.split("\n").every((address) => address === "" || /(^|\.)data\./.test(address));

// The lookups of a retired stack's providers fail once its cluster is gone. With a target, Terraform skips all else.
const NO_LOOKUPS: readonly string[] = ["-target=terraform_data.nothing"];

async function copyConfiguration(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await cp(from, to, { recursive: true, filter: (source) => isConfiguration(basename(source)) });
  await writeFile(join(to, "backend_override.tf"), BACKEND_OVERRIDE);
}

/** Excludes what an earlier deployment left in the folder: providers, backend settings and state. */
const isConfiguration = (name: string) =>
  name !== ".terraform" && !/\.tfstate(\.backup|\.lock\.info)?$/.test(name);

const exited = (command: string, code: number) => `terraform ${command} exited with code ${code}`;
