import { type AllocatedBlock, type AllocatedSpace } from "../allocation/allocated-block";
import { type Prefix } from "../prefix/prefix";
import { summarize } from "../prefix/prefix-set";
import { segmentsOf } from "./block-segments";
import { type Fence } from "./cluster-addresses";

/**
 * The fences around a cluster: the spaces and other private ranges without the cluster's own blocks, with as few fences
 * per owner as possible. A block without any of the cluster's own blocks becomes a single fence.
 *
 * @param own the cluster's blocks
 * @param outside private ranges outside the spaces
 */
export function fencesAround(
  spaces: readonly AllocatedSpace[],
  own: readonly Prefix[],
  outside: readonly { readonly prefix: Prefix; readonly owner: string }[],
): Fence[] {
  const byOwner = new Map<string, Prefix[]>();
  const fence = (prefix: Prefix, owner: string): void => {
    const prefixes = byOwner.get(owner);
    if (prefixes) prefixes.push(prefix);
    else byOwner.set(owner, [prefix]);
  };
  const walk = (block: AllocatedBlock): void => {
    if (own.some((prefix) => prefix.contains(block.prefix))) return;
    if (!own.some((prefix) => block.prefix.contains(prefix)))
      return fence(block.prefix, block.kind === "reserved" ? block.owner : block.key);
    for (const segment of segmentsOf(block))
      if (segment.block) walk(segment.block);
      else fence(segment.prefix, segment.owner);
  };
  spaces.forEach(walk);
  for (const { prefix, owner } of outside) fence(prefix, owner);
  return [...byOwner]
    .flatMap(([owner, prefixes]) => summarize(prefixes).map((prefix) => ({ owner, prefix })))
    .sort((a, b) => a.prefix.compare(b.prefix))
    .map(({ owner, prefix }) => ({ cidr: prefix.toString(), owner }));
}
