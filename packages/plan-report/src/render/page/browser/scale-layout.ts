import { type Ipv4Range } from "../../../read/ipv4-range";
import { type Block } from "./block";

/** Something drawn on the scale: a block, or neighbors that are too small to tell apart. */
export interface Placement {
  /** One block, or at least two neighbors. */
  readonly blocks: readonly Block[];
  /** From the top of the scale, in pixels. */
  readonly top: number;
  /** In pixels, at least {@link MIN_HEIGHT}. */
  readonly height: number;
  /** 0 is next to the axis. */
  readonly column: number;
}

/** A mark of the axis. */
export interface Tick {
  readonly address: number;
  /** In pixels. */
  readonly top: number;
}

/** Height below which a block is too small to tell from its neighbors, and to hit, in pixels. */
export const MIN_HEIGHT = 6;

/** Smallest distance between marks of the axis, in pixels. */
const TICK_DISTANCE = 48;

/**
 * The vertical axis: addresses of a range on a height in pixels, true to scale.
 *
 * d3-scale is not used for it: its marks are at decimal numbers, where no CIDR begins, and it would double the script.
 */
export class AddressScale {
  constructor(
    readonly view: Ipv4Range,
    readonly height: number,
  ) {}

  private get pixelsPerAddress(): number {
    return this.height / (this.view.last + 1 - this.view.first);
  }

  /** The place of the first edge of an address, in pixels; outside the scale for addresses outside the range. */
  topOf(address: number): number {
    return (address - this.view.first) * this.pixelsPerAddress;
  }

  /** The address at a place, at most the last one of the range. */
  addressAt(top: number): number {
    const address = this.view.first + Math.floor(top / this.pixelsPerAddress);
    return Math.min(this.view.last, Math.max(this.view.first, address));
  }

  /** Marks at the round addresses of netmasks, so that each is the start of a CIDR. */
  ticks(): Tick[] {
    const step = 2 ** Math.max(0, Math.ceil(Math.log2(TICK_DISTANCE / this.pixelsPerAddress)));
    const ticks: Tick[] = [];
    for (let at = Math.ceil(this.view.first / step) * step; at <= this.view.last; at += step)
      ticks.push({ address: at, top: this.topOf(at) });
    return ticks;
  }

  /** Where a range is on the scale, in pixels, cut to the view; undefined if it is outside. */
  placeOf({ first, last }: Ipv4Range): { readonly top: number; readonly height: number } | undefined {
    if (last < this.view.first || first > this.view.last) return undefined;
    const top = Math.max(0, this.topOf(first));
    return { top, height: Math.min(this.height, this.topOf(last + 1)) - top };
  }
}

/**
 * Places the blocks inside a block, one column per level. Neighbors that are too small to tell apart share a place; what
 * is inside them is left to a closer view. Free space is placed where it is large enough.
 *
 * @param columns most levels
 */
export function layoutScale(outer: Block, scale: AddressScale, columns: number): Placement[] {
  const placed: Placement[] = [];
  const placeChildren = (block: Block, column: number): void => {
    let bundle: Placement | undefined;
    for (const child of block.children ?? []) {
      const place = scale.placeOf(child.data);
      if (place === undefined) continue;
      if (place.height >= MIN_HEIGHT) {
        bundle = undefined;
        placed.push({ ...place, blocks: [child], column });
        if (column + 1 < columns) placeChildren(child, column + 1);
      } else if (child.data.kind !== "free") {
        bundle = bundled(placed, bundle, { ...place, blocks: [child], column }, scale.height);
      }
    }
  };
  placeChildren(outer, 0);
  return placed;
}

/** Adds a small block to the bundle that it touches, or begins one. Returns the bundle. */
function bundled(
  placed: Placement[],
  bundle: Placement | undefined,
  next: Placement,
  end: number,
): Placement {
  if (bundle !== undefined && next.top <= bundle.top + bundle.height) {
    const bottom = Math.max(bundle.top + bundle.height, next.top + next.height);
    const grown = { ...bundle, blocks: [...bundle.blocks, ...next.blocks], height: bottom - bundle.top };
    placed[placed.length - 1] = grown;
    return grown;
  }
  const top = Math.min(next.top, end - MIN_HEIGHT);
  const begun = { ...next, top, height: MIN_HEIGHT };
  placed.push(begun);
  return begun;
}
