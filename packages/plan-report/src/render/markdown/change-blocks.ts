import { mostSevereFirst, type Review, type ReviewedChange, type ReviewedStack } from "../../review/review";
import { type Action } from "../../terraform/stack-plan";
import { describeCounts } from "../change-counts";
import { html } from "../html";
import { type CommentBlock } from "./comment-block";
import { fencedLine, markdownCode } from "./markdown-text";
import { row, tableHead } from "./markdown-table";

/** The verb per action, and the sign that gives its line a color in a `diff` block. */
const VERBS: Readonly<Record<Action, string>> = {
  delete: "- destroy",
  replace: "- replace",
  forget: "- forget ",
  update: "! update ",
  create: "+ create ",
  read: "  read   ",
  noop: "  keep   ",
};

/** Above this number of stacks, a table comes first. */
const MAX_STACKS_WITHOUT_TABLE = 12;

/** One collapsed list of changes per stack. Destructive changes and updates are cut last. */
export function changeBlocks({ stacks }: Review): CommentBlock[] {
  const blocks = stacks.flatMap((stack) => stackBlock(stack));
  if (blocks.length === 0) return [];
  const heading = ["### Changes", ""];
  const first: CommentBlock =
    blocks.length > MAX_STACKS_WITHOUT_TABLE
      ? { ...stackTable(stacks), head: [...heading, ...tableHead("stack", "changes")] }
      : { name: "the heading of the changes", importance: 97, head: heading, rows: [], tail: [] };
  return [first, ...blocks];
}

function stackTable(stacks: readonly ReviewedStack[]): Omit<CommentBlock, "head"> {
  const rows = stacks.flatMap((outcome) =>
    outcome.planned && outcome.changes.length > 0
      ? row(markdownCode(outcome.stack, 80), describeCounts(outcome.counts))
      : [],
  );
  return { name: "stacks", importance: 58, rows, tail: [""] };
}

function stackBlock(outcome: ReviewedStack): CommentBlock[] {
  if (!outcome.planned || outcome.changes.length === 0) return [];
  const { stack, counts, changes } = outcome;
  const isDestructive = counts.delete + counts.replace + counts.forget > 0;
  return [
    {
      name: `lines of ${markdownCode(stack, 60)}`,
      importance: isDestructive ? 45 : counts.update > 0 ? 40 : 30,
      head: [
        `<details><summary>${html`<code>${stack}</code>`}: ${describeCounts(counts)}</summary>`,
        "",
        "```diff",
      ],
      rows: mostSevereFirst(changes).flatMap(changeLines),
      tail: ["```", "", "</details>", ""],
    },
  ];
}

function changeLines(change: ReviewedChange): string[] {
  const { action, address, cidrs, imported, movedFrom, attributes, replacedBy } = change;
  const notes = [
    ...cidrs,
    ...(imported ? ["(imported)"] : []),
    ...(movedFrom === undefined ? [] : [`(was ${movedFrom})`]),
  ];
  return [
    fencedLine(`${VERBS[action]} ${[address, ...notes].join("  ")}`),
    ...attributes.map(({ path, before, after }) => {
      const note = replacedBy.includes(path) ? "  (forces replacement)" : "";
      return `      ${fencedLine(path, 100)}: ${fencedLine(before, 120)} → ${fencedLine(after, 120)}${note}`;
    }),
  ];
}
