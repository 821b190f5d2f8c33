/** One bound on the workload of a cluster, with the arithmetic behind it. */
export interface Limit {
  /** Short name, for example `pod prefixes in eu-central-1a`, `nodes per pod range`. */
  readonly name: string;
  /** Maximum pods under this bound alone. */
  readonly pods: number;
  /** The formula with its numbers, for display. */
  readonly formula: string;
  /** What to change if this is the binding limit. */
  readonly fix: string;
}

/** The workload that a cluster's addresses support. */
export interface Capacity {
  /** Maximum nodes. */
  readonly nodes: number;
  /** Maximum pods: the smallest of `limits`. */
  readonly pods: number;
  /** The limit that is reached first. */
  readonly binding: Limit;
  /** All limits, tightest first. */
  readonly limits: readonly Limit[];
}

/** The capacity under the given limits. @param nodes maximum nodes @param limits at least one */
export function capacityOf(nodes: number, limits: readonly Limit[]): Capacity {
  const sorted = [...limits].sort((a, b) => a.pods - b.pods);
  const binding = sorted[0]!;
  return { nodes, pods: binding.pods, binding, limits: sorted };
}
