import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { type LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Construct } from "constructs";
import { type AutoscalerConfig } from "../runtime/config/config";
import { type DeploymentTarget } from "./iam-policy";
import { type Metric } from "./telemetry";

/** Input of {@link AutoscalerAlarms}. */
export interface AutoscalerAlarmsProps {
  /** Prefix of the alarm names. */
  readonly name: string;
  readonly config: AutoscalerConfig;
  readonly target: DeploymentTarget;
  readonly function: LambdaFunction;
  /** ARNs of the SNS topics that the alarms notify. */
  readonly topicArns: readonly string[];
}

type Condition = Omit<CloudwatchMetricAlarmConfig, "alarmName" | "alarmActions" | "okActions">;

/** Name of the alarm that invokes the function. */
const WAKE_UP = "not-running";

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
    const { name, target } = props;
    const alarms = [...this.clusterAlarms(), this.wakeUpAlarm()];
    this.arns = alarms.map((alarm) => alarmArn(target, `${name}-${alarm.node.id}`));
    this.allowInvocation();
  }

  private clusterAlarms(): readonly CloudwatchMetricAlarm[] {
    const { cluster, metricNamespace, policy } = this.props.config;
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
      this.alarm("heartbeat", {
        ...metric,
        metricName: "Heartbeat" satisfies Metric,
        alarmDescription: `For 5 minutes, no run of the subnet autoscaler of ${cluster} could make every change: see its log`,
        comparisonOperator: "LessThanThreshold",
        evaluationPeriods: 5,
        treatMissingData: "breaching",
      }),
      this.alarm("short-zones", {
        ...atLeastOne,
        metricName: "ShortZones" satisfies Metric,
        alarmDescription: `For 5 minutes, a zone of ${cluster} has had fewer than ${policy.floorPrefixes} free /28 prefixes, or will run out within ${policy.leadTimeMinutes} minutes: the autoscaler is not keeping up`,
        evaluationPeriods: 5,
      }),
      this.alarm("advice", {
        ...atLeastOne,
        metricName: "Advice" satisfies Metric,
        alarmDescription: `${cluster} has needed an operator for 15 minutes: see the log of its subnet autoscaler`,
        evaluationPeriods: 15,
      }),
    ];
  }

  /** A function that does not run reports nothing, but Lambda counts its invocations. The alarm also starts a run. */
  private wakeUpAlarm(): CloudwatchMetricAlarm {
    const { config, function: lambda } = this.props;
    return this.alarm(
      WAKE_UP,
      {
        namespace: "AWS/Lambda",
        dimensions: { FunctionName: lambda.functionName },
        metricName: "Invocations",
        alarmDescription: `The subnet autoscaler of ${config.cluster} has not been started for 5 minutes: see its schedule`,
        statistic: "Sum",
        period: 60,
        comparisonOperator: "LessThanThreshold",
        threshold: 1,
        evaluationPeriods: 5,
        treatMissingData: "breaching",
      },
      lambda.arn,
    );
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
      sourceArn: alarmArn(target, `${name}-${WAKE_UP}`),
    });
  }
}

function alarmArn({ partition, region, accountId }: DeploymentTarget, name: string): string {
  return `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${name}`;
}
