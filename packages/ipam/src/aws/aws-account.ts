import { ValidationError } from "@cluster-ipam/blueprint-core";
import { Token } from "cdktf";
import { type Construct } from "constructs";

const accountId = /^\d{12}$/;
// Organizations API: CreateOrganization, CreateOrganizationalUnit.
const organizationPart = /^arn:aws[a-z-]*:organizations::\d{12}:/;
const organizationalUnit = /:ou\/o-[a-z0-9]{10,32}\/ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}$/;
const organization = /:organization\/o-[a-z0-9]{10,32}$/;

/**
 * Checks an AWS account id: exactly 12 digits, as a string because ids may start with 0. An id known only after apply
 * passes.
 *
 * @throws ValidationError if it is not an account id
 */
export function checkAccountId(where: Construct, name: string, value: string): void {
  if (Token.isUnresolved(value) || accountId.test(value)) return;
  throw new ValidationError(
    where,
    `${name} is "${value}", but an AWS account id has 12 digits; quote it to keep leading zeros`,
  );
}

/**
 * Checks a RAM principal of an organisation: an account id, or the ARN of an organisational unit or of the
 * organization. It must be a literal, because it becomes a construct id.
 *
 * @throws ValidationError if RAM does not accept it
 */
export function checkPrincipal(where: Construct, value: string): void {
  if (accountId.test(value)) return;
  if (organizationPart.test(value) && (organizationalUnit.test(value) || organization.test(value))) return;
  const given = Token.isUnresolved(value) ? "known only after apply" : `"${value}"`;
  throw new ValidationError(
    where,
    `the principal is ${given}, but must be 12 digits or an ARN like arn:aws:organizations::111122223333:ou/o-exampleorg/ou-exam-12345678 or …:organization/o-exampleorg; copy it from AWS Organizations`,
  );
}
