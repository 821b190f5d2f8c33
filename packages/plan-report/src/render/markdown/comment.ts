import { addressBlocks, capacityBlocks } from "./address-blocks";
import { type CommentBlock, fitComment } from "./comment-block";
import { stackBlocks } from "./change-blocks";
import { describe } from "../../terraform/diagnostic";
import { code, fenced, prose } from "../escape";
import { policyBlocks } from "./policy-blocks";
import { alarming, type Review } from "../../review/review";
import { describeCounts } from "../../terraform/stack-plan";
import { thousands } from "../terminal/text-table";

/** What a cut comment ends with. @default where the whole is found on this machine */
export interface CommentProps {
  /** Sentence in Markdown that says where the whole report is, for example a link to an artifact. */
  readonly elsewhere?: string;
}

/**
 * The hidden first line of an environment's comment, by which the one to update is found.
 *
 * @param environment its name; characters that could end the mark are encoded
 */
export const commentMarker = (environment: string) =>
  `<!-- cluster-ipam:plan-report:${encodeURIComponent(environment).replace(/-/g, "%2D")} -->`;

/** The comment of one environment, in GitHub's Markdown, with its hidden mark and short enough for GitHub. */
export function comment(review: Review, props: CommentProps = {}): string {
  const { elsewhere = "The HTML page and the JSON document hold everything." } = props;
  const blocks = [
    block("lines of the headline", 100, [commentMarker(review.environment), ...headline(review), ""]),
    ...alarmBlocks(review),
    ...failureBlocks(review),
    ...policyBlocks(review),
    ...addressBlocks(review),
    ...capacityBlocks(review),
    ...stackBlocks(review),
    ...warningBlocks(review),
    block("closing lines", 99, [footer(review)]),
  ];
  return fitComment(blocks, elsewhere);
}

/** A block that is kept whole. */
const block = (name: string, importance: number, head: readonly string[]): CommentBlock => ({
  ...{ name, importance, head, rows: [], tail: [] },
});

function headline({ environment, planned, counts, verdict, stacks }: Review): string[] {
  const said = planned ? describeCounts(counts) : "not planned completely";
  const violations = verdict.rules.reduce((sum, { findings }) => sum + findings.length, 0);
  const policy = verdict.ok
    ? `✅ All ${verdict.rules.length} rules of the policy are kept.`
    : `⛔ The policy is violated in ${thousands(violations)} ${violations === 1 ? "place" : "places"}.`;
  const partly = planned ? "" : " Only the stacks that are planned were judged.";
  const count = `${thousands(stacks.length)} ${stacks.length === 1 ? "stack" : "stacks"}`;
  return [`## ${code(environment, 80)}: ${said}`, "", `${count}. ${policy}${partly}`];
}

function alarmBlocks(review: Review): CommentBlock[] {
  const changes = alarming(review);
  if (changes.length === 0) return [];
  const { delete: destroyed, replace: replaced } = review.counts;
  const said = [
    ...(destroyed > 0 ? [`destroys ${thousands(destroyed)}`] : []),
    ...(replaced > 0 ? [`replaces ${thousands(replaced)}`] : []),
  ].join(" and ");
  const rows = changes.map(({ stack, address, action, replacedBy }) => {
    const why = replacedBy.length > 0 ? `, because ${code(replacedBy.join(", "))} changes` : "";
    return `> - **${action === "delete" ? "destroy" : "replace"}** ${code(address)} in ${code(stack)}${why}`;
  });
  const objects = changes.length === 1 ? "object" : "objects";
  const head = ["> [!CAUTION]", `> This plan **${said}** ${objects}.`, ">"];
  return [{ name: "objects that are destroyed or replaced", importance: 90, head, rows, tail: [""] }];
}

function failureBlocks({ failure, stacks }: Review): CommentBlock[] {
  const messages = [
    ...(failure === undefined ? [] : [`${failure.target} failed\n${failure.message}`]),
    ...stacks.flatMap((outcome) =>
      outcome.planned
        ? []
        : [
            `${outcome.stack}: terraform ${outcome.command} failed`,
            ...outcome.diagnostics.map((diagnostic) => describe(diagnostic)),
          ].join("\n"),
    ),
  ];
  if (messages.length === 0) return [];
  const rows = messages.flatMap((message) => message.split("\n")).map((line) => fenced(line));
  return [
    {
      name: "lines of errors",
      importance: 85,
      head: ["### What failed", "", "```text"],
      rows,
      tail: ["```", ""],
    },
  ];
}

function warningBlocks({ stacks }: Review): CommentBlock[] {
  const rows = stacks.flatMap((outcome) =>
    outcome.planned
      ? outcome.warnings.flatMap((warning) => `${outcome.stack}: ${describe(warning)}`.split("\n"))
      : [],
  );
  if (rows.length === 0) return [];
  const head = ["<details><summary>What Terraform warns of</summary>", "", "```text"];
  return [
    {
      name: "lines of warnings",
      importance: 25,
      head,
      rows: rows.map((line) => fenced(line)),
      tail: ["```", "", "</details>", ""],
    },
  ];
}

function footer({ terraform, base }: Review): string {
  const compared =
    base === undefined
      ? "Compared with nothing: without a base, every address counts as new."
      : base.problem === undefined
        ? `Addresses compared with ${code(base.name, 80)}.`
        : `The addresses of ${code(base.name, 80)} cannot be compared with: ${prose(base.problem)}`;
  return `<sub>${prose(`${terraform.product} ${terraform.version}`)}. ${compared}</sub>`;
}
