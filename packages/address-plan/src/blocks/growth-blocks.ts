import { AddressPlanError } from "../message/address-plan-error";
import { type RequiredBlock } from "./required-block";

/** A growth block in the lock. */
export interface LockedGrowthBlock {
  /** 1 for `growth`, 2 for `growth-2` and so on. */
  readonly number: number;
  /** Netmask length. */
  readonly length: number;
}

/** The growth blocks in the lock, by the key of the cluster's first one. */
export type LockedGrowth = ReadonlyMap<string, readonly LockedGrowthBlock[]>;

/** Inputs of `growthBlocks`. */
export interface GrowthDemand {
  /** Name of the cluster. */
  readonly name: string;
  /** Key of its first growth block. */
  readonly key: string;
  /** Netmask length of the pods' block. */
  readonly podsLength: number;
  readonly growthPercent: number;
  /** The cloud's name for a block, and its netmask lengths. */
  readonly block: { readonly name: string; readonly largest: number; readonly smallest: number };
  /** What to change in the plan if no space is free. */
  readonly fix: string;
}

/**
 * The growth blocks of a cluster: those in the lock stay, and one block is added if they are too small, because neither
 * cloud can enlarge a range.
 *
 * @throws AddressPlanError if the added block exceeds the largest netmask length
 */
export function growthBlocks(demand: GrowthDemand, locked: LockedGrowth): RequiredBlock[] {
  const { name, key, podsLength, growthPercent, fix } = demand;
  if (growthPercent === 0) return [];
  const existing = locked.get(key) ?? [];
  const required = Math.ceil((2 ** (32 - podsLength) * growthPercent) / 100);
  const missing = required - addressesOf(existing);
  let blocks = existing;
  if (missing > 0)
    blocks = [...existing, { number: firstFree(existing), length: lengthOf(missing, demand, existing) }];
  else if (existing.length === 1)
    blocks = [{ ...existing[0]!, length: lengthOf(required, demand, existing) }];
  const part = blocks.length > 1 ? "part of " : "";
  return blocks.map(({ number, length }) => ({
    key: number === 1 ? key : `${key}-${number}`,
    length,
    demand: `/${length}: ${part}${growthPercent} % of the pods`,
    kind: "growth",
    owner: name,
    fix,
    children: [],
  }));
}

/** Netmask length of the smallest block with this many addresses. */
function lengthOf(addresses: number, demand: GrowthDemand, existing: readonly LockedGrowthBlock[]): number {
  const { name, podsLength, growthPercent, block } = demand;
  const length = Math.min(block.smallest, 32 - Math.ceil(Math.log2(addresses)));
  if (length >= block.largest) return length;
  const maximum = addressesOf(existing) + 2 ** (32 - block.largest);
  const need = existing.length > 0 ? "needs another" : "is a";
  throw new AddressPlanError(
    `${name}/growthPercent`,
    `${growthPercent} % of the pods' /${podsLength} ${need} /${length}, but the largest ${block.name} is a /${block.largest}; use at most ${Math.floor((100 * maximum) / 2 ** (32 - podsLength))}`,
  );
}

function addressesOf(blocks: readonly LockedGrowthBlock[]): number {
  return blocks.reduce((sum, { length }) => sum + 2 ** (32 - length), 0);
}

function firstFree(existing: readonly LockedGrowthBlock[]): number {
  let number = 1;
  while (existing.some((block) => block.number === number)) number++;
  return number;
}
