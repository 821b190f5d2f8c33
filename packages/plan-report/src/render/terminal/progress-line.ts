import { describeDiagnostic, type StackFailure } from "../../terraform/diagnostic";
import { type PlannedStack } from "../../terraform/planned-stack";
import { stackPlan } from "../../terraform/stack-plan";
import { type TerraformPlan } from "../../terraform/terraform-plan";
import { describeCounts } from "../change-counts";
import { counted } from "../number";
import { fit, padRight } from "./text-table";

/** Starts the line of a planned stack. `plan-environments` looks for it in the output of `plan-stacks`. */
export const PLANNED = "✓";

/** Starts the line of a stack that could not be planned. */
export const FAILED = "✗";

/** One line about a stack that is done: at most 70 columns, or more if its name is long. */
export function progressLine(planned: PlannedStack, milliseconds: number): string {
  const [mark, result] =
    "failure" in planned
      ? [FAILED, planned.failure.diagnostics[0]?.summary ?? "failed"]
      : [PLANNED, resultOf(planned)];
  const seconds = `${(milliseconds / 1000).toFixed(1)} s`;
  return `${mark} ${padRight(planned.stack, 28)} ${padRight(fit(result, 30), 30)} ${seconds.padStart(7)}`;
}

/** Why a stack could not be planned: the Terraform command and all its errors. */
export function describeFailure({ stack, command, diagnostics }: StackFailure): string {
  const lines = diagnostics.map(describeDiagnostic).join("\n").split("\n");
  return [`${stack}: terraform ${command} failed`, ...lines.map((line) => (line ? `  ${line}` : line))].join(
    "\n",
  );
}

function resultOf({ stack, plan, warnings }: Extract<PlannedStack, { plan: unknown }>): string {
  const counts = describeCounts(stackPlan(stack, plan as unknown as TerraformPlan).counts);
  return warnings.length === 0 ? counts : `${counts}, ${counted(warnings.length, "warning")}`;
}
