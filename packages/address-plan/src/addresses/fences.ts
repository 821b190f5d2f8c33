import { partsOf } from "./address-tree";
import { type AllocatedBlock, type AllocatedSpace } from "../allocation/allocation";
import { type Fence } from "./cluster-addresses";
import { type Prefix } from "../prefix/prefix";
import { summarise } from "../prefix/prefix-set";

/**
 * Everything in the spaces and the other private ranges but a cluster's own blocks, in as few fences as owners
 * allow: a block in which the cluster has nothing is fenced as a whole.
 *
 * @param own the cluster's blocks
 * @param outside private ranges outside the spaces, with their owners
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
    if (!own.some((prefix) => block.prefix.contains(prefix))) return fence(block.prefix, block.key);
    for (const part of partsOf(block))
      if (part.block) walk(part.block);
      else fence(part.prefix, part.owner);
  };
  spaces.forEach(walk);
  for (const { prefix, owner } of outside) fence(prefix, owner);
  return [...byOwner]
    .flatMap(([owner, prefixes]) => summarise(prefixes).map((prefix) => ({ owner, prefix })))
    .sort((a, b) => a.prefix.compare(b.prefix))
    .map(({ owner, prefix }) => ({ cidr: prefix.toString(), owner }));
}
