import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type EksClusterContract } from "@cluster-ipam/eks-cni";
import { type Construct } from "constructs";

/** What the autoscaler of a cluster needs to know of the fleet that serves it. Every value is a literal. */
export interface FleetContract {
  /** Name of the fleet's function and of its role. */
  readonly name: string;
  /** Stack of the fleet, which is deployed before its clusters'. */
  readonly stack: string;
  readonly region: string;
  /** AWS account of the fleet, 12 digits. */
  readonly accountId: string;
}

/** What {@link checkFleet} compares. */
interface FleetUse {
  readonly contract: EksClusterContract;
  readonly fleet?: FleetContract;
}

/** @throws ValidationError unless the fleet is in the account and Region of the cluster, as far as they are known */
export function checkFleet(scope: Construct, { contract, fleet }: FleetUse): void {
  const { addresses, accountId } = contract.network;
  if (fleet === undefined) return;
  const isHere = fleet.region === addresses.region && (accountId ?? fleet.accountId) === fleet.accountId;
  if (isHere) return;
  throw new ValidationError(
    scope,
    `the fleet ${fleet.name} serves ${fleet.region} in account ${fleet.accountId}, but ${addresses.name} is in ${addresses.region} in account ${accountId ?? fleet.accountId}; use a fleet there, or remove fleet`,
  );
}
