/**
 * Bad input to the address plan, in one sentence: where, what was given, what is allowed, how to fix it.
 *
 * The plan knows no constructs, so its path is a place in a file, the key of an allocation or the refused value.
 */
export class AddressPlanError extends Error {
  /** Where the refused value stands, for example `addresses.yaml:12: clusters.prod-payments.region`. */
  readonly path: string;
  /** What is wrong, the bound and the fix: the message without the path. */
  readonly reason: string;

  /** @param path where the refused value stands @param message what is wrong, the bound and the fix */
  constructor(path: string, message: string) {
    super(`${path}: ${message}`);
    this.name = "AddressPlanError";
    this.path = path;
    this.reason = message;
  }
}
