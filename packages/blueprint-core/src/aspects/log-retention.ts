import { type IAspect, TerraformResource } from "cdktf";
import { type IConstruct } from "constructs";
import { ValidationError } from "../input/validation-error";

/** The periods that CloudWatch Logs knows, in days. Source: CloudWatch Logs API, PutRetentionPolicy. */
const PERIODS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Gives every CloudWatch log group in its scope at least a retention; longer ones stay. */
export class LogRetention implements IAspect {
  /** @throws ValidationError unless CloudWatch knows the period, in days */
  constructor(private readonly days: number) {
    if (PERIODS.includes(days)) return;
    const longer = PERIODS.find((period) => period > days) ?? PERIODS.at(-1);
    throw new ValidationError(
      "LogRetention",
      `CloudWatch has no retention of ${days} days; use ${longer}, or one of ${PERIODS.join(", ")}`,
    );
  }

  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node)) return;
    if (node.terraformResourceType !== "aws_cloudwatch_log_group") return;
    const group = node as unknown as { retentionInDays: number; readonly retentionInDaysInput?: number };
    const { retentionInDaysInput: current = 0 } = group;
    // 0 keeps the logs forever.
    if (group.retentionInDaysInput === undefined || (current !== 0 && current < this.days))
      group.retentionInDays = this.days;
  }
}
