import { type AddressNode } from "../read/address-report";
import { addressesIn } from "../read/ipv4-range";

/** What is free in a pool, at one time. */
export interface PoolState {
  readonly cidr: string;
  readonly addresses: number;
  /** Addresses that nobody has. */
  readonly free: number;
  /** The largest free block; undefined if nothing is free. */
  readonly largestFree?: string;
}

/** The headroom of a pool before and after a change. */
export interface PoolChange {
  /** Key of the allocation, for example `aws/eu-central-1/prod/eks`. */
  readonly key: string;
  /** Undefined for a new pool, or without a base. */
  readonly before?: PoolState;
  /** Undefined for a pool that goes. */
  readonly after?: PoolState;
}

/**
 * Every pool that belongs to an environment, in the order of the tree, those that go last.
 *
 * @param before undefined: every pool is new
 */
export function poolChanges(
  before: readonly AddressNode[] | undefined,
  after: readonly AddressNode[],
): PoolChange[] {
  const [old, now] = [poolsOf(before ?? []), poolsOf(after)];
  return [...new Set([...now.keys(), ...old.keys()])].map((key): PoolChange => {
    const [was, is] = [old.get(key), now.get(key)];
    return {
      key,
      ...(was === undefined ? {} : { before: was }),
      ...(is === undefined ? {} : { after: is }),
    };
  });
}

function poolsOf(roots: readonly AddressNode[]): Map<string, PoolState> {
  const pools = new Map<string, PoolState>();
  const walk = (node: AddressNode): void => {
    if (node.kind === "pool" && node.environment !== undefined) pools.set(node.key, stateOf(node));
    node.children.forEach(walk);
  };
  roots.forEach(walk);
  return pools;
}

function stateOf({ cidr, children }: AddressNode): PoolState {
  const free = children.filter(({ kind }) => kind === "free").map((node) => node.cidr);
  const largest = free.reduce<string | undefined>(
    (best, next) => (best === undefined || addressesIn(next) > addressesIn(best) ? next : best),
    undefined,
  );
  return {
    cidr,
    addresses: addressesIn(cidr),
    free: free.reduce((sum, block) => sum + addressesIn(block), 0),
    ...(largest === undefined ? {} : { largestFree: largest }),
  };
}
