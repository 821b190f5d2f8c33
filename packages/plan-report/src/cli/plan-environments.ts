import { withWorkspaceLock } from "@cluster-ipam/address-plan/repository";
import { Command } from "commander";
import { createColors } from "picocolors";
import { selectEnvironments } from "../read/address-report";
import { defaultBase } from "../read/comparison-base";
import { environments, workspaceRoot } from "../read/environment";
import { readProposedChange } from "../read/proposed-change";
import { readRecordedStacks } from "../read/recorded-stacks";
import { withReview } from "../review/plan-review";
import { terminalReport } from "../render/terminal/terminal-report";
import { planEnvironments } from "../run/plan-environments";
import { findTerraform } from "../terraform/terraform-binary";
import { runCommand } from "./run-command";

interface CommandOptions {
  readonly env?: string[];
  readonly base?: string;
  readonly json?: boolean;
}

/** Exit code for a change of the lock that needs a decision. */
const POLICY_VIOLATED = 2;

async function plan(options: CommandOptions, abort: AbortSignal): Promise<number> {
  const { env = [], json = false } = options;
  const root = workspaceRoot(process.cwd());
  const selected = environments(root, env);
  const terraform = findTerraform();
  const change = readProposedChange(root, options.base ?? defaultBase(root));

  // With --json, standard output gets only the document.
  const progress = json ? process.stderr : process.stdout;
  const names = new Intl.ListFormat("en").format(selected.map(({ name }) => name));
  progress.write(`Planning ${names} with ${terraform.product} ${terraform.version}\n`);
  const planned = await withWorkspaceLock(root, () =>
    planEnvironments({
      ...{ root, environments: selected, terraform, lock: change.lock },
      addresses: selectEnvironments(change.addresses, env),
      abort,
      onProgress: (line) => progress.write(`${line}\n`),
    }),
  );
  const document = withReview(planned, change, readRecordedStacks(environments(root, []), change.lock));
  if (json) {
    process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
    if (!document.ok) process.stderr.write(`\n${terminalReport(document, createColors(false))}\n`);
  } else {
    const colors = createColors(process.stdout.isTTY === true && !process.env["NO_COLOR"]);
    process.stdout.write(`\n${terminalReport(document, colors)}\n`);
  }
  if (!document.ok) return 1;
  return document.review.ok ? 0 : POLICY_VIOLATED;
}

const program = new Command("npm run plan")
  .usage("-- [options]")
  .description(
    "Builds, synthesizes and plans the environments under apps/ with Terraform, from an empty state. Shows the " +
      "planned changes, the owner of every address block and the capacity of every cluster, and how the lock differs " +
      "from a base. Needs no cloud account. Exit code: 0, 1 for an error or an incomplete plan, 2 if the lock moves or " +
      "frees addresses, or retires a cluster, without an acknowledgement.",
  )
  .option("--env <name...>", "environments to plan: folders under apps/ (default: all)")
  .option(
    "--base <folder or git ref>",
    "compare the lock with this base (default: HEAD, if it has a lock; otherwise nothing)",
  )
  .option("--json", "print a JSON document (ReviewedPlan); use `npm run --silent plan -- --json`")
  .allowExcessArguments(false)
  .action((options: CommandOptions) => runCommand("plan", (abort) => plan(options, abort)));

void program.parseAsync();
