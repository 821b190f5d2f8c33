/** How the clouds differ from the plan. */
export type DifferenceKind =
  /** A planned block was deployed, and is no longer there. */
  | "gone"
  /** A planned block is at another place: another CIDR, another zone. */
  | "elsewhere"
  /** A planned block has more addresses than the plan gave it. */
  | "larger"
  /** Somebody else has addresses that the plan gave away, or keeps for a pool. */
  | "taken"
  /** It exists in a space, or in a network of the plan, and the plan does not know it. */
  | "unplanned"
  /** IPAM says that it breaks a pool's rules, or overlaps. */
  | "ipam"
  /** It is planned, and nothing says that it was ever deployed. */
  | "not-deployed"
  /** It could not be looked at. */
  | "unseen";

/** One difference between the plan and the clouds. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** Key in the lock. @default what exists has none */
  readonly key?: string;
  /** IPv4 CIDR. @default it has none */
  readonly cidr?: string;
  /** What it is, in words. */
  readonly subject: string;
  readonly message: string;
}

/** The kinds that make the plan untrue. What is not deployed yet, or was not seen, does not. */
export const UNTRUE: ReadonlySet<DifferenceKind> = new Set([
  "gone",
  "elsewhere",
  "larger",
  "taken",
  "unplanned",
  "ipam",
]);
