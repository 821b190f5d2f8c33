import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Token } from "cdktf";
import { type BlueprintStack } from "../app/blueprint-stack";
import { awsTags } from "../input/tags";
import { ValidationError } from "../input/validation-error";

/** Configuration of a stack's AWS provider. */
export interface AwsProviderOptions {
  /** AWS Region, such as `eu-west-1`. */
  readonly region: string;
  /** The only account the provider may change, 12 digits. @default any account the credentials give access to */
  readonly accountId?: string;
  /** Alias of an additional provider in the stack. @default none; the stack's default AWS provider */
  readonly alias?: string;
}

/**
 * Adds an AWS provider to the stack. It puts the stack's tags on every resource and refuses other accounts.
 *
 * @throws ValidationError for a malformed Region or account id, or tags that AWS rejects
 */
export function awsProvider(stack: BlueprintStack, options: AwsProviderOptions): AwsProvider {
  const { region, accountId, alias } = options;
  if (!Token.isUnresolved(region) && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    throw new ValidationError(
      stack,
      `${JSON.stringify(region)} is not an AWS Region; use a name like eu-west-1`,
    );
  }
  if (accountId !== undefined && !Token.isUnresolved(accountId) && !/^\d{12}$/.test(accountId)) {
    throw new ValidationError(
      stack,
      `the account id ${JSON.stringify(accountId)} must have 12 digits; keep leading zeros`,
    );
  }
  const tags = awsTags(stack, stack.tags);
  return new AwsProvider(stack, alias === undefined ? "aws" : `aws-${alias}`, {
    region,
    alias,
    allowedAccountIds: accountId === undefined ? undefined : [accountId],
    defaultTags: Object.keys(tags).length === 0 ? undefined : [{ tags: { ...tags } }],
  });
}
