import { type EVENT_SOURCE as RuntimeEventSource } from "../runtime/reconcile";
import { type CLUSTER_METRICS, type ZONE_METRICS } from "../runtime/metrics";

/** A metric that the runtime writes for each zone; dimensions `Cluster` and `Zone`. */
export type ZoneMetric = keyof typeof ZONE_METRICS;

/** A metric that the runtime writes for the cluster; dimension `Cluster`. */
export type ClusterMetric = keyof typeof CLUSTER_METRICS;

/** Source of the runtime's events on the event bus; a name of its own, because synth does not load the runtime. */
export const EVENT_SOURCE: typeof RuntimeEventSource = "cluster-ipam.subnet-autoscaler";
