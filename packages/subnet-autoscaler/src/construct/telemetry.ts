import { type CLUSTER_METRICS, type ZONE_METRICS } from "../runtime/report/metrics";
import { type EVENT_SOURCE as RuntimeEventSource } from "../runtime/report/reporter";

/** Name of a metric per zone, with dimensions `Cluster` and `Zone`. */
export type ZoneMetric = keyof typeof ZONE_METRICS;

/** Name of a metric per cluster, with dimension `Cluster`. */
export type ClusterMetric = keyof typeof CLUSTER_METRICS;

/** Source of the runtime's events on the event bus. It is repeated here because synth does not load the runtime. */
export const EVENT_SOURCE: typeof RuntimeEventSource = "cluster-ipam.subnet-autoscaler";
