import { type AutoscalerConfig } from "./config";
import { type Observation } from "./observation";
import { GrowthSpace } from "./growth-space";
import { type ZoneView } from "./zone-view";

/** Metrics of a zone: dimensions `Cluster` and `Zone`. */
export const ZONE_METRICS = {
  /** Free aligned /28 blocks of the zone's pod subnets. */
  FreePrefixes: "Count",
  /** Free addresses, aligned or not. */
  AvailableAddresses: "Count",
  /** Percent of the free addresses that no prefix can use. */
  Fragmentation: "Percent",
  /** Minutes until the prefixes are used up; one week at most. */
  MinutesToExhaustion: "None",
  /** Subnets the autoscaler made. */
  GrowthSubnets: "Count",
} as const;

/** Metrics of the cluster: dimension `Cluster`. */
export const CLUSTER_METRICS = {
  /** 1 for each run that came to its end: its absence is the alarm. */
  Heartbeat: "Count",
  /** Changes that failed, and runs that could not look. */
  Failures: "Count",
  /** Changes that were made. */
  Changes: "Count",
  /** Addresses of the attached growth space that are not in a subnet. */
  GrowthAddresses: "Count",
  /** Things that only people can mend. */
  Advice: "Count",
} as const;

/** Minutes that stand for "not in sight": a graph cannot show infinity. */
const FAR = 7 * 24 * 60;

type Units = Readonly<Record<string, string>>;

/** One line of CloudWatch's embedded metric format. */
export type MetricLine = Readonly<Record<string, unknown>>;

function line(
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

/** The metrics of one zone. */
export function zoneMetrics(
  { metricNamespace, cluster }: AutoscalerConfig,
  zone: ZoneView,
  now: number,
): MetricLine {
  const values: Record<keyof typeof ZONE_METRICS, number> = {
    FreePrefixes: zone.freePrefixes,
    AvailableAddresses: zone.availableAddresses,
    Fragmentation: Math.round(zone.fragmentation * 100),
    MinutesToExhaustion: Math.min(FAR, Math.floor(zone.minutesToExhaustion)),
    GrowthSubnets: zone.ownSubnets.length,
  };
  return line(metricNamespace, { Cluster: cluster, Zone: zone.zone }, ZONE_METRICS, values, now);
}

/** What one run did. */
export interface RunCounts {
  readonly failures: number;
  readonly changes: number;
  readonly advice: number;
}

/** The metrics of a run that came to its end. */
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
    GrowthAddresses: new GrowthSpace(config.growthPools, observation).freeAddresses,
  };
  return line(config.metricNamespace, { Cluster: config.cluster }, CLUSTER_METRICS, values, observation.now);
}

/** The metric of a run that could not look: a failure and no heartbeat. */
export function failureMetric({ metricNamespace, cluster }: AutoscalerConfig, now: number): MetricLine {
  return line(metricNamespace, { Cluster: cluster }, CLUSTER_METRICS, { Failures: 1 }, now);
}
