/** An error the user can fix: one sentence with the path, the value and the fix. Printed without a stack trace. */
export class PlanError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "PlanError";
  }
}

/** A signal ended the run before it finished. */
export class InterruptedError extends Error {
  /** @param signal the signal, for example `SIGINT` */
  constructor(readonly signal: NodeJS.Signals) {
    super(`interrupted by ${signal}; nothing is left behind`);
    this.name = "InterruptedError";
  }
}
