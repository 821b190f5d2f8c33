/** Why something is decided, or why nothing can be. */
export type Cause =
  /** The pod subnets of a zone have too few free addresses. */
  | "full"
  /** Addresses are free, but not as aligned /28 blocks. */
  | "fragmented"
  /** At the present rate the prefixes are used up within the lead time. */
  | "running-out"
  /** An earlier run did not come to its end, or somebody changed what it made. */
  | "unfinished"
  /** The growth CIDRs of the VPC fill up. */
  | "growth-space-short"
  /** A growth subnet or growth CIDR is not needed any more. */
  | "idle"
  /** The zone is short, but its last new subnet is too young to judge. */
  | "cooling-down"
  /** A budget of the policy is spent. */
  | "budget-spent"
  /** A quota of the account is reached. */
  | "quota-reached"
  /** The growth space, or the IPAM pool behind it, has no free block. */
  | "pool-empty"
  /** Nodes hold all the prefixes their interfaces can take. */
  | "eni-slots-exhausted"
  /** The zone's node subnet is nearly full, so no node can come that would use more pod addresses. */
  | "node-subnet-short"
  /** The CNI does not look for subnets. */
  | "discovery-off"
  /** ENIConfigs name the pod subnets, so the CNI ignores new ones. */
  | "custom-networking"
  /** The CNI stays in the node's subnet when that is full. */
  | "cni-too-old"
  /** The zone has no pod subnet whose route table and network ACL a new one could share. */
  | "no-reference-subnet"
  /** Pods do not come to a new subnet although the others are full. */
  | "not-used";

interface Reasoned {
  readonly cause: Cause;
  /** One sentence with the figures. */
  readonly reason: string;
}

interface OnSubnet extends Reasoned {
  readonly zone: string;
  readonly subnetId: string;
  readonly cidr: string;
}

/** A change to the network that a run decides on. */
export type Change =
  /** Make a subnet dark, wire it, let pods in. */
  | (Reasoned & { readonly action: "create"; readonly zone: string; readonly cidr: string })
  /** Wire a dark or quarantined subnet and let pods in. */
  | (OnSubnet & { readonly action: "activate" })
  /** Give an active subnet the wiring of its zone again. */
  | (OnSubnet & { readonly action: "rewire" })
  /** Note when a subnet became empty. */
  | (OnSubnet & { readonly action: "mark-empty" })
  /** Note that a subnet is in use again. */
  | (OnSubnet & { readonly action: "mark-used" })
  /** Keep new pods out of an empty subnet; it is quarantined from now on. */
  | (OnSubnet & { readonly action: "deactivate" })
  /** Take the discovery tag off a quarantined subnet that still, or again, has it. */
  | (OnSubnet & { readonly action: "close" })
  | (OnSubnet & { readonly action: "delete" })
  | (Reasoned & { readonly action: "attach-cidr"; readonly cidr: string })
  | (Reasoned & { readonly action: "detach-cidr"; readonly cidr: string; readonly associationId: string });

/** Something that only people can change, or that takes time. */
export interface Advice extends Reasoned {
  readonly action: "none";
  /** Absent when it concerns the cluster as a whole. */
  readonly zone?: string;
  /** What to do about it. */
  readonly advice: string;
}

export type Decision = Change | Advice;

/** Names a change the same in every run that decides on it, for approvals: `create 100.64.64.0/22`. */
export function changeId(change: Change): string {
  return `${change.action} ${"subnetId" in change ? change.subnetId : change.cidr}`;
}

/** Whether a change only notes something on the autoscaler's own subnet: it needs no approval and makes no event. */
export function isNote({ action }: Decision): boolean {
  return action === "mark-empty" || action === "mark-used";
}
