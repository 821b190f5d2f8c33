import { type LockChange } from "../allocation/leaving/lock-change";
import { LOCK_FILE } from "../lock/address-lock";
import { formatCount } from "../message/format-count";
import { type KeptBlock } from "./leaving-proofs";
import { type LockUpdate } from "./lock-update";

/** Sign of each change, its word in the summary, and what its line ends with. */
const KINDS: Readonly<
  Record<LockChange["kind"], readonly [sign: string, word: string, text: (demand: string) => string]>
> = {
  added: ["+", "added", (demand) => demand],
  widened: ["~", "widened", (demand) => `widened to ${demand}`],
  "demand-changed": ["~", "demand changed", (demand) => demand],
  draining: ["!", "draining", () => "draining: kept until nothing uses it"],
  retired: ["!", "retired", () => "retired: taken until it is proven free"],
  restored: ["+", "restored", (demand) => `restored: ${demand}`],
  freed: ["-", "freed", (demand) => `freed: ${demand}`],
  renamed: ["~", "renamed", (demand) => `was ${demand}`],
};

/** What an update did, for a terminal. */
export function updateLines(update: LockUpdate): string[] {
  return [
    ...(update.created ? [`${LOCK_FILE}: created`] : []),
    ...(update.merged ? [`${LOCK_FILE}: both sides of the merge conflict are merged`] : []),
    ...changeLines(update.changes),
    ...keptLines(update.kept),
    ...update.unlisted.map((clause) => `${clause}; what left is proven by the states alone`),
    ...update.dropped.map((stack) => `${stack}: its state is empty; removed from the record of its app`),
  ];
}

function changeLines(changes: readonly LockChange[]): string[] {
  if (changes.length === 0) return [`${LOCK_FILE}: up to date`];
  const width = (part: "key" | "cidr"): number => Math.max(...changes.map((change) => change[part].length));
  const [keys, cidrs] = [width("key"), width("cidr")];
  const totals = Object.entries(KINDS)
    .map(([kind, [, word]]) => [changes.filter((change) => change.kind === kind).length, word] as const)
    .filter(([number]) => number > 0);
  return [
    ...changes.map(({ kind, key, cidr, demand }) => {
      const [sign, , text] = KINDS[kind];
      return `${sign} ${key.padEnd(keys)}  ${cidr.padEnd(cidrs)}  ${text(demand)}`;
    }),
    `${LOCK_FILE}: ${totals.map(([number, word]) => `${formatCount(number)} ${word}`).join(", ")}`,
  ];
}

/** One line for each reason: the blocks of a cluster nearly always have the same. */
function keptLines(kept: readonly KeptBlock[]): string[] {
  const byReason = new Map<string, KeptBlock[]>();
  for (const block of kept) {
    const reason = `${block.state} ${block.reason}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), block]);
  }
  return [...byReason.values()].map((blocks) => {
    const [{ key, state, reason }] = blocks as [KeptBlock];
    const more = blocks.length > 1 ? ` and ${formatCount(blocks.length - 1)} more` : "";
    return `${key}${more} ${blocks.length > 1 ? "stay" : "stays"} ${state}: ${reason}`;
  });
}
