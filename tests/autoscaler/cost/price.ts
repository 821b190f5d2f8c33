import prices from "../../bench/aws-prices.json";
import { type Usage } from "./month";

/** What Terraform deploys for one cluster, as far as it has a price. */
export interface Deployed {
  /** Memory of the function in MB. */
  readonly memory: number;
  /** Metrics of all alarms: CloudWatch bills each metric of an alarm. */
  readonly alarmMetrics: number;
  /** The cluster's share of a dashboard. */
  readonly dashboards: number;
}

/** A month's price of one cluster in US dollars, by what it is for. */
export type Price = Readonly<
  Record<"Lambda" | "schedule" | "logs" | "metrics" | "alarms" | "events" | "dashboard", number>
>;

/** @param minutes time in which the usage came about; a month uses in proportion */
export function monthlyPrice(
  usage: Usage,
  minutes: number,
  { memory, alarmMetrics, dashboards }: Deployed,
): Price {
  const { lambda, cloudWatch, eventBridge, hoursPerMonth } = prices;
  const perMonth = (hoursPerMonth * 60) / minutes;
  const runs = usage.runs * perMonth;
  const gigabyteSeconds = ((usage.milliseconds * perMonth) / 1000) * (memory / 1024);
  return {
    Lambda: gigabyteSeconds * lambda.gigabyteSecondArm + runs * lambda.request,
    schedule: runs * eventBridge.scheduledInvocation,
    logs: ((usage.logBytes * perMonth) / 1e9) * cloudWatch.logGigabyte,
    metrics: usage.metricHours * perMonth * (cloudWatch.metricMonth / hoursPerMonth),
    alarms: alarmMetrics * cloudWatch.alarmMetricMonth,
    events: usage.events * perMonth * eventBridge.event,
    dashboard: dashboards * cloudWatch.dashboardMonth,
  };
}

/** The whole price. */
export function total(price: Price): number {
  return Object.values(price).reduce((sum, part) => sum + part, 0);
}
