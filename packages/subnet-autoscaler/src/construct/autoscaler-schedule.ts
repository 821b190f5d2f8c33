import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { type SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { policyDocument, type Workplace } from "./autoscaler-policy";
import { serviceTrust } from "./iam-trust";

export interface AutoscalerScheduleProps {
  /** Name of the schedule. */
  readonly name: string;
  readonly place: Workplace;
  readonly function: LambdaFunction;
  /** Takes the runs that could not be started. */
  readonly failures: SqsQueue;
}

/**
 * Runs the function every minute, at a moment of the minute that EventBridge picks, so that the autoscalers of many
 * clusters do not all call EC2 at once.
 */
export class AutoscalerSchedule extends Construct {
  constructor(scope: Construct, id: string, props: AutoscalerScheduleProps) {
    super(scope, id);
    const { name, place, failures } = props;
    const role = new IamRole(this, "role", {
      name: `${place.clusterName}-subnet-schedule`,
      description: `Starts ${name}`,
      assumeRolePolicy: serviceTrust("scheduler", place.accountId),
    });
    const allow = (sid: string, action: string, resource: string) =>
      ({ Sid: sid, Effect: "Allow", Action: [action], Resource: [resource] }) as const;
    const policy = new IamRolePolicy(this, "policy", {
      name: "start",
      role: role.name,
      policy: policyDocument([
        allow("Start", "lambda:InvokeFunction", props.function.arn),
        allow("HandOverFailures", "sqs:SendMessage", failures.arn),
      ]),
    });
    new SchedulerSchedule(this, "schedule", {
      name,
      description: `Runs ${name}`,
      scheduleExpression: "rate(1 minute)",
      flexibleTimeWindow: { mode: "FLEXIBLE", maximumWindowInMinutes: 1 },
      target: {
        arn: props.function.arn,
        roleArn: role.arn,
        input: JSON.stringify({ trigger: "schedule" }),
        // A run that is a minute late is the next one.
        retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 0 },
        deadLetterConfig: { arn: failures.arn },
      },
      dependsOn: [policy],
    });
  }
}
