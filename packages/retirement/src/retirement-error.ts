import { PlanError } from "@cluster-ipam/plan-report";

/** A stack that cannot be destroyed. The message is one sentence with the stack, the reason and the fix. */
export class RetirementError extends PlanError {
  constructor(message: string) {
    super(message);
    this.name = "RetirementError";
  }
}
