import { type AddressNode } from "../read/address-report";
import { addressCount } from "../read/ipv4-range";

/** The free space of a pool, before or after a change. */
export interface PoolState {
  readonly cidr: string;
  /** Number of addresses in the pool. */
  readonly addresses: number;
  /** Number of unallocated addresses. */
  readonly free: number;
  /** CIDR of the largest free block; undefined if the pool is full. */
  readonly largestFree?: string;
}

/** A pool before and after a change. */
export interface PoolChange {
  /** Key of the allocation, for example `aws/eu-central-1/prod/eks`. */
  readonly key: string;
  /** Undefined for a new pool, or without a base. */
  readonly before?: PoolState;
  /** Undefined for a removed pool. */
  readonly after?: PoolState;
}

/**
 * Every pool that belongs to an environment, in tree order, with removed pools last.
 *
 * @param before undefined: every pool counts as new
 */
export function poolChanges(
  before: readonly AddressNode[] | undefined,
  after: readonly AddressNode[],
): PoolChange[] {
  const [old, current] = [poolsOf(before ?? []), poolsOf(after)];
  return [...new Set([...current.keys(), ...old.keys()])].map((key): PoolChange => {
    const [was, is] = [old.get(key), current.get(key)];
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
    (best, next) => (best === undefined || addressCount(next) > addressCount(best) ? next : best),
    undefined,
  );
  return {
    cidr,
    addresses: addressCount(cidr),
    free: free.reduce((sum, block) => sum + addressCount(block), 0),
    ...(largest === undefined ? {} : { largestFree: largest }),
  };
}
