import { AddressPlan } from "@cluster-ipam/address-plan";
import { Command } from "commander";
import { createColors } from "picocolors";
import { addressesOf, addressReport } from "../read/address-report";
import { runCommand } from "./run-command";
import { environments, workspaceRoot } from "../read/environment";
import { planEnvironments } from "../run/plan-environments";
import { report } from "../render/terminal/terminal-report";
import { exclusively } from "../run/workspace-lock";
import { findTerraform } from "../terraform/terraform-binary";

interface Options {
  readonly env?: string[];
  readonly json?: boolean;
}

async function plan(options: Options, abort: AbortSignal): Promise<number> {
  const root = workspaceRoot(process.cwd());
  const chosen = environments(root, options.env ?? []);
  const terraform = findTerraform();
  const addresses = addressesOf(addressReport(AddressPlan.load({ directory: root })), options.env ?? []);

  // With --json, standard output holds the document and nothing else.
  const progress = options.json ? process.stderr : process.stdout;
  const names = new Intl.ListFormat("en").format(chosen.map(({ name }) => name));
  progress.write(`Planning ${names} with ${terraform.product} ${terraform.version}\n`);
  const document = await exclusively(root, () =>
    planEnvironments({
      root,
      environments: chosen,
      addresses,
      terraform,
      abort,
      onProgress: (line) => progress.write(`${line}\n`),
    }),
  );
  if (options.json) {
    process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
    if (!document.ok) process.stderr.write(`\n${report(document, createColors(false))}\n`);
  } else {
    const colors = createColors(process.stdout.isTTY === true && !process.env["NO_COLOR"]);
    process.stdout.write(`\n${report(document, colors)}\n`);
  }
  return document.ok ? 0 : 1;
}

const program = new Command("npm run plan")
  .usage("-- [options]")
  .description(
    "Builds, synthesizes and plans the environments under apps/ with Terraform, from an empty state, and shows " +
      "what would change, who owns which addresses, and what each cluster can carry. No cloud account is needed.",
  )
  .option("--env <name...>", "the environments to plan: folders under apps/ (default: all)")
  .option("--json", "print one JSON document (PlanDocument); use it as `npm run --silent plan -- --json`")
  .allowExcessArguments(false)
  .action((options: Options) => runCommand("plan", (abort) => plan(options, abort)));

void program.parseAsync();
