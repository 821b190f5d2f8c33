import { type CommentBlock } from "./comment-block";
import { row, tableHead } from "./markdown-table";
import { code, fenced, html } from "../escape";
import { gravestFirst, type Review, type ReviewedChange, type ReviewedStack } from "../../review/review";
import { type Action, describeCounts } from "../../terraform/stack-plan";

/** What happens, and the sign that gives it a colour in a `diff` block. */
const VERBS: Readonly<Record<Action, string>> = {
  delete: "- destroy",
  replace: "- replace",
  forget: "- forget ",
  update: "! update ",
  create: "+ create ",
  read: "  read   ",
  noop: "  keep   ",
};

/** So many stacks are seen at a glance; of more there is a table. */
const AT_A_GLANCE = 12;

/** A folded list of changes for each stack; what destroys or changes is kept longest. */
export function stackBlocks({ stacks }: Review): CommentBlock[] {
  const blocks = stacks.flatMap((stack) => stackBlock(stack));
  if (blocks.length === 0) return [];
  const heading = ["### Changes", ""];
  const top: CommentBlock =
    blocks.length > AT_A_GLANCE
      ? { ...stackTable(stacks), head: [...heading, ...tableHead("stack", "changes")] }
      : { name: "the heading of the changes", importance: 97, head: heading, rows: [], tail: [] };
  return [top, ...blocks];
}

function stackTable(stacks: readonly ReviewedStack[]): Omit<CommentBlock, "head"> {
  const rows = stacks.flatMap((outcome) =>
    outcome.planned && outcome.changes.length > 0
      ? row(code(outcome.stack, 80), describeCounts(outcome.counts))
      : [],
  );
  return { name: "stacks", importance: 58, rows, tail: [""] };
}

function stackBlock(outcome: ReviewedStack): CommentBlock[] {
  if (!outcome.planned || outcome.changes.length === 0) return [];
  const { stack, counts, changes } = outcome;
  const rows = gravestFirst(changes).flatMap(changeLines);
  const grave = counts.delete + counts.replace + counts.forget > 0;
  return [
    {
      name: `lines of ${code(stack, 60)}`,
      importance: grave ? 45 : counts.update > 0 ? 40 : 30,
      head: [
        `<details><summary><code>${html(stack)}</code>: ${describeCounts(counts)}</summary>`,
        "",
        "```diff",
      ],
      rows,
      tail: ["```", "", "</details>", ""],
    },
  ];
}

function changeLines({
  action,
  address,
  cidrs,
  imported,
  movedFrom,
  attributes,
  replacedBy,
}: ReviewedChange): string[] {
  const notes = [
    ...cidrs,
    ...(imported ? ["(imported)"] : []),
    ...(movedFrom === undefined ? [] : [`(was ${movedFrom})`]),
  ];
  const line = `${VERBS[action]} ${[address, ...notes].join("  ")}`;
  const forced = new Set(replacedBy);
  return [
    fenced(line),
    ...attributes.map(({ path, before, after }) => {
      const why = forced.has(path) ? "  (forces the replacement)" : "";
      return `      ${fenced(path, 100)}: ${fenced(before, 120)} → ${fenced(after, 120)}${why}`;
    }),
  ];
}
