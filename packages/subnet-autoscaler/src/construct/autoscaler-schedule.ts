import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { type SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { serviceTrust } from "@cluster-ipam/blueprint-core/aws";
import { Construct } from "constructs";
import { decryptStatement, policyDocument } from "./iam-policy";

/** Input of {@link AutoscalerSchedule}. */
export interface AutoscalerScheduleProps {
  /** Name of the schedule. */
  readonly name: string;
  readonly roleName: string;
  /** AWS account of the function, 12 digits. */
  readonly accountId: string;
  readonly function: LambdaFunction;
  /** Dead-letter queue of invocations that failed to start. */
  readonly failures: SqsQueue;
  /** ARN of the key that encrypts the schedule. @default a key of AWS */
  readonly kmsKeyArn: string | undefined;
}

/**
 * Runs the function every minute. EventBridge picks the moment within the minute, so that the autoscalers of many
 * clusters do not call EC2 at once.
 */
export class AutoscalerSchedule extends Construct {
  constructor(scope: Construct, id: string, props: AutoscalerScheduleProps) {
    super(scope, id);
    const { name, failures } = props;
    const role = new IamRole(this, "role", {
      name: props.roleName,
      description: `Starts ${name}`,
      assumeRolePolicy: serviceTrust("scheduler", { accountId: props.accountId }),
    });
    const allow = (sid: string, action: string, resource: string) =>
      ({ Sid: sid, Effect: "Allow", Action: [action], Resource: [resource] }) as const;
    const policy = new IamRolePolicy(this, "policy", {
      name: "start",
      role: role.name,
      policy: policyDocument([
        allow("Start", "lambda:InvokeFunction", props.function.arn),
        allow("HandOverFailures", "sqs:SendMessage", failures.arn),
        ...(props.kmsKeyArn === undefined ? [] : [decryptStatement(props.kmsKeyArn)]),
      ]),
    });
    new SchedulerSchedule(this, "schedule", {
      name,
      description: `Runs ${name}`,
      kmsKeyArn: props.kmsKeyArn,
      scheduleExpression: "rate(1 minute)",
      flexibleTimeWindow: { mode: "FLEXIBLE", maximumWindowInMinutes: 1 },
      target: {
        arn: props.function.arn,
        roleArn: role.arn,
        input: JSON.stringify({ trigger: "schedule" }),
        // An invocation that is a minute late is superseded by the next.
        retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 0 },
        deadLetterConfig: { arn: failures.arn },
      },
      dependsOn: [policy],
    });
  }
}
