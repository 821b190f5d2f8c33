import { type AddressLock, AddressPlan, allocate } from "@cluster-ipam/address-plan";
import { fleetDefinition } from "../bench/fleet";
import { type AddressReport, addressReport } from "../src/read/address-report";

/** A plan of a fleet and the lock that another one can continue. */
export interface FleetPlan {
  readonly addresses: AddressReport;
  readonly lock: AddressLock;
}

/**
 * An address plan of many clusters in two environments, and in two regions of each cloud.
 *
 * @param from number of the first cluster; plans that overlap have the same clusters
 * @param to number after the last one; about 2,000 clusters fit
 * @param lock the lock that it continues @default none
 */
export function fleetPlan(from: number, to: number, lock?: AddressLock): FleetPlan {
  const definition = fleetDefinition(from, to);
  const allocated = allocate(definition, lock);
  return { addresses: addressReport(AddressPlan.from(definition, allocated.lock)), lock: allocated.lock };
}
