import { type CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { type Construct } from "constructs";
import { type AlarmAccount, alarmArn, metricAlarm } from "./metric-alarm";

/** A Lambda function, as an alarm names it. */
export interface WatchedFunction {
  readonly functionName: string;
  readonly arn: string;
}

/** Input of {@link wakeUpAlarm}. */
export interface WakeUpAlarmProps {
  /** Prefix of the alarm's name. */
  readonly name: string;
  readonly description: string;
  readonly account: AlarmAccount;
  readonly function: WatchedFunction;
  /** ARNs of the SNS topics that the alarm notifies. */
  readonly topicArns: readonly string[];
}

/** Id of the alarm, and the end of its name. */
const NOT_RUNNING = "not-running";

/**
 * An alarm on a function that is not started. A function that does not run reports nothing, but Lambda counts its invocations.
 * The alarm also starts a run. Source: CloudWatch user guide, "Invoke a Lambda function from an alarm".
 */
export function wakeUpAlarm(scope: Construct, props: WakeUpAlarmProps): CloudwatchMetricAlarm {
  const { name, account, topicArns, function: lambda } = props;
  const alarm = metricAlarm(scope, NOT_RUNNING, {
    name,
    topicArns,
    functionArn: lambda.arn,
    condition: {
      namespace: "AWS/Lambda",
      dimensions: { FunctionName: lambda.functionName },
      metricName: "Invocations",
      alarmDescription: props.description,
      statistic: "Sum",
      period: 60,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      evaluationPeriods: 5,
      treatMissingData: "breaching",
    },
  });
  new LambdaPermission(scope, "wake-up", {
    functionName: lambda.functionName,
    statementId: "wake-up",
    action: "lambda:InvokeFunction",
    principal: "lambda.alarms.cloudwatch.amazonaws.com",
    sourceAccount: account.accountId,
    sourceArn: alarmArn(account, `${name}-${NOT_RUNNING}`),
  });
  return alarm;
}
