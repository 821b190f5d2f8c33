import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type BlueprintStack } from "../blueprint-stack";

export interface AwsProviderProps {
  /** Region of the stack's resources. */
  readonly region: string;
  /** The only account that the stack may be deployed to: 12 digits. @default the account of the credentials */
  readonly accountId?: string;
}

/** Gives a stack its AWS provider: one Region, no other account than the one named, the stack's tags on everything. */
export function awsProvider(stack: BlueprintStack, props: AwsProviderProps): AwsProvider {
  const { region, accountId } = props;
  return new AwsProvider(stack, "aws", {
    region,
    allowedAccountIds: accountId === undefined ? undefined : [accountId],
    defaultTags: Object.keys(stack.tags).length === 0 ? undefined : [{ tags: { ...stack.tags } }],
  });
}
