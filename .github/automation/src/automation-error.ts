import { PlanError } from "@cluster-ipam/plan-report";

/** An error the user can fix: one sentence with the path, the value and the fix. Printed without a stack trace. */
export class AutomationError extends PlanError {
  constructor(message: string) {
    super(message);
    this.name = "AutomationError";
  }
}
