import { numberedKey } from "../blocks/block-key";
import { type RequiredBlock, type RequiredSpace } from "../blocks/required-block";
import { type LockedBlock } from "../lock/address-lock";
import { type LockedBlocks } from "../lock/locked-blocks";
import { type Prefix } from "../prefix/prefix";

/** The blocks in the lock that the plan requires, by the key of the required block: its first CIDR and further ones. */
export type Claims = ReadonlyMap<string, readonly LockedBlock[]>;

/** What the plan requires of the lock, and what it no longer requires. */
export interface ClaimedLock {
  readonly claims: Claims;
  readonly leaving: readonly LockedBlock[];
}

/** Divides the lock into the blocks that the plan requires and those that leave. */
export function claimLock(spaces: readonly RequiredSpace[], locked: LockedBlocks): ClaimedLock {
  const claims = new Map<string, readonly LockedBlock[]>();
  if (locked.all.length === 0) return { claims, leaving: [] };
  let claimed = 0;
  // `outer` gets the claimed blocks inside a block that has to choose among its CIDRs.
  const claim = (block: RequiredBlock, closed: readonly Prefix[], outer: LockedBlock[] | undefined): void => {
    const choosy = block.size.kind !== "exact" && (locked.of(block.key).length > 1 || closed.length > 0);
    const inside: LockedBlock[] | undefined = choosy ? [] : undefined;
    for (const child of block.children)
      claim(child, closed, inside ?? (block.kind === "pool" ? undefined : outer));
    const own = needed(block, locked, inside ?? NONE, closed);
    if (own.length > 0) claims.set(block.key, own);
    claimed += own.length;
    if (outer === undefined) return;
    outer.push(...own);
    if (inside !== undefined && block.kind !== "pool") outer.push(...inside);
  };
  for (const { children, closed } of spaces) for (const block of children) claim(block, closed, undefined);
  // Nearly always all entries are claimed; only otherwise is another pass over a large lock worth its time.
  if (claimed === locked.all.length) return { claims, leaving: [] };
  const keys = new Set([...claims.values()].flatMap((blocks) => blocks.map(({ key }) => key)));
  return { claims, leaving: locked.all.filter(({ key }) => !keys.has(key)) };
}

/** The CIDRs of a block that it still needs, the first ones first. */
function needed(
  block: RequiredBlock,
  locked: LockedBlocks,
  inside: readonly LockedBlock[],
  closed: readonly Prefix[],
): readonly LockedBlock[] {
  const { size, key } = block;
  if (size.kind === "exact") {
    const exact = locked.get(key);
    return exact === undefined ? NONE : [exact];
  }
  const own = locked.of(key);
  if (own.length <= 1 && (size.kind === "content" || closed.length === 0)) return own;
  if (size.kind === "content")
    return own.filter(
      ({ key: ownKey, prefix }) =>
        ownKey === numberedKey(key, 1) || inside.some((child) => prefix.contains(child.prefix)),
    );
  const open = openCidrs(own, size.length, closed);
  // A pool's CIDR that is no longer needed stays as long as it has blocks.
  return own.filter((cidr) => open.has(cidr) || inside.some((child) => cidr.prefix.contains(child.prefix)));
}

/**
 * The CIDRs of a pool that together have the addresses of one of this netmask length: the first ones, at least one.
 *
 * @param closed parts of the space that left the plan: nothing new is allocated there
 */
export function openCidrs(
  own: readonly LockedBlock[],
  length: number,
  closed: readonly Prefix[],
): ReadonlySet<LockedBlock> {
  let missing = 2 ** (32 - length);
  const usable = own.filter(({ prefix }) => !closed.some((part) => part.overlaps(prefix)));
  const open = usable.filter(({ prefix }, index) => {
    const wanted = index === 0 || missing > 0;
    missing -= 2 ** (32 - prefix.length);
    return wanted;
  });
  return new Set(open);
}

const NONE: readonly LockedBlock[] = [];
