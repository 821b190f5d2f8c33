import { counted, thousands } from "../../number";
import { type MapMark } from "../map-document";
import { accountOf, addressesOf, type Block, type BlockRange } from "./block";
import { percentFull } from "./fullness";
import { type MarkCount, marksOf } from "./marks";

/** A sign for each change, next to the word that says it. */
export const SIGNS: Readonly<Record<MapMark, string>> = {
  added: "+",
  widened: "↔",
  renamed: "✎",
  restored: "↩",
  draining: "…",
  retired: "×",
  moved: "→",
  freed: "−",
  replaced: "!",
  destroyed: "!",
};

/** `+ 3 × 1`: how many blocks change, and how. */
export const signsOf = (counts: readonly MarkCount[]) =>
  counts.map(([mark, count]) => `${SIGNS[mark]} ${thousands(count)}`).join("  ");

const MARKS: Readonly<Record<MapMark, string>> = {
  added: "new in this change",
  widened: "widened by this change",
  renamed: "renamed by this change",
  restored: "restored by this change",
  draining: "draining from this change on",
  retired: "retired by this change",
  moved: "moved by this change",
  freed: "freed by this change",
  replaced: "replaced by this plan",
  destroyed: "destroyed by this plan",
};

const KINDS: Readonly<Record<BlockRange["kind"], string>> = {
  plan: "plan",
  pool: "pool",
  cluster: "cluster network",
  pods: "pods",
  growth: "growth",
  subnet: "subnet",
  reserved: "reserved",
  free: "free space",
};

const STATES: Readonly<Record<NonNullable<BlockRange["state"]>, string>> = {
  draining: "draining: its cluster no longer needs it",
  retired: "retired: taken until the states prove that nothing uses it",
};

/** How many addresses of a block were in use, and when; undefined if that is unknown. */
export function useOf(block: Block): string | undefined {
  const { use } = block.data;
  if (use === undefined) return undefined;
  const percent = Math.round((use.used * 100) / addressesOf(block));
  return `${thousands(use.used)} in use on ${use.date} (${percent} %)`;
}

/** What there is to know of a block besides its name, the most important first. */
export function facts(block: Block): string[] {
  const { kind, mark, from, state } = block.data;
  const percent = percentFull(block);
  const account = accountOf(block);
  const use = useOf(block);
  return [
    KINDS[kind],
    counted(addressesOf(block), "address", "addresses"),
    ...(percent === undefined ? [] : [`${percent} % full`]),
    ...(use === undefined ? [] : [use]),
    ...(account === undefined ? [] : [`in ${account}`]),
    ...(state === undefined ? [] : [STATES[state]]),
    ...(mark === undefined ? [] : [from === undefined ? MARKS[mark] : `${MARKS[mark]}, from ${from}`]),
    ...marksOf(mark === undefined ? (block.children ?? []) : []).map(
      ([inside, count]) => `${thousands(count)} inside ${MARKS[inside]}`,
    ),
  ];
}

/** A block in one sentence, for screen readers. */
export const sentence = (block: Block) => [block.data.name, block.data.label, ...facts(block)].join(", ");
