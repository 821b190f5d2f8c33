import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { type Construct } from "constructs";

/** Retention of failed runs in days, the maximum of SQS. */
const RETENTION_DAYS = 14;

/** The queue of runs that failed or could not start. */
export function failureQueue(scope: Construct, name: string): SqsQueue {
  return new SqsQueue(scope, "failures", {
    name,
    messageRetentionSeconds: RETENTION_DAYS * 24 * 60 * 60,
    sqsManagedSseEnabled: true,
  });
}
