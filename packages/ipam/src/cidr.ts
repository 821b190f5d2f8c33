import { Prefix } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { Token } from "cdktf";
import { type Construct } from "constructs";

/**
 * Reads a literal IPv4 CIDR.
 *
 * @param name what the CIDR is, for the error: `pool aws/root`
 * @throws ValidationError where it is only known after apply, malformed, IPv6, or has host bits set
 */
export function parseCidr(where: Construct, name: string, text: string): Prefix {
  if (Token.isUnresolved(text)) {
    throw new ValidationError(
      where,
      `${name} has a CIDR that is only known after apply but it is checked at synth; write it as a literal from the address plan`,
    );
  }
  try {
    return Prefix.parse(text, 4);
  } catch (error) {
    throw new ValidationError(where, `${name}: ${(error as Error).message}`);
  }
}

/** A CIDR in the letters that construct ids and Google resource names allow: `10-0-0-0-8`. */
export function cidrSlug(prefix: Prefix): string {
  return prefix.toString().replace(/[./]/g, "-");
}
