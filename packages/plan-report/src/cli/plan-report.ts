import { resolve } from "node:path";
import { withWorkspaceLock } from "@cluster-ipam/address-plan/repository";
import { Command, Option } from "commander";
import { PlanError } from "../errors/plan-error";
import { loadRules } from "../policy/policy-module";
import { DEFAULT_RULES } from "../policy/rules/default-rules";
import { selectEnvironments } from "../read/address-report";
import { type Environment, environments, workspaceRoot } from "../read/environment";
import { type EnvironmentPlan } from "../read/plan-document";
import { type PlannedEnvironment, readPlannedEnvironment } from "../read/planned-environment";
import { type ProposedChange, readProposedChange } from "../read/proposed-change";
import { readRecordedStacks, type RecordedStacks } from "../read/recorded-stacks";
import { type Review, review } from "../review/review";
import { planEnvironments } from "../run/plan-environments";
import { findTerraform } from "../terraform/terraform-binary";
import { type ReportFormat, renderReport, writeReport } from "./report-output";
import { runCommand } from "./run-command";

interface CommandOptions {
  readonly env?: string[];
  readonly base?: string;
  readonly policy?: string;
  readonly format: ReportFormat;
  readonly output?: string;
  readonly plans?: string;
  readonly plan?: boolean;
  readonly fullReportLink?: string;
}

/** Exit code for a policy violation. */
const POLICY_VIOLATED = 2;

async function reportPlans(options: CommandOptions, abort: AbortSignal): Promise<number> {
  const { env = [], fullReportLink } = options;
  const root = workspaceRoot(process.cwd());
  const selected = environments(root, env);
  checkOptions(options, selected);
  const change = readProposedChange(root, options.base);
  const rules = options.policy === undefined ? DEFAULT_RULES : await loadRules(options.policy);
  const failures = options.plan ? await planFirst(root, selected, change, abort) : [];
  const recorded = readRecordedStacks(environments(root, []), change.lock);
  const reviews = selected.map((environment) => {
    const planned = failedEnvironment(environment, failures) ?? readPlans(environment, recorded, options);
    const { terraform = { product: "Terraform", version: "unknown" } } = planned;
    return review({ ...planned, ...change, terraform, recorded, rules });
  });
  const { tree } = selectEnvironments(change.addresses, env);
  if (options.output === undefined) {
    process.stdout.write(renderReport({ reviews, tree }, options.format, { fullReportLink }));
  } else {
    writeReport(options.output, { reviews, tree }, { fullReportLink });
    printViolations(reviews);
  }
  return exitCode(reviews);
}

function checkOptions(
  { format, output, plan, plans }: CommandOptions,
  selected: readonly Environment[],
): void {
  if (output === undefined && format === "markdown" && selected.length > 1) {
    const names = selected.map(({ name }) => name).join(", ");
    throw new PlanError(
      `--format markdown: a comment covers one environment, not ${names}; select one with --env, or write all with --output`,
    );
  }
  if (plan && plans !== undefined)
    throw new PlanError("--plans: --plan writes its plans under apps; remove one of the two options");
}

/** Plans as `npm run plan` does. Returns the environments that failed before Terraform could plan a stack. */
async function planFirst(
  root: string,
  selected: readonly Environment[],
  { lock }: ProposedChange,
  abort: AbortSignal,
): Promise<EnvironmentPlan[]> {
  const terraform = findTerraform();
  const names = new Intl.ListFormat("en").format(selected.map(({ name }) => name));
  process.stderr.write(`Planning ${names} with ${terraform.product} ${terraform.version}\n`);
  const { environments: plans } = await withWorkspaceLock(root, () =>
    planEnvironments({
      ...{ root, environments: selected, lock, terraform, abort },
      addresses: { tree: [], clusters: [] },
      onProgress: (line) => process.stderr.write(`${line}\n`),
    }),
  );
  return plans.filter(({ failure }) => failure !== undefined);
}

function failedEnvironment(
  { name }: Environment,
  failures: readonly EnvironmentPlan[],
): PlannedEnvironment | undefined {
  const plan = failures.find((environment) => environment.name === name);
  return plan && { plan, resources: [] };
}

const readPlans = (
  { name, app }: Environment,
  recorded: ReadonlyMap<string, RecordedStacks>,
  { plans }: CommandOptions,
) =>
  readPlannedEnvironment({ name, app: plans === undefined ? app : resolve(plans, name) }, recorded.get(name));

function printViolations(reviews: readonly Review[]): void {
  for (const { environment, verdict } of reviews) {
    const violated = verdict.rules.filter(({ findings }) => findings.length > 0).map(({ name }) => name);
    if (violated.length > 0)
      process.stderr.write(`${environment}: policy violation: ${violated.join(", ")}\n`);
  }
}

function exitCode(reviews: readonly Review[]): number {
  const incomplete = reviews.filter(({ planned }) => !planned).map(({ environment }) => environment);
  if (incomplete.length > 0) {
    process.stderr.write(`plan-report: incomplete plan: ${incomplete.join(", ")}; see the report\n`);
    return 1;
  }
  return reviews.every(({ verdict }) => verdict.ok) ? 0 : POLICY_VIOLATED;
}

const program = new Command("plan-report")
  .description(
    "Reports what the plans of environments change and which addresses they use, and checks them against a policy. " +
      "Exit code: 0 if the policy passes, 2 if it is violated, 1 for an error or an incomplete plan.",
  )
  .option("--env <name...>", "environments: folders under apps/ (default: all)")
  .option(
    "--base <folder or git ref>",
    "compare addresses with this base (default: everything counts as new)",
  )
  .option("--policy <module>", "a JavaScript module that exports `rules` (default: the rules in the README)")
  .addOption(
    new Option("--format <format>", "what to print")
      .choices(["markdown", "html", "json"])
      .default("markdown"),
  )
  .option(
    "--output <folder>",
    "write the page, one comment per environment and the JSON to this folder instead",
  )
  .option("--plans <folder>", "folder that contains `<environment>/plan.out` (default: apps)")
  .option("--plan", "plan first, in the sandbox, as `npm run plan` does")
  .option(
    "--full-report-link <markdown>",
    "sentence that links to the full report, for a comment that had to be cut",
  )
  .allowExcessArguments(false)
  .action((options: CommandOptions) => runCommand("plan-report", (abort) => reportPlans(options, abort)));

void program.parseAsync();
