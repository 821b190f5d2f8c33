import { type Observation } from "../observe/observation";

/**
 * What a run would observe if new nodes brought several times the pods at once: each zone lacks the prefixes that it would
 * use more.
 *
 * @param factor times the pods of now, more than 1
 */
export function withPods(observation: Observation, factor: number): Observation {
  const zones = observation.zones.map((zone) => ({
    ...zone,
    lackingPrefixes: zone.lackingPrefixes + Math.ceil(zone.usedPrefixes * (factor - 1)),
  }));
  return { ...observation, zones };
}
