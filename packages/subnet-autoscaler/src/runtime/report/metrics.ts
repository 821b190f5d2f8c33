import { type AutoscalerConfig } from "../config/config";
import { GrowthSpace } from "../decide/growth-space";
import { type ZoneView } from "../decide/zone-view";
import { type Observation } from "../observe/observation";

/** Metrics per zone, with dimensions `Cluster` and `Zone`, and their units. */
export const ZONE_METRICS = {
  /** Free, aligned /28 blocks in the zone's pod subnets. */
  FreePrefixes: "Count",
  /** Free addresses, aligned or not. */
  AvailableAddresses: "Count",
  /** Percentage of the free addresses that no prefix can use. */
  Fragmentation: "Percent",
  /** Minutes until the free prefixes run out, at most one week. */
  MinutesToExhaustion: "None",
  /** Number of growth subnets. */
  GrowthSubnets: "Count",
} as const;

/** Metrics per cluster, with dimension `Cluster`, and their units. */
export const CLUSTER_METRICS = {
  /** 1 per completed run; its absence raises an alarm. */
  Heartbeat: "Count",
  /** Failed changes, failed events and failed observations. */
  Failures: "Count",
  /** Changes made. */
  Changes: "Count",
  /** Addresses of the attached growth space that are not in a subnet. */
  GrowthAddresses: "Count",
  /** Problems that need an operator. */
  Advice: "Count",
  /** Nodes that no new subnet helps, because all their interfaces are in full subnets. */
  StrandedNodes: "Count",
} as const;

/** Upper bound of `MinutesToExhaustion`, because a graph cannot show infinity. */
const MAX_MINUTES = 7 * 24 * 60;

type Units = Readonly<Record<string, string>>;

/** A log line in CloudWatch's embedded metric format. */
export type MetricLine = Readonly<Record<string, unknown>>;

function metricLine(
  namespace: string,
  dimensions: Readonly<Record<string, string>>,
  units: Units,
  values: Readonly<Record<string, number>>,
  now: number,
): MetricLine {
  const Metrics = Object.keys(values).map((Name) => ({ Name, Unit: units[Name] }));
  return {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [Object.keys(dimensions)], Metrics }],
    },
    ...dimensions,
    ...values,
  };
}

/** The log line with the metrics of a zone. */
export function zoneMetrics(
  { metricNamespace, cluster }: AutoscalerConfig,
  zone: ZoneView,
  now: number,
): MetricLine {
  const values: Record<keyof typeof ZONE_METRICS, number> = {
    FreePrefixes: zone.freePrefixes,
    AvailableAddresses: zone.availableAddresses,
    Fragmentation: Math.round(zone.fragmentation * 100),
    MinutesToExhaustion: Math.min(MAX_MINUTES, Math.floor(zone.minutesToExhaustion)),
    GrowthSubnets: zone.growthSubnets.length + zone.drainingSubnets.length,
  };
  return metricLine(metricNamespace, { Cluster: cluster, Zone: zone.zone }, ZONE_METRICS, values, now);
}

/** Counts of one run. */
export interface RunCounts {
  readonly failures: number;
  readonly changes: number;
  readonly advice: number;
}

/** The log line with the metrics of a completed run. */
export function clusterMetrics(
  config: AutoscalerConfig,
  observation: Observation,
  counts: RunCounts,
): MetricLine {
  const values: Record<keyof typeof CLUSTER_METRICS, number> = {
    Heartbeat: 1,
    Failures: counts.failures,
    Changes: counts.changes,
    Advice: counts.advice,
    StrandedNodes: observation.zones.reduce((sum, { strandedNodes }) => sum + strandedNodes.length, 0),
    GrowthAddresses: new GrowthSpace(config, observation).freeAddresses,
  };
  return metricLine(
    config.metricNamespace,
    { Cluster: config.cluster },
    CLUSTER_METRICS,
    values,
    observation.now,
  );
}

/** The log line with the metric of a run whose observation failed: a failure and no heartbeat. */
export function failureMetric({ metricNamespace, cluster }: AutoscalerConfig, now: number): MetricLine {
  return metricLine(metricNamespace, { Cluster: cluster }, CLUSTER_METRICS, { Failures: 1 }, now);
}
