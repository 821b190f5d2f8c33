import { Prefix } from "../prefix/prefix";

/** One difference between two locks. */
export interface LockDifference {
  /**
   * `added`: new. `widened`: the new CIDR contains the old one. `draining`, `retired`: on its way out, still taken.
   * `restored`: needed again. `freed`: gone; with a `proof` if its states were empty. `moved`: another CIDR. `renamed`:
   * the same block under the key of its renamed cluster.
   */
  readonly kind: "added" | "widened" | "draining" | "retired" | "restored" | "freed" | "moved" | "renamed";
  /** Key in the new lock; for a freed block, in the old one. */
  readonly key: string;
  /** IPv4 CIDR in the new lock; for a freed block, in the old one. */
  readonly cidr: string;
  /** The old CIDR of a widened or moved block, the old key of a renamed one. */
  readonly from?: string;
  /** State in the old lock, its own or that of a block around it. @default in use */
  readonly was?: "draining" | "retired";
  /**
   * Why a freed block is free: the states that were empty, for display. Absent unless the old lock has the block as
   * draining or retired and the new one has a new receipt that covers it.
   */
  readonly proof?: string;
}

/** The part of a lock that is compared. */
export interface ComparedLock {
  readonly allocations: readonly {
    readonly key: string;
    readonly cidr: string;
    readonly state?: "draining" | "retired" | undefined;
  }[];
  /** Receipts of freed blocks. @default none */
  readonly freed?:
    readonly { readonly key: string; readonly cidr: string; readonly proof: string }[] | undefined;
  /** Clusters whose name in the cloud differs from their key. @default none */
  readonly renamed?: readonly { readonly cluster: string; readonly createdAs: string }[] | undefined;
}

type Entry = ComparedLock["allocations"][number];
type Kind = LockDifference["kind"];

/**
 * Compares two locks, outermost blocks first: a block inside one that is added, retired or freed the same way is left out.
 *
 * @returns sorted by key
 * @throws AddressPlanError for a CIDR that differs between the locks and is invalid
 */
export function compareLocks(base: ComparedLock, head: ComparedLock): LockDifference[] {
  const names = renamedClusters(base, head);
  const before = new Map(base.allocations.map((entry) => [currentKey(entry.key, names), entry]));
  const differences: LockDifference[] = [];
  for (const entry of head.allocations) {
    differences.push(...differencesOf(before.get(entry.key), entry));
    before.delete(entry.key);
  }
  differences.push(...freedBlocks([...before.values()], base, head));
  return outermostOfKind(differences).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

function differencesOf(was: Entry | undefined, { key, cidr, state }: Entry): LockDifference[] {
  if (was === undefined) return [{ kind: "added", key, cidr }];
  const before = was.state === undefined ? {} : { was: was.state };
  const found: LockDifference[] = [];
  if (was.key !== key) found.push({ kind: "renamed", key, cidr, from: was.key, ...before });
  if (was.cidr !== cidr) {
    const isWidened = parse({ cidr }).contains(parse(was));
    found.push({ kind: isWidened ? "widened" : "moved", key, cidr, from: was.cidr, ...before });
  }
  if (was.state !== state) found.push({ kind: state ?? "restored", key, cidr, ...before });
  return found;
}

/** Blocks that the head no longer has, each with the state it had and, if it has one, its proof. */
function freedBlocks(gone: readonly Entry[], base: ComparedLock, head: ComparedLock): LockDifference[] {
  if (gone.length === 0) return [];
  const leaving = new Outermost(base.allocations.filter(({ state }) => state !== undefined));
  // The base's own receipts tell about earlier blocks at the same addresses.
  const spent = new Set((base.freed ?? []).map((receipt) => JSON.stringify(receipt)));
  const receipts = new Outermost((head.freed ?? []).filter((receipt) => !spent.has(JSON.stringify(receipt))));
  return gone.map((entry): LockDifference => {
    const was = entry.state ?? leaving.around(entry)?.state;
    const proof = was && receipts.around(entry)?.proof;
    return {
      ...{ kind: "freed", key: entry.key, cidr: entry.cidr },
      ...(was === undefined ? {} : { was }),
      ...(proof === undefined ? {} : { proof }),
    };
  });
}

/** Old key to new key of every cluster that is renamed between the locks. */
function renamedClusters(base: ComparedLock, head: ComparedLock): Map<string, string> {
  const keyInBase = new Map((base.renamed ?? []).map(({ cluster, createdAs }) => [createdAs, cluster]));
  const keyInHead = new Map((head.renamed ?? []).map(({ cluster, createdAs }) => [createdAs, cluster]));
  const names = new Map<string, string>();
  for (const createdAs of [...keyInBase.keys(), ...keyInHead.keys()]) {
    const [from, to] = [keyInBase.get(createdAs) ?? createdAs, keyInHead.get(createdAs) ?? createdAs];
    if (from !== to) names.set(from, to);
  }
  return names;
}

/** A key as it is after the renames. The fifth step of a key, `<cloud>/<region>/<environment>/<pool>/…`, is a cluster. */
function currentKey(key: string, names: ReadonlyMap<string, string>): string {
  if (names.size === 0) return key;
  const steps = key.split("/");
  const name = names.get(steps[4] ?? "");
  return name === undefined ? key : [...steps.slice(0, 4), name, ...steps.slice(5)].join("/");
}

/** Of the differences of each kind, those whose block is in no other block of that kind. */
function outermostOfKind(differences: readonly LockDifference[]): LockDifference[] {
  const byKind = new Map<Kind, LockDifference[]>();
  for (const difference of differences) {
    const same = byKind.get(difference.kind);
    if (same === undefined) byKind.set(difference.kind, [difference]);
    else same.push(difference);
  }
  return [...byKind].flatMap(([kind, same]) => {
    if (kind === "widened") return same;
    const outermost = new Outermost(same);
    return kind === "moved"
      ? same.filter((block) => !movesWith(outermost.around(block), block))
      : outermost.blocks;
  });
}

/** Whether a moved block was inside `outer` before the move too. */
const movesWith = (outer: LockDifference | undefined, { key, from }: LockDifference) =>
  outer?.from !== undefined &&
  from !== undefined &&
  outer.key !== key &&
  parse({ cidr: outer.from }).contains(parse({ cidr: from }));

/** The outermost of some blocks, in address order. Of blocks with the same CIDR, the one with the shortest key is outside. */
class Outermost<T extends { readonly key: string; readonly cidr: string }> {
  private readonly prefixes: Prefix[] = [];
  readonly blocks: T[] = [];

  constructor(blocks: readonly T[]) {
    const sorted = blocks
      .map((block) => ({ block, prefix: parse(block) }))
      .sort((a, b) => a.prefix.compare(b.prefix) || a.block.key.length - b.block.key.length);
    for (const { block, prefix } of sorted) {
      if (this.prefixes.at(-1)?.contains(prefix)) continue;
      this.prefixes.push(prefix);
      this.blocks.push(block);
    }
  }

  /** The block that contains another one, or has the same CIDR; undefined if there is none. */
  around(inner: { readonly cidr: string }): T | undefined {
    const prefix = parse(inner);
    let [low, high] = [0, this.prefixes.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.prefixes[middle] as Prefix).first <= prefix.first) low = middle + 1;
      else high = middle;
    }
    return this.prefixes[low - 1]?.contains(prefix) ? this.blocks[low - 1] : undefined;
  }
}

const parse = ({ cidr }: { readonly cidr: string }) => Prefix.parse(cidr, 4);
