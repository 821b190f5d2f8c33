import { AddressPlanError, Prefix } from "@cluster-ipam/address-plan";
import { Token } from "cdktf";
import { type Construct } from "constructs";
import { ValidationError } from "./validation-error";

/**
 * Parses an IPv4 CIDR that a composition passes in.
 *
 * @param where the construct that takes the CIDR
 * @param name what the CIDR is for, shown in the error: `serviceCidr`, `pool aws/root`
 * @throws ValidationError if the CIDR is known only after apply, is malformed or IPv6, or has host bits set
 */
export function literalCidr(where: Construct, name: string, text: string): Prefix {
  if (Token.isUnresolved(text)) {
    throw new ValidationError(
      where,
      `${name}: the CIDR is known only after apply but is checked at synth; write a literal from the address plan`,
    );
  }
  try {
    return Prefix.parse(text, 4);
  } catch (error) {
    if (error instanceof AddressPlanError) throw new ValidationError(where, `${name}: ${error.message}`);
    throw error;
  }
}

/** Spells a CIDR with the characters that construct ids and Google resource names allow: `10-0-0-0-8`. */
export function cidrSlug(cidr: Prefix | string): string {
  return String(cidr).replace(/[./]/g, "-");
}
