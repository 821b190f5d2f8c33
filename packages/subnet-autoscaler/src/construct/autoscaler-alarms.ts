import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { type LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { type SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { type AutoscalerConfig } from "../runtime/config/config";
import { type DeploymentTarget } from "./iam-policy";
import { type ClusterMetric, type ZoneMetric } from "./telemetry";

/** Input of {@link AutoscalerAlarms}. */
export interface AutoscalerAlarmsProps {
  /** Prefix of the alarm names. */
  readonly name: string;
  readonly config: AutoscalerConfig;
  readonly target: DeploymentTarget;
  readonly function: LambdaFunction;
  /** Queue of the failed runs. */
  readonly failures: SqsQueue;
  /** ARNs of the SNS topics that the alarms notify. */
  readonly topicArns: readonly string[];
}

type Condition = Omit<CloudwatchMetricAlarmConfig, "alarmName" | "alarmActions" | "okActions">;

/**
 * Alarms on a cluster's free addresses and on its autoscaler. A zone below its floor also invokes the function at
 * once, without waiting for the schedule.
 */
export class AutoscalerAlarms extends Construct {
  /** ARNs of the alarms, for a dashboard. */
  readonly arns: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AutoscalerAlarmsProps,
  ) {
    super(scope, id);
    const alarms = [...this.zoneAlarms(), ...this.runAlarms(), this.failureAlarm()];
    this.arns = alarms.map(({ arn }) => arn);
    this.allowInvocation();
  }

  private zoneAlarms(): readonly CloudwatchMetricAlarm[] {
    const { config } = this.props;
    const { floorPrefixes, leadTimeMinutes } = config.policy;
    return config.zones.flatMap(({ zone }) => {
      const metric = {
        namespace: config.metricNamespace,
        dimensions: { Cluster: config.cluster, Zone: zone },
        statistic: "Minimum",
        period: 60,
        // Missing metrics raise the heartbeat alarm.
        treatMissingData: "notBreaching",
      };
      const prefixes = this.alarm(
        `prefixes-${zone}`,
        {
          ...metric,
          metricName: "FreePrefixes" satisfies ZoneMetric,
          alarmDescription: `Fewer than ${floorPrefixes} free /28 prefixes for pods in ${zone}`,
          comparisonOperator: "LessThanThreshold",
          threshold: floorPrefixes,
          evaluationPeriods: 1,
        },
        this.props.function.arn,
      );
      const exhaustion = this.alarm(`exhaustion-${zone}`, {
        ...metric,
        metricName: "MinutesToExhaustion" satisfies ZoneMetric,
        alarmDescription: `Pods in ${zone} will run out of addresses within ${leadTimeMinutes} minutes, for the last 5 minutes: the autoscaler is not keeping up`,
        comparisonOperator: "LessThanThreshold",
        threshold: leadTimeMinutes,
        evaluationPeriods: 5,
      });
      return [prefixes, exhaustion];
    });
  }

  private runAlarms(): readonly CloudwatchMetricAlarm[] {
    const { cluster, metricNamespace } = this.props.config;
    const metric = {
      namespace: metricNamespace,
      dimensions: { Cluster: cluster },
      statistic: "Sum",
      period: 60,
      threshold: 1,
    };
    const atLeastOne = {
      ...metric,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
    };
    return [
      this.alarm("heartbeat", {
        ...metric,
        metricName: "Heartbeat" satisfies ClusterMetric,
        alarmDescription: `The subnet autoscaler of ${cluster} has not completed a run for 5 minutes`,
        comparisonOperator: "LessThanThreshold",
        evaluationPeriods: 5,
        treatMissingData: "breaching",
      }),
      this.alarm("failures", {
        ...atLeastOne,
        metricName: "Failures" satisfies ClusterMetric,
        alarmDescription: `The subnet autoscaler of ${cluster} failed in 3 of the last 5 minutes: see its log`,
        evaluationPeriods: 5,
        datapointsToAlarm: 3,
      }),
      this.alarm("advice", {
        ...atLeastOne,
        metricName: "Advice" satisfies ClusterMetric,
        alarmDescription: `${cluster} has needed an operator for 15 minutes: see the log of its subnet autoscaler`,
        evaluationPeriods: 15,
      }),
    ];
  }

  private failureAlarm(): CloudwatchMetricAlarm {
    const { config, failures } = this.props;
    return this.alarm("dead-letters", {
      namespace: "AWS/SQS",
      dimensions: { QueueName: failures.name },
      metricName: "ApproximateNumberOfMessagesVisible",
      alarmDescription: `Failed runs of the subnet autoscaler of ${config.cluster} are in the dead-letter queue`,
      statistic: "Maximum",
      period: 300,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
    });
  }

  /** @param functionArn ARN of a function that the alarm also invokes */
  private alarm(id: string, condition: Condition, functionArn?: string): CloudwatchMetricAlarm {
    const { topicArns } = this.props;
    const actions = functionArn === undefined ? topicArns : [...topicArns, functionArn];
    return new CloudwatchMetricAlarm(this, id, {
      alarmName: `${this.props.name}-${id}`,
      ...condition,
      alarmActions: actions.length > 0 ? [...actions] : undefined,
      okActions: topicArns.length > 0 ? [...topicArns] : undefined,
    });
  }

  /** Source: CloudWatch user guide, "Invoke a Lambda function from an alarm". */
  private allowInvocation(): void {
    const { name, target } = this.props;
    new LambdaPermission(this, "wake-up", {
      functionName: this.props.function.functionName,
      statementId: "wake-up",
      action: "lambda:InvokeFunction",
      principal: "lambda.alarms.cloudwatch.amazonaws.com",
      sourceAccount: target.accountId,
      sourceArn: `arn:${target.partition}:cloudwatch:${target.region}:${target.accountId}:alarm:${name}-prefixes-*`,
    });
  }
}
