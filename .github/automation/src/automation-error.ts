import { PlanError } from "@cluster-ipam/plan-report";

/** What a person can put right: one sentence with the place, the value and the fix. Printed without a stack trace. */
export class AutomationError extends PlanError {
  constructor(message: string) {
    super(message);
    this.name = "AutomationError";
  }
}
