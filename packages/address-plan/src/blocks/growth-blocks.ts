import { type AddressLock } from "../lock/address-lock";
import { AddressPlanError } from "../message/address-plan-error";
import { type WantedBlock } from "./required-block";

/** A growth block that the lock holds: the how many-th of its cluster, and its netmask length. */
interface LockedBlock {
  readonly number: number;
  readonly length: number;
}

/** The growth blocks in a lock, by the key of the cluster's first one. */
export type LockedGrowth = ReadonlyMap<string, readonly LockedBlock[]>;

/** `…/growth`, and `…/growth-2` and on for what was added later. */
const GROWTH_KEY = /^(.*\/growth)(?:-([2-9]|[1-9]\d+))?$/;

/**
 * The growth blocks in a lock.
 *
 * @param released keys whose blocks are given up on purpose @default none
 */
export function lockedGrowth(lock: AddressLock, released: readonly string[] = []): LockedGrowth {
  const found = new Map<string, LockedBlock[]>();
  for (const { key, cidr } of lock.allocations) {
    if (!key.includes("/growth")) continue;
    const [, first, number = 1] = GROWTH_KEY.exec(key) ?? [];
    if (first === undefined || released.includes(key)) continue;
    const block = { number: Number(number), length: Number(cidr.slice(cidr.indexOf("/") + 1)) };
    found.set(first, [...(found.get(first) ?? []), block]);
  }
  return found;
}

/** What a cluster's growth is reckoned from. */
export interface GrowthDemand {
  /** Name of the cluster. */
  readonly name: string;
  /** Key of its first growth block. */
  readonly key: string;
  /** Netmask length of its pods' block. */
  readonly podsLength: number;
  readonly growthPercent: number;
  /** What the cloud calls a block, and the netmask lengths that it takes. */
  readonly block: { readonly name: string; readonly largest: number; readonly smallest: number };
  /** What to change in the plan if it finds no room. */
  readonly fix: string;
}

/**
 * The growth blocks of a cluster: those that the lock holds stay, and one block is added for what they lack, because
 * neither cloud makes a range larger in place.
 *
 * @throws AddressPlanError if what is lacking is larger than the largest block
 */
export function growthBlocks(demand: GrowthDemand, locked: LockedGrowth): WantedBlock[] {
  const { name, key, podsLength, growthPercent, fix } = demand;
  if (growthPercent === 0) return [];
  const held = locked.get(key) ?? [];
  const wanted = Math.ceil((2 ** (32 - podsLength) * growthPercent) / 100);
  const lacking = wanted - held.reduce((sum, { length }) => sum + 2 ** (32 - length), 0);
  let blocks = held;
  if (lacking > 0) blocks = [...held, { number: firstFree(held), length: lengthOf(lacking, demand, held) }];
  else if (held.length === 1) blocks = [{ ...held[0]!, length: lengthOf(wanted, demand, held) }];
  const part = blocks.length > 1 ? "part of " : "";
  return blocks.map(({ number, length }) => ({
    key: number === 1 ? key : `${key}-${number}`,
    length,
    asked: `/${length}: ${part}${growthPercent} % of the pods`,
    kind: "growth",
    owner: name,
    fix,
    children: [],
  }));
}

/** Netmask length of the smallest block of so many addresses. */
function lengthOf(addresses: number, demand: GrowthDemand, held: readonly LockedBlock[]): number {
  const { name, podsLength, growthPercent, block } = demand;
  const length = Math.min(block.smallest, 32 - Math.ceil(Math.log2(addresses)));
  if (length >= block.largest) return length;
  const most = held.reduce((sum, one) => sum + 2 ** (32 - one.length), 2 ** (32 - block.largest));
  const rest = held.length > 0 ? "lacks" : "is";
  throw new AddressPlanError(
    `${name}/growthPercent`,
    `${growthPercent} % of the pods' /${podsLength} ${rest} a /${length} but ${block.name} is a /${block.largest} at most; use at most ${Math.floor((100 * most) / 2 ** (32 - podsLength))}`,
  );
}

function firstFree(held: readonly LockedBlock[]): number {
  let number = 1;
  while (held.some((block) => block.number === number)) number++;
  return number;
}
