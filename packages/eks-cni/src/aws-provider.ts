import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type BlueprintStack } from "@cluster-ipam/blueprint-core";

/** The stack's AWS provider: one Region, refusing any other account, with the stack's tags on everything. */
export function awsProvider(
  stack: BlueprintStack,
  props: { region: string; accountId?: string },
): AwsProvider {
  return new AwsProvider(stack, "aws", {
    region: props.region,
    allowedAccountIds: props.accountId === undefined ? undefined : [props.accountId],
    defaultTags: Object.keys(stack.tags).length === 0 ? undefined : [{ tags: { ...stack.tags } }],
  });
}
