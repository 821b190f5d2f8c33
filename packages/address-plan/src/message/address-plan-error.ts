/**
 * Invalid input to the address plan. The message is one sentence: location, value, bound and fix.
 *
 * The plan knows no constructs, so the path is a position in a file, the key of an allocation or the invalid value.
 */
export class AddressPlanError extends Error {
  /** Location of the invalid value, for example `addresses.yaml:12: clusters.prod-payments.region`. */
  readonly path: string;
  /** The problem, the bound and the fix: the message without the path. */
  readonly reason: string;

  /** @param path location of the invalid value @param reason the problem, the bound and the fix */
  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.name = "AddressPlanError";
    this.path = path;
    this.reason = reason;
  }
}
