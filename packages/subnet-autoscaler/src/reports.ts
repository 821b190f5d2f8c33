/** CloudWatch metrics that the runtime writes with every run, and the alarms and the dashboard read. */
export const METRICS = {
  /** Aligned free /28 prefixes of a zone; dimensions cluster and zone. */
  freePrefixes: "FreePrefixes",
  /** Minutes until a zone has no free prefix, by its trend; dimensions cluster and zone. */
  minutesToExhaustion: "MinutesToExhaustion",
  /** 1 for each run that came to its end; dimension cluster. */
  heartbeat: "Heartbeat",
} as const;

/** Names of the metrics' dimensions. */
export const DIMENSIONS = { cluster: "Cluster", zone: "Zone" } as const;

/** Source of the runtime's events on the event bus. */
export const EVENT_SOURCE = "cluster-ipam.subnet-autoscaler";
