import { addressesOf, type Block } from "./block";

/** How the addresses of a block are divided, each as a number of addresses. */
export interface Fullness {
  /** In blocks of clusters. */
  readonly used: number;
  /** Kept for clusters to grow. */
  readonly growth: number;
  /** In use elsewhere. */
  readonly reserved: number;
  /** In pools inside that have not given them to anyone yet. */
  readonly pooled: number;
  /** In no block at all. */
  readonly free: number;
}

const NOTHING: Fullness = { used: 0, growth: 0, reserved: 0, pooled: 0, free: 0 };
const known = new WeakMap<Block, Fullness>();

/** How the addresses of a block are divided; undefined for a block that is not. */
export function fullness(block: Block): Fullness | undefined {
  if (block.children === undefined) return undefined;
  const cached = known.get(block);
  if (cached !== undefined) return cached;
  const total = block.children.map(shareOf).reduce(sum, NOTHING);
  known.set(block, total);
  return total;
}

/** Allocated and reserved addresses in percent, rounded so that only an empty block is at 0 and only a full one at 100. */
export function percentFull(block: Block): number | undefined {
  const parts = fullness(block);
  if (parts === undefined) return undefined;
  const taken = parts.used + parts.growth + parts.reserved;
  const percent = (taken * 100) / addressesOf(block);
  return percent < 50 ? Math.ceil(percent) : Math.floor(percent);
}

function shareOf(child: Block): Fullness {
  const size = addressesOf(child);
  switch (child.data.kind) {
    case "free":
      return { ...NOTHING, free: size };
    case "growth":
      return { ...NOTHING, growth: size };
    case "reserved":
      return { ...NOTHING, reserved: size };
    case "pool": {
      const inside = fullness(child) ?? { ...NOTHING, free: size };
      return { ...inside, pooled: inside.pooled + inside.free, free: 0 };
    }
    default:
      return { ...NOTHING, used: size };
  }
}

const sum = (a: Fullness, b: Fullness): Fullness => ({
  used: a.used + b.used,
  growth: a.growth + b.growth,
  reserved: a.reserved + b.reserved,
  pooled: a.pooled + b.pooled,
  free: a.free + b.free,
});
