import { AddressPlanError, Prefix } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { Token } from "cdktf";
import { type Construct } from "constructs";

/**
 * Reads an IPv4 CIDR that a composition gives.
 *
 * @param name what the CIDR is, for the error: `serviceCidr`
 * @throws ValidationError where it is known after apply only, malformed, IPv6, or has host bits set
 */
export function literalCidr(where: Construct, name: string, text: string): Prefix {
  if (Token.isUnresolved(text)) {
    throw new ValidationError(
      where,
      `${name} is a CIDR that is known after apply only but it is checked at synth; write it as a literal`,
    );
  }
  try {
    return Prefix.parse(text, 4);
  } catch (error) {
    if (error instanceof AddressPlanError) throw new ValidationError(where, `${name}: ${error.message}`);
    throw error;
  }
}
