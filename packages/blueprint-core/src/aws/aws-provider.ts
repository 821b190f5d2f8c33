import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Token } from "cdktf";
import { type BlueprintStack } from "../app/blueprint-stack";
import { awsTags } from "../input/tags";
import { ValidationError } from "../input/validation-error";

export interface AwsProviderProps {
  /** AWS Region, as `eu-west-1`. */
  readonly region: string;
  /** The only account the provider may touch, 12 digits. @default any account the credentials lead to */
  readonly accountId?: string;
  /** Name of the provider beside others in the stack. @default none; the stack's default AWS provider */
  readonly alias?: string;
}

/**
 * Adds an AWS provider to the stack: the stack's tags on every resource, and no other account by mistake.
 *
 * @throws ValidationError for a Region or account id that cannot be one, or tags that AWS refuses
 */
export function awsProvider(stack: BlueprintStack, props: AwsProviderProps): AwsProvider {
  const { region, accountId, alias } = props;
  if (!Token.isUnresolved(region) && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    throw new ValidationError(stack, `${JSON.stringify(region)} is no AWS Region; write it as eu-west-1`);
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
