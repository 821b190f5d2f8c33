import { type PlanDefinitionInput } from "@cluster-ipam/address-plan";

/** The name of a cluster of the fleet. */
export function clusterName(at: number): string;

/**
 * Many clusters in two environments, and in two regions of each cloud.
 *
 * @param from number of the first cluster; definitions that overlap have the same clusters
 * @param to number after the last one; about 2,000 clusters fit
 */
export function fleetDefinition(from: number, to: number): PlanDefinitionInput;
