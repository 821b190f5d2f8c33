import { Command, Option } from "commander";
import { runCommand } from "./run-command";
import { describeFailure, progressLine } from "../render/terminal/progress-line";
import { planStacks } from "../run/plan-stacks";
import { type PlannedAgainst } from "../run/stack-planner";

const program = new Command("plan-stacks")
  .description(
    "Plans every stack in ./cdktf.out with Terraform, by default from an empty state, and writes the plans to ./plan.out. " +
      "Run it in an app's folder, after synth, as `sandbox --from-nothing -- plan-stacks`.",
  )
  .argument("[stack...]", "the stacks to plan (default: all)")
  .addOption(
    new Option("--against <what>", "plan against nothing, what is deployed, or only what has drifted from it")
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
