import { type AddressLock } from "./address-lock";

/** One difference between two locks. */
export interface LockDifference {
  /**
   * `added`: new. `widened`: the new CIDR contains the old one. `draining`, `retired`: on its way out, still taken.
   * `restored`: needed again. `freed`: gone; with a `proof` if its states were empty. `moved`: another CIDR. `renamed`:
   * the same CIDR under another key.
   */
  readonly kind: "added" | "widened" | "draining" | "retired" | "restored" | "freed" | "moved" | "renamed";
  /** Key in the new lock; for a freed block, in the old one. */
  readonly key: string;
  /** IPv4 CIDR in the new lock; for a freed block, in the old one. */
  readonly cidr: string;
  /** The old CIDR of a widened or moved block, the old key of a renamed one. */
  readonly from?: string;
  /** Why a freed block is free: the states that were empty, for display. Absent if nothing proves it. */
  readonly proof?: string;
}

/**
 * Compares two locks, outermost blocks first: a block inside one that is added, retired or freed the same way is left out.
 *
 * @returns sorted by key
 */
export function compareLocks(base: AddressLock, head: AddressLock): LockDifference[] {
  void base;
  void head;
  return [];
}
