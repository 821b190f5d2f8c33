import { compareLocks, type LockDifference } from "@cluster-ipam/address-plan";
import { type AddressNode, keysOf } from "../read/address-report";
import { BlockEnvironments, reviewerOf } from "../read/block-environment";
import { NETWORK } from "../read/environment";
import { type ProposedChange } from "../read/proposed-change";
import { type AddressChange, addressChanges } from "./address-change";

/** Which of a lock's changes an environment reviews, and which it shows. */
export class ReviewScope {
  /** All changes of the lock; without a base everything is new. */
  private readonly differences: readonly LockDifference[];
  private readonly environmentOf: BlockEnvironments;

  /** @param environment name of the environment that is reviewed */
  constructor(
    private readonly environment: string,
    private readonly change: ProposedChange,
  ) {
    const { base, lock } = change;
    const old = base?.lock ?? { allocations: [] };
    this.differences = compareLocks(old, lock);
    this.environmentOf = new BlockEnvironments(
      [...old.allocations, ...lock.allocations].map(({ key }) => key),
    );
  }

  /** Whether this environment reviews the blocks of the one that is in their keys. */
  isOwn(environment: string | undefined): boolean {
    return reviewerOf(environment, this.change.environments) === this.environment;
  }

  /** The changes that this environment reviews. */
  ownDifferences(): LockDifference[] {
    return this.differences.filter(({ key }) => this.isOwn(this.environmentOf.of(key)));
  }

  /**
   * Changes to the blocks of the environment, and to the pools around them; the network shows all.
   *
   * @param visible the environment's blocks before and after the change, with the blocks around them
   */
  addressChanges(visible: readonly AddressNode[]): AddressChange[] {
    const { base, addresses } = this.change;
    const changes = addressChanges(this.differences, {
      before: base?.addresses?.tree,
      after: addresses.tree,
    });
    if (this.environment === NETWORK) return changes;
    const keys = new Set(keysOf(visible));
    return changes.filter(({ key }) => keys.has(key) || this.environmentOf.of(key) === this.environment);
  }
}
