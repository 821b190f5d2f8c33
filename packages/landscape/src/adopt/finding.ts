/** What a takeover, or a comparison, has to say of something that exists. */
export interface Finding {
  readonly kind:
    /** Two networks have the same addresses. */
    | "overlap"
    /** A network's range is in no space of the plan, so the plan cannot manage it. */
    | "outside-spaces"
    /** AWS would not combine the CIDRs of a VPC that the plan wants. */
    | "vpc-cidrs"
    /** A cluster has few addresses left for pods. */
    | "pods-running-out"
    /** It was chosen and cannot be taken under management. */
    | "not-adopted"
    /** It is taken under management, with something that the owner should know. */
    | "adopted-with"
    /** A range that the plan has given to somebody else. */
    | "taken"
    /** IPAM pools that others allocate from. */
    | "ipam-pool";
  /** What it is about, in words. */
  readonly subject: string;
  /** The problem with figures, and what can be done. */
  readonly message: string;
}
