import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { AddressPlan } from "@cluster-ipam/address-plan";
import { Command, Option } from "commander";
import writeFileAtomic from "write-file-atomic";
import { ACKNOWLEDGEMENTS_FILE, parseAcknowledgements } from "../read/acknowledgements";
import { type AddressNode, addressesOf, addressReport } from "../read/address-report";
import { readBase } from "../read/comparison-base";
import { runCommand } from "./run-command";
import { comment } from "../render/markdown/comment";
import { type Environment, environments, workspaceRoot } from "../read/environment";
import { readEnvironment, type ReadEnvironment } from "../read/environment-plan";
import { htmlPage } from "../render/page/page";
import { readPageAssets } from "../render/page/page-assets";
import { type EnvironmentPlan } from "../read/plan-document";
import { planEnvironments } from "../run/plan-environments";
import { PlanError } from "../plan-error";
import { loadRules } from "../policy/policy-module";
import { type Review, review } from "../review/review";
import { DEFAULT_RULES } from "../policy/rules/default-rules";
import { exclusively } from "../run/workspace-lock";
import { describeCounts } from "../terraform/stack-plan";
import { findTerraform } from "../terraform/terraform-binary";

type Format = "markdown" | "html" | "json";

interface Options {
  readonly env?: string[];
  readonly base?: string;
  readonly policy?: string;
  readonly format: Format;
  readonly output?: string;
  readonly plans?: string;
  readonly plan?: boolean;
  readonly elsewhere?: string;
}

/** What is reported, in whatever form. */
interface Report {
  readonly reviews: readonly Review[];
  /** The address plan, as far as it concerns these environments. */
  readonly tree: readonly AddressNode[];
}

/** The policy is violated; everything else worked. */
const VIOLATED = 2;

async function run(options: Options, abort: AbortSignal): Promise<number> {
  const root = workspaceRoot(process.cwd());
  const chosen = environments(root, options.env ?? []);
  checkOptions(options, chosen);
  const addresses = addressReport(AddressPlan.load({ directory: root }));
  const base = options.base === undefined ? undefined : readBase(options.base, root);
  const rules = options.policy === undefined ? DEFAULT_RULES : await loadRules(options.policy);
  const acknowledgements = readAcknowledgements(root);
  const failures = options.plan ? await plan(root, chosen, abort) : [];
  const reviews = chosen.map((environment) => {
    const read = failed(environment, failures) ?? readEnvironment(placed(environment, options));
    const { terraform = { product: "Terraform", version: "unknown" } } = read;
    return review({ ...read, terraform, addresses, base, rules, acknowledgements });
  });
  const { tree } = addressesOf(addresses, options.env ?? []);
  const report = { reviews, tree };
  if (options.output === undefined) process.stdout.write(rendered(report, options.format, options));
  else await writeAll(options.output, report, options);
  return exitCode(reviews);
}

function checkOptions({ format, output, plan, plans }: Options, chosen: readonly Environment[]): void {
  if (output === undefined && format === "markdown" && chosen.length > 1) {
    const names = chosen.map(({ name }) => name).join(", ");
    throw new PlanError(
      `--format markdown: a comment is of one environment, not of ${names}; choose one with --env, or write all with --output`,
    );
  }
  if (plan && plans !== undefined)
    throw new PlanError("--plans: --plan makes the plans under apps; leave one of the two out");
}

/** Plans as `npm run plan` does; gives back the environments that could not be planned at all. */
async function plan(
  root: string,
  chosen: readonly Environment[],
  abort: AbortSignal,
): Promise<EnvironmentPlan[]> {
  const terraform = findTerraform();
  const names = new Intl.ListFormat("en").format(chosen.map(({ name }) => name));
  process.stderr.write(`Planning ${names} with ${terraform.product} ${terraform.version}\n`);
  const { environments: planned } = await exclusively(root, () =>
    planEnvironments({
      ...{ root, environments: chosen, terraform, abort },
      addresses: { tree: [], clusters: [] },
      onProgress: (line) => process.stderr.write(`${line}\n`),
    }),
  );
  return planned.filter(({ failure }) => failure !== undefined);
}

