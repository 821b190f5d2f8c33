import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { Construct } from "constructs";
import { type SubnetAutoscaler } from "./subnet-autoscaler";
import { type Metric, METRIC_NAMESPACE } from "./telemetry";

/** Input of {@link SubnetAutoscalerDashboard}. */
export interface SubnetAutoscalerDashboardProps {
  /** Name of the dashboard. @default "subnet-autoscalers" */
  readonly name?: string;
  /** At least one and at most 50, all of one account and Region; the first one's Region is the dashboard's. */
  readonly autoscalers: readonly SubnetAutoscaler[];
}

/** Log groups that a query of CloudWatch Logs Insights may read. Source: CloudWatch Logs user guide, "Quotas". */
const MAX_LOG_GROUPS = 50;
/** Half the width of a dashboard, which has 24 columns. */
const HALF_WIDTH = 12;
const HEIGHT = 6;

type Widget = Readonly<Record<string, unknown>>;

/**
 * One dashboard for the autoscalers of an account and Region. The graphs find the metrics of every cluster by search, those
 * that are deployed later included; the zones of the given autoscalers come from their logs, because metrics of their own
 * would cost more than all the rest.
 *
 * @throws ValidationError for no or more than 50 autoscalers
 */
export class SubnetAutoscalerDashboard extends Construct {
  readonly resource: CloudwatchDashboard;

  constructor(scope: Construct, id: string, props: SubnetAutoscalerDashboardProps) {
    super(scope, id);
    const { name = "subnet-autoscalers", autoscalers } = props;
    const [first] = autoscalers;
    if (first === undefined || autoscalers.length > MAX_LOG_GROUPS)
      throw new ValidationError(
        this,
        `autoscalers has ${autoscalers.length} entries; use 1 to ${MAX_LOG_GROUPS}, since a query reads at most ${MAX_LOG_GROUPS} log groups`,
      );
    const widgets = [...graphs(first.region), ...autoscalers.flatMap(zoneGraphs)];
    this.resource = new CloudwatchDashboard(this, "dashboard", {
      dashboardName: name,
      dashboardBody: JSON.stringify({
        widgets: [
          {
            type: "alarm",
            ...{ x: 0, y: 0, width: 2 * HALF_WIDTH, height: 2 },
            properties: { title: "Alarms", alarms: autoscalers.flatMap(({ alarmArns }) => alarmArns) },
          },
          ...widgets.map((widget, at) => ({
            x: (at % 2) * HALF_WIDTH,
            y: 2 + HEIGHT * Math.floor(at / 2),
            width: HALF_WIDTH,
            height: HEIGHT,
            ...widget,
          })),
        ],
      }),
    });
  }
}

/** Graphs of every cluster and function of the account. */
function graphs(region: string): readonly Widget[] {
  const graph = (title: string, stat: string, ...searches: readonly string[]): Widget => ({
    type: "metric",
    properties: {
      title,
      region,
      period: 60,
      metrics: searches.map((search, index) => [
        { expression: `SEARCH('${search}', '${stat}', 60)`, id: `e${index}` },
      ]),
    },
  });
  const ofClusters = (metric: Metric) => `{${METRIC_NAMESPACE},Cluster} MetricName="${metric}"`;
  const ofFunctions = (metric: string) =>
    `{AWS/Lambda,FunctionName} MetricName="${metric}" FunctionName="subnet-autoscaler"`;
  return [
    graph("Runs that could make every change", "Maximum", ofClusters("Heartbeat")),
    graph("Zones short of prefixes", "Maximum", ofClusters("ShortZones")),
    graph("Problems that need an operator", "Maximum", ofClusters("Advice")),
    graph("Nodes that no new subnet helps", "Maximum", ofClusters("StrandedNodes")),
    graph("Duration in milliseconds, and errors", "Maximum", ...["Duration", "Errors"].map(ofFunctions)),
  ];
}

/** Graphs of the zones of one cluster, from its log. */
function zoneGraphs({ clusterName, region, zones, logGroupName }: SubnetAutoscaler): readonly Widget[] {
  const graph = (title: string, figure: string): Widget => {
    const perZone = zones.map((zone) => `min(\`zones.${zone}.${figure}\`) as \`${zone}\``);
    return {
      type: "log",
      properties: {
        title: `${clusterName}: ${title}`,
        region,
        view: "timeSeries",
        query: `SOURCE '${logGroupName}' | filter Cluster = '${clusterName}' | stats ${perZone.join(", ")} by bin(5m)`,
      },
    };
  };
  return [graph("free /28 prefixes", "freePrefixes"), graph("minutes to exhaustion", "minutesToExhaustion")];
}
