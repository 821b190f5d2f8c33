import { awsPartition } from "@cluster-ipam/address-plan/cloud";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";

/** @throws ValidationError for a topic that alarms in a Region cannot notify */
export function checkTopics(scope: Construct, arns: readonly string[], region: string): void {
  const prefix = `arn:${awsPartition(region)}:sns:${region}`;
  for (const arn of arns) {
    if (!new RegExp(`^${prefix}:\\d{12}:[\\w-]+$`).test(arn)) {
      throw new ValidationError(
        scope,
        `alarmTopicArns has ${arn}, which alarms in ${region} cannot notify; use ${prefix}:<account>:<topic>`,
      );
    }
  }
}