function failed({ name }: Environment, failures: readonly EnvironmentPlan[]): ReadEnvironment | undefined {
  const plan = failures.find((environment) => environment.name === name);
  return plan && { plan, resources: [] };
}

const placed = ({ name, app }: Environment, { plans }: Options) => ({
  name,
  app: plans === undefined ? app : resolve(plans, name),
});

function readAcknowledgements(root: string) {
  const file = join(root, ACKNOWLEDGEMENTS_FILE);
  return existsSync(file) ? parseAcknowledgements(readFileSync(file, "utf8")) : [];
}

function rendered({ reviews, tree }: Report, format: Format, options: Options): string {
  switch (format) {
    case "json":
      return `${JSON.stringify({ formatVersion: 1, environments: reviews }, undefined, 2)}\n`;
    case "html":
      return htmlPage(reviews, tree, readPageAssets());
    case "markdown":
      return reviews.map((each) => comment(each, { elsewhere: options.elsewhere })).join("\n");
  }
}

async function writeAll(output: string, report: Report, options: Options): Promise<void> {
  const { reviews, tree } = report;
  mkdirSync(output, { recursive: true });
  const files = [
    ["index.html", rendered(report, "html", options), "the page: open it in a browser"],
    ...reviews.map((each) => [
      `${each.environment}.md`,
      rendered({ reviews: [each], tree }, "markdown", options),
      `the comment on ${each.environment}: ${describeCounts(each.counts)}`,
    ]),
    ["report.json", rendered(report, "json", options), "everything, for programs"],
  ] as const;
  const width = Math.max(...files.map(([name = ""]) => name.length)) + output.length + 1;
  for (const [name = "", text = "", what = ""] of files) {
    const path = join(output, name);
    await writeFileAtomic(path, text);
    process.stdout.write(`  ${relative(process.cwd(), resolve(path)).padEnd(width)}  ${what}\n`);
  }
  for (const { environment, verdict } of reviews) {
    const broken = verdict.rules.filter(({ findings }) => findings.length > 0).map(({ name }) => name);
    if (broken.length > 0)
      process.stderr.write(`${environment}: the policy is violated: ${broken.join(", ")}\n`);
  }
}

function exitCode(reviews: readonly Review[]): number {
  const unplanned = reviews.filter(({ planned }) => !planned).map(({ environment }) => environment);
  if (unplanned.length > 0) {
    process.stderr.write(
      `plan-report: not planned completely: ${unplanned.join(", ")}; the report says why\n`,
    );
    return 1;
  }
  return reviews.every(({ verdict }) => verdict.ok) ? 0 : VIOLATED;
}

const program = new Command("plan-report")
  .description(
    "Shows a reviewer what the plans of environments change and which addresses they take, and judges them by a " +
      "policy. Exit code: 0 if the policy is kept, 2 if it is violated, 1 for an error or a stack that is not planned.",
  )
  .option("--env <name...>", "the environments: folders under apps/ (default: all)")
  .option(
    "--base <folder or git ref>",
    "what addresses are compared with (default: everything counts as new)",
  )
  .option("--policy <module>", "a JavaScript module that exports `rules` (default: the rules in the README)")
  .addOption(
    new Option("--format <format>", "what to print")
      .choices(["markdown", "html", "json"])
      .default("markdown"),
  )
  .option("--output <folder>", "write the page, a comment for each environment and the JSON there instead")
  .option("--plans <folder>", "where `<environment>/plan.out` is (default: apps)")
  .option("--plan", "plan first, in the sandbox, as `npm run plan` does")
  .option(
    "--elsewhere <sentence>",
    "Markdown that tells where the whole report is, for a comment that was cut",
  )
  .allowExcessArguments(false)
  .action((options: Options) => runCommand("plan-report", (abort) => run(options, abort)));

void program.parseAsync();
