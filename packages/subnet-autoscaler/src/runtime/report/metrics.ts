import { type AutoscalerConfig } from "../config/config";
import { GrowthSpace } from "../decide/growth-space";
import { type ZoneView } from "../decide/zone-view";
import { type Observation } from "../observe/observation";

/**
 * Metrics per cluster, with dimension `Cluster`. CloudWatch bills a metric for each hour in which it has a value, so
 * only the heartbeat has one in every run; the others are absent while they are 0. What has no alarm is no metric.
 */
export const METRICS = [
  /** 1 when the run could have made every change: it observed everything, and none failed or found no time. Else 0. */
  "Heartbeat",
  /** Zones whose free prefixes are fewer than the floor or run out within the lead time. */
  "ShortZones",
  /** Problems that need an operator. */
  "Advice",
  /** Nodes that no new subnet helps, because all their interfaces are in full subnets. */
  "StrandedNodes",
] as const;

/** Name of a metric, with dimension `Cluster`. */
export type Metric = (typeof METRICS)[number];

/** Upper bound of `minutesToExhaustion`, because a graph cannot show infinity. */
const MAX_MINUTES = 7 * 24 * 60;

/** A log line in CloudWatch's embedded metric format. */
export type MetricLine = Readonly<Record<string, unknown>>;

/** Counts of one run. */
export interface RunCounts {
  /** Failed changes and failed events. */
  readonly failures: number;
  readonly changes: number;
  readonly advice: number;
  /** Changes that found no time. */
  readonly outOfTime: number;
}

/**
 * The log line of a completed run: the metrics, and what each zone has. CloudWatch Logs Insights graphs the zones
 * (see the dashboard) for the price of the log.
 */
export function runLine(
  config: AutoscalerConfig,
  observation: Observation,
  zones: readonly ZoneView[],
  counts: RunCounts,
): MetricLine {
  const { failures, changes, advice, outOfTime } = counts;
  const metrics: Record<Metric, number> = {
    Heartbeat: failures + outOfTime === 0 ? 1 : 0,
    ShortZones: zones.filter((zone) => isShort(zone, config)).length,
    Advice: advice,
    StrandedNodes: observation.zones.reduce((sum, { strandedNodes }) => sum + strandedNodes.length, 0),
  };
  return {
    ...metricLine(config, metrics, observation.now),
    changes,
    failures,
    growthAddresses: new GrowthSpace(config, observation).freeAddresses,
    zones: Object.fromEntries(zones.map((zone) => [zone.zone, zoneFigures(zone)])),
  };
}

/** The log line of a run whose observation failed. */
export function failureLine(config: AutoscalerConfig, now: number): MetricLine {
  return { ...metricLine(config, { Heartbeat: 0 }, now), failures: 1 };
}

function metricLine(
  { metricNamespace, cluster }: AutoscalerConfig,
  metrics: Partial<Record<Metric, number>>,
  now: number,
): MetricLine {
  const given = METRICS.filter((name) => name === "Heartbeat" || (metrics[name] ?? 0) > 0);
  return {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        {
          Namespace: metricNamespace,
          Dimensions: [["Cluster"]],
          Metrics: given.map((Name) => ({ Name, Unit: "Count" })),
        },
      ],
    },
    Cluster: cluster,
    ...Object.fromEntries(given.map((name) => [name, metrics[name]])),
  };
}

function isShort(zone: ZoneView, { policy }: AutoscalerConfig): boolean {
  return (
    zone.freePrefixes < policy.floorPrefixes || Math.floor(zone.minutesToExhaustion) < policy.leadTimeMinutes
  );
}

/** What a zone has, by the names of the log. */
function zoneFigures(zone: ZoneView) {
  return {
    freePrefixes: zone.freePrefixes,
    targetPrefixes: zone.targetPrefixes,
    availableAddresses: zone.availableAddresses,
    /** Percentage of the free addresses that no prefix can use. */
    fragmentation: Math.round(zone.fragmentation * 100),
    /** Minutes until the free prefixes run out, at most one week. */
    minutesToExhaustion: Math.min(MAX_MINUTES, Math.floor(zone.minutesToExhaustion)),
    growthSubnets: zone.growthSubnets.length + zone.drainingSubnets.length,
  };
}
