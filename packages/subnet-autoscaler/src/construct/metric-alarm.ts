import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { type Construct } from "constructs";

/** The account and Region of alarms. */
export interface AlarmAccount {
  /** AWS partition, for example `aws`. */
  readonly partition: string;
  readonly region: string;
  /** 12 digits. */
  readonly accountId: string;
}

/** When an alarm is raised. */
export type AlarmCondition = Omit<CloudwatchMetricAlarmConfig, "alarmName" | "alarmActions" | "okActions">;

/** Input of {@link metricAlarm}. */
export interface MetricAlarmProps {
  /** Prefix of the alarm's name; its id follows. */
  readonly name: string;
  readonly condition: AlarmCondition;
  /** ARNs of the SNS topics that are notified. */
  readonly topicArns: readonly string[];
  /** ARN of a function that the alarm also invokes. @default none */
  readonly functionArn?: string;
}

/** An alarm on one metric. */
export function metricAlarm(scope: Construct, id: string, props: MetricAlarmProps): CloudwatchMetricAlarm {
  const { name, condition, topicArns, functionArn } = props;
  const actions = functionArn === undefined ? topicArns : [...topicArns, functionArn];
  return new CloudwatchMetricAlarm(scope, id, {
    alarmName: `${name}-${id}`,
    ...condition,
    alarmActions: actions.length > 0 ? [...actions] : undefined,
    okActions: topicArns.length > 0 ? [...topicArns] : undefined,
  });
}

/** ARN of the alarm with this name. */
export function alarmArn({ partition, region, accountId }: AlarmAccount, name: string): string {
  return `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${name}`;
}
