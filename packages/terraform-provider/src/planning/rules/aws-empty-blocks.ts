import { isList, isObject, type Value } from "../../value/value";
import { planPrior, type PlanRule } from "./plan-rule";

/** Blocks by type that are none to the provider when none exists and nothing inside is set. */
const BLOCKS: { readonly [type: string]: readonly string[] } = {
  aws_dynamodb_table: ["point_in_time_recovery", "server_side_encryption"],
  aws_iam_role: ["inline_policy"],
  aws_lambda_function: ["environment", "image_config", "vpc_config"],
};

/** An empty block over none is no change. */
export const keepEmptyBlocks: PlanRule = (context) => {
  const { type, prior, plan } = context;
  if (!prior) return;
  for (const name of BLOCKS[type] ?? []) {
    const [before, after] = [prior[name] ?? null, plan.planned[name] ?? null];
    if (isList(before) && before.length === 0 && isList(after) && after.every(isEmpty))
      planPrior(context, name);
  }
};

function isEmpty(value: Value): boolean {
  if (isList(value)) return value.length === 0;
  if (isObject(value)) return Object.values(value).every(isEmpty);
  return value === null || value === "" || value === false;
}
