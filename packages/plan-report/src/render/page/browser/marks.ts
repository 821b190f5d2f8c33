import { type MapMark } from "../map-document";
import { type Block } from "./block";

/** A change and the number of blocks that it affects. */
export type MarkCount = readonly [mark: MapMark, count: number];

/** The changes to some blocks and inside them, the outermost blocks only: a new cluster counts once. */
export function marksOf(blocks: readonly Block[]): MarkCount[] {
  const counts = new Map<MapMark, number>();
  const count = ({ data, children = [] }: Block): void => {
    if (data.mark === undefined) children.forEach(count);
    else counts.set(data.mark, (counts.get(data.mark) ?? 0) + 1);
  };
  blocks.forEach(count);
  return [...counts];
}
