import { AddressPlan } from "@cluster-ipam/address-plan";
import { withWorkspaceLock } from "@cluster-ipam/address-plan/repository";
import { Command } from "commander";
import { createColors } from "picocolors";
import { addressReport, selectEnvironments } from "../read/address-report";
import { environments, workspaceRoot } from "../read/environment";
import { terminalReport } from "../render/terminal/terminal-report";
import { planEnvironments } from "../run/plan-environments";
import { findTerraform } from "../terraform/terraform-binary";
import { runCommand } from "./run-command";

interface CommandOptions {
  readonly env?: string[];
  readonly json?: boolean;
}

async function plan({ env = [], json = false }: CommandOptions, abort: AbortSignal): Promise<number> {
  const root = workspaceRoot(process.cwd());
  const selected = environments(root, env);
  const terraform = findTerraform();
  const addresses = selectEnvironments(addressReport(AddressPlan.load({ directory: root })), env);

  // With --json, standard output gets only the document.
  const progress = json ? process.stderr : process.stdout;
  const names = new Intl.ListFormat("en").format(selected.map(({ name }) => name));
  progress.write(`Planning ${names} with ${terraform.product} ${terraform.version}\n`);
  const document = await withWorkspaceLock(root, () =>
    planEnvironments({
      root,
      environments: selected,
      addresses,
      terraform,
      abort,
      onProgress: (line) => progress.write(`${line}\n`),
    }),
  );
  if (json) {
    process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
    if (!document.ok) process.stderr.write(`\n${terminalReport(document, createColors(false))}\n`);
  } else {
    const colors = createColors(process.stdout.isTTY === true && !process.env["NO_COLOR"]);
    process.stdout.write(`\n${terminalReport(document, colors)}\n`);
  }
  return document.ok ? 0 : 1;
}

const program = new Command("npm run plan")
  .usage("-- [options]")
  .description(
    "Builds, synthesizes and plans the environments under apps/ with Terraform, from an empty state. Shows the " +
      "planned changes, the owner of every address block and the capacity of every cluster. Needs no cloud account.",
  )
  .option("--env <name...>", "environments to plan: folders under apps/ (default: all)")
  .option("--json", "print a JSON document (PlanDocument); use `npm run --silent plan -- --json`")
  .allowExcessArguments(false)
  .action((options: CommandOptions) => runCommand("plan", (abort) => plan(options, abort)));

void program.parseAsync();
