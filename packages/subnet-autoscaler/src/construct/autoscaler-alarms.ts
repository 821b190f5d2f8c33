import { type CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { type AutoscalerConfig } from "../runtime/config/config";
import { type AlarmAccount, type AlarmCondition, alarmArn, metricAlarm } from "./metric-alarm";
import { type WatchedFunction, wakeUpAlarm } from "./wake-up-alarm";
import { type Metric } from "./telemetry";

/** Input of {@link AutoscalerAlarms}. */
export interface AutoscalerAlarmsProps {
  /** Prefix of the alarm names. */
  readonly name: string;
  readonly config: AutoscalerConfig;
  readonly account: AlarmAccount;
  /** The cluster's own function. @default none: a fleet serves the cluster, and has the alarm on its function */
  readonly function?: WatchedFunction;
  /** ARNs of the SNS topics that the alarms notify. */
  readonly topicArns: readonly string[];
}

/**
 * Alarms on a cluster's free addresses and on its autoscaler, each on one metric, because CloudWatch bills every metric
 * of an alarm. Whether the function runs is told by Lambda, not by the function. The dead-letter queue has no alarm: it
 * keeps what failed for days, while an alarm on the heartbeat ends when runs succeed again.
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
    const { name, account, topicArns, config } = props;
    const alarms = this.clusterAlarms();
    if (props.function !== undefined)
      alarms.push(
        wakeUpAlarm(this, {
          name,
          account,
          topicArns,
          function: props.function,
          description: `The subnet autoscaler of ${config.cluster} has not been started for 5 minutes: see its schedule`,
        }),
      );
    this.arns = alarms.map((alarm) => alarmArn(account, `${name}-${alarm.node.id}`));
  }

  private clusterAlarms(): CloudwatchMetricAlarm[] {
    const { name, topicArns, config } = this.props;
    const { cluster, metricNamespace, policy } = config;
    const alarm = (id: string, condition: AlarmCondition) =>
      metricAlarm(this, id, { name, topicArns, condition });
    const metric = {
      namespace: metricNamespace,
      dimensions: { Cluster: cluster },
      statistic: "Maximum",
      period: 60,
      threshold: 1,
    };
    const atLeastOne = {
      ...metric,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      // The runtime sends these metrics only while there is something to say.
      treatMissingData: "notBreaching",
    };
    return [
      alarm("heartbeat", {
        ...metric,
        metricName: "Heartbeat" satisfies Metric,
        alarmDescription: `For 5 minutes, no run of the subnet autoscaler of ${cluster} could make every change: see its log`,
        comparisonOperator: "LessThanThreshold",
        evaluationPeriods: 5,
        treatMissingData: "breaching",
      }),
      alarm("short-zones", {
        ...atLeastOne,
        metricName: "ShortZones" satisfies Metric,
        alarmDescription: `For 5 minutes, a zone of ${cluster} has had fewer than ${policy.floorPrefixes} free /28 prefixes, or will run out within ${policy.leadTimeMinutes} minutes: the autoscaler is not keeping up`,
        evaluationPeriods: 5,
      }),
      alarm("advice", {
        ...atLeastOne,
        metricName: "Advice" satisfies Metric,
        alarmDescription: `${cluster} has needed an operator for 15 minutes: see the log of its subnet autoscaler`,
        evaluationPeriods: 15,
      }),
    ];
  }
}
