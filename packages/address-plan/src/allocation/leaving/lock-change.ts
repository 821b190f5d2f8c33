/** A change to one allocation. */
export interface LockChange {
  /**
   * `added`: new. `widened`: a larger CIDR that contains the old one. `demand-changed`: the same CIDR for a different
   * demand. `draining`, `retired`: the plan no longer requires it. `restored`: required again. `freed`: gone. `renamed`:
   * the same CIDR under the key of a renamed cluster.
   */
  readonly kind:
    "added" | "widened" | "demand-changed" | "draining" | "retired" | "restored" | "freed" | "renamed";
  readonly key: string;
  readonly cidr: string;
  /** Size and reason; of a freed block, what proved that it is free; of a renamed one, the old key. For display. */
  readonly demand: string;
  /** What the lock recorded of a block whose demand changed. */
  readonly recorded?: string;
}
