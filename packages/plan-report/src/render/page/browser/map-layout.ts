import { type MapBlock } from "../address-map";

/** Block widths: `readable` enlarges small blocks, `true` is to scale. */
export type Scale = "readable" | "true";

/** A block with its position on the screen, in pixels. */
export interface PlacedBlock {
  readonly block: MapBlock;
  readonly left: number;
  readonly width: number;
  /** 0 is the top row. */
  readonly row: number;
}

/** Narrower blocks, in pixels, appear only after zooming in. */
const MIN_WIDTH = 3;

/** Most levels shown at once. */
export const ROWS = 7;

/**
 * Positions blocks side by side, with the blocks inside each one below it, sorted by address.
 *
 * @param tops blocks of the first row
 * @param width total width, in pixels
 */
export function layout(tops: readonly MapBlock[], width: number, scale: Scale): PlacedBlock[] {
  const placed: PlacedBlock[] = [];
  const place = (blocks: readonly MapBlock[], left: number, room: number, row: number): void => {
    const total = blocks.reduce((sum, block) => sum + weightOf(block, scale), 0);
    let at = left;
    for (const block of blocks) {
      const share = (room * weightOf(block, scale)) / total;
      if (share >= MIN_WIDTH) {
        placed.push({ block, left: at, width: share, row });
        if (row + 1 < ROWS) place(block.children, at, share, row + 1);
      }
      at += share;
    }
  };
  place(tops, 0, width, 0);
  return placed;
}

const readable = new WeakMap<MapBlock, number>();

function weightOf(block: MapBlock, scale: Scale): number {
  const size = block.last - block.first + 1;
  if (scale === "true") return size;
  const known = readable.get(block);
  if (known !== undefined) return known;
  const inside = block.children.reduce((sum, child) => sum + weightOf(child, scale), 0);
  // The fourth root makes a /8 64 times as wide as a /32 instead of 16 million times. Free space has no long names.
  const own = size ** 0.25 * (block.kind === "free" || block.kind === "reserved" ? 0.6 : 1);
  const weight = Math.max(inside, own);
  readable.set(block, weight);
  return weight;
}
