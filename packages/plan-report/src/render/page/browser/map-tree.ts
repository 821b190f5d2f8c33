import { type MapBlock } from "../address-map";

/** The blocks of the map, for navigating and searching. */
export class MapTree {
  private readonly parents = new Map<MapBlock, MapBlock>();
  private readonly all: MapBlock[] = [];

  constructor(readonly roots: readonly MapBlock[]) {
    const walk = (block: MapBlock, parent: MapBlock | undefined): void => {
      if (parent !== undefined) this.parents.set(block, parent);
      this.all.push(block);
      for (const child of block.children) walk(child, block);
    };
    for (const root of roots) walk(root, undefined);
  }

  /** The block around it; undefined for a root. */
  parentOf(block: MapBlock): MapBlock | undefined {
    return this.parents.get(block);
  }

  /** Blocks from the root down to the given one, inclusive. */
  pathTo(block: MapBlock): MapBlock[] {
    const parent = this.parents.get(block);
    return parent === undefined ? [block] : [...this.pathTo(parent), block];
  }

  /** The sibling before (-1) or after (1) a block; undefined at either end. */
  neighbor(block: MapBlock, step: -1 | 1): MapBlock | undefined {
    const siblings = this.siblingsOf(block);
    return siblings[siblings.indexOf(block) + step];
  }

  /** The blocks in the same parent, including the given one. */
  siblingsOf(block: MapBlock): readonly MapBlock[] {
    return this.parents.get(block)?.children ?? this.roots;
  }

  /** The innermost block that contains an address. */
  innermost(address: number): MapBlock | undefined {
    let found: MapBlock | undefined;
    let blocks = this.roots;
    for (;;) {
      const next = blocks.find(({ first, last }) => first <= address && address <= last);
      if (next === undefined) return found;
      found = next;
      blocks = next.children;
    }
  }

  /** Blocks whose owner contains a text or whose CIDR starts with it, the best matches first. */
  matching(text: string, maxResults: number): MapBlock[] {
    const wanted = text.toLowerCase();
    const found = this.all.filter(
      ({ kind, owner, label }) =>
        kind !== "group" && (owner.toLowerCase().includes(wanted) || label.startsWith(wanted)),
    );
    const rank = ({ owner, label }: MapBlock) =>
      label === wanted ? 0 : owner.toLowerCase().startsWith(wanted) ? 1 : 2;
    return found.sort((a, b) => rank(a) - rank(b)).slice(0, maxResults);
  }
}

/** The first address of `10.0.0.1` or `10.0.0.0/8` as a number; undefined for anything else. */
export function addressOf(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/\d{1,2})?$/.exec(text.trim());
  if (match === null) return undefined;
  const parts = match.slice(1, 5).map(Number);
  if (parts.some((part) => part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
