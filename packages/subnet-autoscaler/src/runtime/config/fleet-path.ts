/** Name of a fleet for which none is set. */
export const DEFAULT_FLEET = "subnet-autoscaler-fleet";

/** Path of the roles and of the parameters of a fleet's clusters. @param fleet name of the fleet's function */
export function fleetPath(fleet: string): string {
  return `/cluster-ipam/${fleet}/`;
}
