/** One bound on what a cluster can carry, with the arithmetic behind it. */
export interface Limit {
  /** Short name, for example `pod prefixes in eu-central-1a`, `nodes per pod range`. */
  readonly name: string;
  /** The most pods under this bound alone. */
  readonly pods: number;
  /** The formula with its numbers, for people. */
  readonly formula: string;
  /** What to change when this bound binds. */
  readonly fix: string;
}

/** What a cluster's addresses can carry. */
export interface Capacity {
  /** The most nodes. */
  readonly nodes: number;
  /** The most pods: the smallest of `limits`. */
  readonly pods: number;
  /** The limit that is reached first. */
  readonly binding: Limit;
  /** All limits, tightest first. */
  readonly limits: readonly Limit[];
}
