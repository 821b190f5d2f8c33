import { describe, type StackFailure } from "../../terraform/diagnostic";
import { type PlannedStack } from "../../run/stack-planner";
import { describeCounts, stackPlan } from "../../terraform/stack-plan";
import { type TerraformPlan } from "../../terraform/terraform-plan";

/** Begins the line of a stack that is planned, and of one that failed: `plan-environments` looks for them. */
export const PLANNED = "✓";
export const FAILED = "✗";

/** One line of at most 70 columns about a stack that is done (longer only if its name is). */
export function progressLine(planned: PlannedStack, milliseconds: number): string {
  const [mark, outcome] =
    "failure" in planned
      ? [FAILED, planned.failure.diagnostics[0]?.summary ?? "failed"]
      : [PLANNED, outcomeOf(planned.stack, planned)];
  const seconds = `${(milliseconds / 1000).toFixed(1)} s`;
  return `${mark} ${planned.stack.padEnd(28)} ${fit(outcome, 30).padEnd(30)} ${seconds.padStart(7)}`;
}

/** The stack's name and everything Terraform says about it. */
export function describeFailure({ stack, command, diagnostics }: StackFailure): string {
  const said = diagnostics.map(describe).join("\n").split("\n");
  return [`${stack}: terraform ${command} failed`, ...said.map((line) => (line ? `  ${line}` : line))].join(
    "\n",
  );
}

function outcomeOf(stack: string, planned: Extract<PlannedStack, { plan: unknown }>): string {
  const said = describeCounts(stackPlan(stack, planned.plan as unknown as TerraformPlan).counts);
  const warnings = planned.warnings.length;
  return warnings === 0 ? said : `${said}, ${warnings} warning${warnings === 1 ? "" : "s"}`;
}

const fit = (text: string, width: number) => (text.length <= width ? text : `${text.slice(0, width - 1)}…`);
