import { ValidationError } from "@cluster-ipam/blueprint-core";
import { Token } from "cdktf";
import { type Construct } from "constructs";

/**
 * Checks that numbers are known at synth, so that capacity can be calculated.
 *
 * @throws ValidationError for a number known only after apply
 */
export function checkKnown(where: Construct, what: string, ...numbers: readonly number[]): void {
  if (numbers.some((number) => Token.isUnresolved(number))) {
    throw new ValidationError(
      where,
      `${what} is known only after apply but is checked at synth; write a number`,
    );
  }
}
