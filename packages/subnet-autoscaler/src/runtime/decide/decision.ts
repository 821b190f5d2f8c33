import { type Mode } from "../config/config";

/** Why a change is decided, or why none can be made. */
export type Cause =
  /** The pod subnets of a zone have too few free addresses. */
  | "full"
  /** Addresses are free, but not as aligned /28 blocks. */
  | "fragmented"
  /** At the current rate the free prefixes run out within the lead time. */
  | "running-out"
  /** An earlier run did not finish, or someone changed its result. */
  | "unfinished"
  /** An interface arrived in a subnet while it was closed. */
  | "used-again"
  /** The VPC's growth CIDRs are filling up. */
  | "growth-space-short"
  /** A growth subnet or growth CIDR is no longer needed. */
  | "idle"
  /** The address plan no longer needs the growth CIDR or the zone of a growth subnet. */
  | "draining"
  /** The VPC has nearly as many CIDRs as its quota allows, so a small one is given up for a larger one. */
  | "merging"
  /** The zone needs prefixes, but its last growth subnet is too new. */
  | "cooling-down"
  /** A budget of the scaling policy is spent. */
  | "budget-spent"
  /** An account quota is reached. */
  | "quota-reached"
  /** The growth space or its IPAM pool has no free block. */
  | "pool-empty"
  /** All nodes have as many prefixes as their interfaces can hold. */
  | "eni-slots-exhausted"
  /** Nodes have all their interfaces in full subnets, so no new subnet helps them. */
  | "nodes-stranded"
  /** A person reserved a part of a growth subnet. */
  | "foreign-reservation"
  /** Another autoscaler changes the cluster's growth subnets. */
  | "second-autoscaler"
  /** The zone's node subnet is nearly full, so no node can join to use more pod addresses. */
  | "node-subnet-short"
  /** Subnet discovery is off in the CNI. */
  | "discovery-off"
  /** ENIConfigs select the pod subnets, so the CNI ignores new ones. */
  | "custom-networking"
  /** The CNI does not use other subnets when the node's subnet is full. */
  | "cni-too-old"
  /** The zone has no pod subnet whose route table and network ACL a growth subnet could get. */
  | "no-reference-subnet"
  /** No pod uses a new subnet although the others are full. */
  | "not-used"
  /** A change has been postponed in too many runs. */
  | "stuck";

interface WithCause {
  readonly cause: Cause;
  /** The reason with its figures. */
  readonly reason: string;
}

interface SubnetChange extends WithCause {
  readonly zone: string;
  readonly subnetId: string;
  readonly cidr: string;
}

/** A change to the network. */
export type Change =
  /** Create a subnet closed to pods, wire it, and open it. */
  | (WithCause & { readonly action: "create"; readonly zone: string; readonly cidr: string })
  /** Wire a created or quarantined subnet and open it to pods. */
  | (SubnetChange & { readonly action: "activate" })
  /** Restore the wiring of an active subnet. */
  | (SubnetChange & { readonly action: "rewire" })
  /** Record when a subnet became empty. */
  | (SubnetChange & { readonly action: "mark-empty" })
  /** Record that a subnet is in use again. */
  | (SubnetChange & { readonly action: "mark-used" })
  /** Quarantine an empty subnet: close it to new pods. */
  | (SubnetChange & { readonly action: "deactivate" })
  /** Close a quarantined subnet that the CNI still discovers. */
  | (SubnetChange & { readonly action: "close" })
  | (SubnetChange & { readonly action: "delete" })
  /** Reserve a part of a subnet for prefixes. */
  | (SubnetChange & { readonly action: "reserve" })
  | (WithCause & { readonly action: "attach-cidr"; readonly cidr: string })
  /** Associate any CIDR of this size from the shared growth pool with the VPC. */
  | (WithCause & { readonly action: "attach-shared"; readonly netmaskLength: number })
  | (WithCause & { readonly action: "detach-cidr"; readonly cidr: string; readonly associationId: string });

/** Something an operator must do, or wait for. */
export interface Advice extends WithCause {
  readonly action: "none";
  /** Absent when it concerns the whole cluster. */
  readonly zone?: string;
  /** What to do about it. */
  readonly advice: string;
}

/** A change to make, or advice for an operator. */
export type Decision = Change | Advice;

/** Whether a decision changes something. */
export function isChange(decision: Decision): decision is Change {
  return decision.action !== "none";
}

/**
 * Id of a change for approvals, the same in every run that decides on it: `create 100.64.64.0/22 eu-central-1a full`. It
 * names the zone and the cause, so that an approval is not one of another change to the same CIDR.
 */
export function changeId(change: Change): string {
  return [change.action, objectOf(change), ...("zone" in change ? [change.zone] : []), change.cause].join(
    " ",
  );
}

function objectOf(change: Change): string {
  if ("subnetId" in change) return change.subnetId;
  return change.action === "attach-shared" ? `/${change.netmaskLength}` : change.cidr;
}

/**
 * Whether a change only records or reserves something in a growth subnet: it needs no approval and publishes no event.
 */
export function isBookkeeping({ action }: Decision): boolean {
  return action === "mark-empty" || action === "mark-used" || action === "reserve";
}

/**
 * Whether a run makes a decision's change, if it has time.
 *
 * @param approved ids of approved changes, see {@link changeId}
 */
export function isMade(decision: Decision, mode: Mode, approved: readonly string[] = []): decision is Change {
  if (!isChange(decision) || mode === "dry-run") return false;
  return mode === "act" || isBookkeeping(decision) || approved.includes(changeId(decision));
}
