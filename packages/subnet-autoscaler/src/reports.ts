/** CloudWatch metrics that the runtime writes, and the alarms and the dashboard read. */
export const METRICS = {
  /** Free aligned /28 prefixes of a zone; dimensions cluster and zone. */
  freePrefixes: "FreePrefixes",
  /** Minutes until a zone has no free prefix, by its trend; dimensions cluster and zone. */
  minutesToExhaustion: "MinutesToExhaustion",
  /** Percent of a zone's free addresses that no prefix can use; dimensions cluster and zone. */
  fragmentation: "Fragmentation",
  /** Subnets of a zone that the autoscaler made; dimensions cluster and zone. */
  growthSubnets: "GrowthSubnets",
  /** 1 for each run that came to its end; dimension cluster. */
  heartbeat: "Heartbeat",
  /** Changes that failed, and runs that could not look; dimension cluster. */
  failures: "Failures",
  /** Changes that were made; dimension cluster. */
  changes: "Changes",
  /** Things that only people can mend; dimension cluster. */
  advice: "Advice",
} as const;

/** Names of the metrics' dimensions. */
export const DIMENSIONS = { cluster: "Cluster", zone: "Zone" } as const;

/** Source of the runtime's events on the event bus. */
export const EVENT_SOURCE = "cluster-ipam.subnet-autoscaler";
