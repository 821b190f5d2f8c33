import { createInterface } from "node:readline/promises";
import { runCommand } from "@cluster-ipam/plan-report";
import { Command } from "commander";
import { retire, type RetireProps } from "./retire";
import { RetirementError } from "./retirement-error";

interface Options {
  readonly plan?: true;
  readonly autoApprove?: true;
}

/**
 * The `retire` command. An error is one sentence (with the stack trace if DEBUG is set) and exit code 1. Exit code 2:
 * growth subnets of a composed cluster are still in use.
 *
 * @param argv as in `process.argv`
 */
export function main(argv: readonly string[]): void {
  const program = new Command("retire")
    .description(
      "Destroys the stacks that an app no longer composes: turns deletion protection off, deletes the subnets of the " +
        "subnet autoscaler, and destroys workloads first and networks last. Run it in the app's folder, after synth.",
    )
    .argument("[stack...]", "ids of retired stacks (default: all)")
    .option("--plan", "print what would be destroyed, without changing anything")
    .option("--auto-approve", "do not ask before destroying")
    .action((stacks: string[], options: Options) =>
      runCommand("retire", (abort) => run(stacks, options, abort)),
    );
  void program.parseAsync([...argv]);
}

async function run(stacks: readonly string[], options: Options, abort: AbortSignal): Promise<number> {
  const props: RetireProps = {
    ...{ app: process.cwd(), stacks, abort },
    onProgress: (line) => void process.stdout.write(`${line}\n`),
    onOutput: (chunk) => void process.stdout.write(chunk),
  };
  if (options.plan || !options.autoApprove) {
    const { stacks: planned } = await retire({ ...props, plan: true });
    if (planned.length === 0) props.onProgress("no retired stacks");
    if (options.plan) return 0;
    if (planned.length > 0) await approval(abort);
  }
  const { stacks: destroyed, draining } = await retire(props);
  if (destroyed.length > 0)
    props.onProgress(
      `Destroyed ${destroyed.join(", ")}. Free their addresses with \`npm run addresses\` and commit the result.`,
    );
  return draining ? 2 : 0;
}

/** @throws RetirementError unless someone types yes */
async function approval(signal: AbortSignal): Promise<void> {
  if (!process.stdin.isTTY)
    throw new RetirementError("standard input is not a terminal, so nobody can approve; pass --auto-approve");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal
    .question("Type yes to destroy them: ", { signal })
    .finally(() => terminal.close());
  if (answer.trim() !== "yes") throw new RetirementError("nothing was destroyed; type yes to approve");
}
