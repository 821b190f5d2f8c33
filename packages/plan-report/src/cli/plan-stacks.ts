import { Command, Option } from "commander";
import { describeFailure, progressLine } from "../render/terminal/progress-line";
import { planStacks } from "../run/plan-stacks";
import { type PlannedAgainst } from "../run/stack-planner";
import { runCommand } from "./run-command";

const program = new Command("plan-stacks")
  .description(
    "Plans the stacks in ./cdktf.out with Terraform, by default from an empty state, and writes the plans to ./plan.out. " +
      "Run it in an app's folder, after synth, as `sandbox --from-nothing -- plan-stacks`.",
  )
  .argument("[stack...]", "stacks to plan (default: all)")
  .addOption(
    new Option("--against <state>", "plan against an empty state, the deployed state, or its drift only")
      .choices(["nothing", "deployed", "drift"])
      .default("nothing"),
  )
  .action((stacks: string[], { against }: { readonly against: PlannedAgainst }) =>
    runCommand("plan-stacks", async (abort) => {
      const results = await planStacks({
        app: process.cwd(),
        against,
        ...(stacks.length > 0 ? { stacks } : {}),
        abort,
        onPlanned: (planned, milliseconds) =>
          process.stdout.write(`${progressLine(planned, milliseconds)}\n`),
      });
      const failures = results.flatMap((result) => ("failure" in result ? [result.failure] : []));
      for (const failure of failures) process.stderr.write(`\n${describeFailure(failure)}\n`);
      return failures.length === 0 ? 0 : 1;
    }),
  );

void program.parseAsync();
