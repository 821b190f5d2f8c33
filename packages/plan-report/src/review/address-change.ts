import { type LockDifference } from "@cluster-ipam/address-plan";
import { type AddressNode, blockName } from "../read/address-report";

/** A change to one block of the lock. */
export interface AddressChange extends LockDifference {
  readonly block: AddressNode["kind"];
  /** Readable name of the owner. */
  readonly owner: string;
  /** Number of subnets inside that change the same way; they are not listed separately. */
  readonly subnets: number;
}

/** The address trees around a change. */
export interface AddressTrees {
  /** The whole plan of the base. @default none, or not readable */
  readonly before?: readonly AddressNode[] | undefined;
  /** The whole plan. */
  readonly after: readonly AddressNode[];
}

/** The kinds of changes, in the order in which reports list them: what a reviewer must not miss comes first. */
export const CHANGE_KINDS = [
  "moved",
  "freed",
  "retired",
  "draining",
  "restored",
  "renamed",
  "widened",
  "added",
] as const satisfies readonly LockDifference["kind"][];

/**
 * Names the blocks of a lock's changes. A pool that changes is followed by the clusters inside that change the same way;
 * their subnets are only counted.
 *
 * @returns in the order of {@link CHANGE_KINDS}, then in tree order
 */
export function addressChanges(
  differences: readonly LockDifference[],
  { before = [], after }: AddressTrees,
): AddressChange[] {
  const [old, current] = [allocationsOf(before), allocationsOf(after)];
  const order = new Map([...old.keys(), ...current.keys()].map((key, index) => [key, index]));
  const listed = new Set(differences.map(({ kind, key }) => `${kind} ${key}`));
  const changesLike = (difference: LockDifference, node: AddressNode): AddressChange[] =>
    node.children
      .filter((child) => isListed(child, node))
      .flatMap((child) => {
        const { key, cidr } = child;
        const isSame = changesTheSameWay(difference.kind, child, old, current);
        if (!isSame || listed.has(`${difference.kind} ${key}`)) return [];
        return [named({ ...difference, key, cidr }, child), ...changesLike(difference, child)];
      });
  return differences
    .flatMap((difference) => {
      const node = (difference.kind === "freed" ? old : current).get(difference.key);
      if (node === undefined) return [unnamed(difference)];
      return [named(difference, node), ...(node.kind === "pool" ? changesLike(difference, node) : [])];
    })
    .sort((a, b) => rank(a) - rank(b) || (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0));
}

/** Whether a change moves a block, or frees it without proof that nothing uses it. */
export const isUnproven = ({ kind, proof }: Pick<LockDifference, "kind" | "proof">) =>
  kind === "moved" || (kind === "freed" && proof === undefined);

const rank = ({ kind }: AddressChange) => CHANGE_KINDS.indexOf(kind);

type Allocations = ReadonlyMap<string, AddressNode>;

/** Whether a block inside a changed pool changes like the pool. */
function changesTheSameWay(
  kind: LockDifference["kind"],
  { key, state }: AddressNode,
  old: Allocations,
  current: Allocations,
): boolean {
  if (kind === "added") return !old.has(key);
  if (kind === "freed") return !current.has(key);
  return (kind === "retired" || kind === "draining") && state === kind && old.get(key)?.state !== kind;
}

/** Free and reserved blocks are not allocations; the subnets of a cluster's block are only counted. */
const isListed = ({ kind }: AddressNode, parent: AddressNode) =>
  kind !== "free" && kind !== "reserved" && (kind !== "subnet" || parent.kind === "pool");

const named = (difference: LockDifference, node: AddressNode): AddressChange => ({
  ...difference,
  block: node.kind,
  owner: node.kind === "pool" ? `${node.owner} pool` : blockName(node, undefined),
  subnets:
    node.kind === "pool" || difference.kind === "widened"
      ? 0
      : node.children.filter(({ kind }) => kind === "subnet").length,
});

/** A block that only the lock of an unreadable plan has. */
const unnamed = (difference: LockDifference): AddressChange => ({
  ...difference,
  block: blockKind(difference.key),
  owner: difference.key,
  subnets: 0,
});

function blockKind(key: string): AddressNode["kind"] {
  const steps = key.replace(/#\d+$/, "").split("/");
  if (steps.length <= 4) return "pool";
  if (steps.length === 5) return "cluster";
  return steps.length === 6 && (steps[5] === "growth" || steps[5] === "pods") ? steps[5] : "subnet";
}

/** Allocations by key, without the spaces at the root. Free and reserved blocks are not allocations. */
function allocationsOf(roots: readonly AddressNode[]): Allocations {
  const allocations = new Map<string, AddressNode>();
  const walk = (node: AddressNode, isRoot: boolean): void => {
    if (node.kind === "free" || node.kind === "reserved") return;
    if (!isRoot) allocations.set(node.key, node);
    for (const child of node.children) walk(child, false);
  };
  for (const root of roots) walk(root, true);
  return allocations;
}
