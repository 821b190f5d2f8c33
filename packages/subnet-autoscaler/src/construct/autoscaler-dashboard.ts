import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import { type AutoscalerConfig } from "../runtime/config";
import { type ClusterMetric, type ZoneMetric } from "./reports";

export interface AutoscalerDashboardProps {
  /** Name of the dashboard, and of the function. */
  readonly name: string;
  readonly config: AutoscalerConfig;
  /** ARNs of the alarms whose state it shows. */
  readonly alarmArns: readonly string[];
}

/** A dashboard's grid is 24 columns wide. */
const HALF = 12;

type Line = readonly [namespace: string, metric: string, ...dimensions: string[]];

/** What a cluster's pods have left, zone by zone, and how its autoscaler fares, on one page. */
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
      x: (at % 2) * HALF,
      y: 2 + 6 * Math.floor(at / 2),
      width: HALF,
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
