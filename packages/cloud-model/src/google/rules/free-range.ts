import { freeBlocks, Prefix } from "@cluster-ipam/address-plan/prefix";
import { identifier } from "../../store/identifier";

/** How to choose among the free blocks. */
export type Choice =
  /** The lowest. */
  | { readonly by: "first" }
  /** The lowest in the smallest free space that fits, so that large spaces stay whole. */
  | { readonly by: "smallest" }
  /** A pseudorandom one, the same for the same seed. @param among so many of the lowest @default all */
  | { readonly by: "seed"; readonly seed: string; readonly among?: number };

/**
 * Finds a free IPv4 block of a netmask length.
 *
 * @param targets ranges to look in, in order of preference
 * @param used ranges that are taken
 * @returns undefined when no target has room
 */
export function chooseFree(
  targets: readonly Prefix[],
  used: readonly Prefix[],
  length: number,
  choice: Choice,
): Prefix | undefined {
  const spaces = targets
    .flatMap((target) => freeBlocks(target, used))
    .filter((space) => space.length <= length);
  if (spaces.length === 0) return undefined;
  if (choice.by === "seed") return blockAt(spaces, length, chosenIndex(spaces, length, choice));
  if (choice.by === "first") return blockAt(spaces, length, 0n);
  const smallest = Math.max(...spaces.map((space) => space.length));
  return blockAt(
    spaces.filter((space) => space.length === smallest),
    length,
    0n,
  );
}

const blocksIn = (space: Prefix, length: number): bigint => 1n << BigInt(length - space.length);

function chosenIndex(
  spaces: readonly Prefix[],
  length: number,
  { seed, among }: { readonly seed: string; readonly among?: number },
): bigint {
  const all = spaces.reduce((sum, space) => sum + blocksIn(space, length), 0n);
  const candidates = among !== undefined && BigInt(among) < all ? BigInt(among) : all;
  return BigInt(`0x${identifier(seed, 16)}`) % candidates;
}

function blockAt(spaces: readonly Prefix[], length: number, index: bigint): Prefix | undefined {
  let left = index;
  for (const space of spaces) {
    const blocks = blocksIn(space, length);
    if (left < blocks) return Prefix.of(4, space.first + left * (1n << BigInt(32 - length)), length);
    left -= blocks;
  }
  return undefined;
}
