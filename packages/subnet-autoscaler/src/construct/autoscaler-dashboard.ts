import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import { type AutoscalerConfig } from "../runtime/config/config";
import { type ClusterMetric, type ZoneMetric } from "./telemetry";

/** Input of {@link AutoscalerDashboard}. */
export interface AutoscalerDashboardProps {
  /** Name of the dashboard, and of the function. */
  readonly name: string;
  readonly config: AutoscalerConfig;
  /** ARNs of the alarms to show. */
  readonly alarmArns: readonly string[];
}

/** Half the width of a dashboard, which has 24 columns. */
const HALF_WIDTH = 12;

type Line = readonly [namespace: string, metric: string, ...dimensions: string[]];

/** Dashboard of a cluster's free addresses per zone and of its autoscaler's runs. */
export class AutoscalerDashboard extends Construct {
  readonly resource: CloudwatchDashboard;

  constructor(scope: Construct, id: string, props: AutoscalerDashboardProps) {
    super(scope, id);
    const { name, config, alarmArns } = props;
    const { metricNamespace, cluster, region, zones, policy } = config;
    const byZone = (metric: ZoneMetric): readonly Line[] =>
      zones.map(({ zone }) => [metricNamespace, metric, "Cluster", cluster, "Zone", zone]);
    const ofCluster = (metric: ClusterMetric): Line => [metricNamespace, metric, "Cluster", cluster];
    const ofFunction = (metric: string): Line => ["AWS/Lambda", metric, "FunctionName", name];
    const graph = (at: number, title: string, metrics: readonly Line[], stat: string, line?: number) => ({
      type: "metric",
      x: (at % 2) * HALF_WIDTH,
      y: 2 + 6 * Math.floor(at / 2),
      width: HALF_WIDTH,
      height: 6,
      properties: {
        title,
        region,
        metrics,
        stat,
        period: 60,
        ...(line !== undefined && { annotations: { horizontal: [{ value: line }] } }),
      },
    });
    const body = {
      widgets: [
        {
          type: "alarm",
          x: 0,
          y: 0,
          width: 24,
          height: 2,
          properties: { title: "Alarms", alarms: alarmArns },
        },
        graph(0, "Free /28 prefixes", byZone("FreePrefixes"), "Minimum", policy.floorPrefixes),
        graph(1, "Minutes to exhaustion", byZone("MinutesToExhaustion"), "Minimum", policy.leadTimeMinutes),
        graph(2, "Growth subnets", byZone("GrowthSubnets"), "Maximum"),
        graph(3, "Fragmentation in percent", byZone("Fragmentation"), "Maximum"),
        graph(
          4,
          "Runs",
          [
            ...(["Heartbeat", "Changes", "Failures", "Advice"] as const).map(ofCluster),
            ofFunction("Errors"),
            ofFunction("Throttles"),
          ],
          "Sum",
        ),
        graph(5, "Duration in milliseconds", [ofFunction("Duration")], "Maximum"),
      ],
    };
    this.resource = new CloudwatchDashboard(this, "dashboard", {
      dashboardName: name,
      dashboardBody: JSON.stringify(body),
    });
  }
}
