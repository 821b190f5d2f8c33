import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { type LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { type SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { type AutoscalerConfig } from "../runtime/config";
import { type ClusterMetric, type ZoneMetric } from "./reports";
import { type Workplace } from "./autoscaler-policy";

export interface AutoscalerAlarmsProps {
  /** What the names of the alarms begin with. */
  readonly name: string;
  readonly config: AutoscalerConfig;
  readonly place: Workplace;
  readonly function: LambdaFunction;
  readonly failures: SqsQueue;
  /** ARNs of the SNS topics that the alarms go to. */
  readonly topicArns: readonly string[];
}

type Condition = Omit<CloudwatchMetricAlarmConfig, "alarmName" | "alarmActions" | "okActions">;

/**
 * Alarms on a cluster's addresses and on its autoscaler. A zone that runs short also wakes the function up, without
 * waiting for the next minute of the schedule.
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
    this.allowWakeUp();
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
        // The heartbeat tells of metrics that do not come.
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
        alarmDescription: `Pods in ${zone} run out of addresses within ${leadTimeMinutes} minutes, for 5 minutes now: the autoscaler does not keep up`,
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
    const some = {
      ...metric,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
    };
    return [
      this.alarm("heartbeat", {
        ...metric,
        metricName: "Heartbeat" satisfies ClusterMetric,
        alarmDescription: `No run of the subnet autoscaler of ${cluster} came to its end for 5 minutes`,
        comparisonOperator: "LessThanThreshold",
        evaluationPeriods: 5,
        treatMissingData: "breaching",
      }),
      this.alarm("failures", {
        ...some,
        metricName: "Failures" satisfies ClusterMetric,
        alarmDescription: `The subnet autoscaler of ${cluster} fails, 3 of the last 5 minutes: its log says at what`,
        evaluationPeriods: 5,
        datapointsToAlarm: 3,
      }),
      this.alarm("advice", {
        ...some,
        metricName: "Advice" satisfies ClusterMetric,
        alarmDescription: `For 15 minutes ${cluster} needs what only people can do: the log of its subnet autoscaler says what`,
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
      alarmDescription: `Failed runs of the subnet autoscaler of ${config.cluster} wait to be looked at`,
      statistic: "Maximum",
      period: 300,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
    });
  }

  /** @param wakes ARN of a function that the alarm starts too */
  private alarm(id: string, condition: Condition, wakes?: string): CloudwatchMetricAlarm {
    const { topicArns } = this.props;
    const actions = wakes === undefined ? topicArns : [...topicArns, wakes];
    return new CloudwatchMetricAlarm(this, id, {
      alarmName: `${this.props.name}-${id}`,
      ...condition,
      alarmActions: actions.length > 0 ? [...actions] : undefined,
      okActions: topicArns.length > 0 ? [...topicArns] : undefined,
    });
  }

  /** Source: CloudWatch user guide, "Invoke a Lambda function from an alarm". */
  private allowWakeUp(): void {
    const { name, place } = this.props;
    new LambdaPermission(this, "wake-up", {
      functionName: this.props.function.functionName,
      statementId: "wake-up",
      action: "lambda:InvokeFunction",
      principal: "lambda.alarms.cloudwatch.amazonaws.com",
      sourceAccount: place.accountId,
      sourceArn: `arn:${place.partition}:cloudwatch:${place.region}:${place.accountId}:alarm:${name}-prefixes-*`,
    });
  }
}
