import { Command } from "commander";
import { runCommand } from "./command";
import { describeFailure, progressLine } from "./progress-line";
import { planStacks } from "./plan-stacks";

const program = new Command("plan-stacks")
  .description(
    "Plans every stack in ./cdktf.out with Terraform, from an empty state, and writes the plans to ./plan.out. " +
      "Run it in an app's folder, after synth, as `sandbox --from-nothing -- plan-stacks`.",
  )
  .allowExcessArguments(false)
  .action(() =>
    runCommand("plan-stacks", async (abort) => {
      const results = await planStacks({
        app: process.cwd(),
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
