/** What a person can put right: one sentence with the place, the value and the fix. Printed without a stack trace. */
export class PlanError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "PlanError";
  }
}

/** The run was ended by a signal before it was done. */
export class InterruptedError extends Error {
  /** @param signal the signal that ended it, for example `SIGINT` */
  constructor(readonly signal: NodeJS.Signals) {
    super(`interrupted by ${signal}; nothing is left behind`);
    this.name = "InterruptedError";
  }
}
