import { policyViolations } from "../../policy/policy";
import { destructiveChanges, retiredStacks, type Review } from "../../review/review";
import { describeDiagnostic } from "../../terraform/diagnostic";
import { comparisonSentence } from "../address-change-words";
import { describeCounts } from "../change-counts";
import { PROTECTION, retiredStackWords } from "../retired-stack-words";
import { counted, thousands } from "../number";
import { planningFailures } from "../planning-failures";
import { addressBlocks, capacityBlocks } from "./address-blocks";
import { changeBlocks } from "./change-blocks";
import { type CommentBlock, fitComment } from "./comment-block";
import { fencedLine, markdownCode, markdownText } from "./markdown-text";
import { policyBlocks } from "./policy-blocks";

/** Options of {@link comment}. */
export interface CommentOptions {
  /**
   * Markdown sentence that links to the full report, for a comment that had to be cut.
   * @default names the HTML page and the JSON document
   */
  readonly fullReportLink?: string;
}

/**
 * The hidden first line of an environment's comment, which identifies the comment to update.
 *
 * @param environment its name; characters that could end the marker are encoded
 */
export const commentMarker = (environment: string) =>
  `<!-- cluster-ipam:plan-report:${encodeURIComponent(environment).replace(/-/g, "%2D")} -->`;

/** The pull-request comment of one environment: GitHub Markdown with a hidden marker, within GitHub's size limit. */
export function comment(review: Review, options: CommentOptions = {}): string {
  const { fullReportLink = "See the HTML page or the JSON document for the full report." } = options;
  const blocks = [
    wholeBlock("lines of the headline", 100, [commentMarker(review.environment), ...headline(review), ""]),
    ...destructionBlocks(review),
    ...failureBlocks(review),
    ...policyBlocks(review),
    ...retiredBlocks(review),
    ...noticeBlocks(review),
    ...addressBlocks(review),
    ...capacityBlocks(review),
    ...changeBlocks(review),
    ...warningBlocks(review),
    wholeBlock("closing lines", 99, [footer(review)]),
  ];
  return fitComment(blocks, fullReportLink);
}

/** A block without rows, which is never cut. */
const wholeBlock = (name: string, importance: number, head: readonly string[]): CommentBlock => ({
  ...{ name, importance, head, rows: [], tail: [] },
});

function headline({ environment, planned, counts, verdict, stacks }: Review): string[] {
  const summary = planned ? describeCounts(counts) : "incomplete plan";
  const policy = verdict.ok
    ? `✅ All ${verdict.rules.length} policy rules pass.`
    : `⛔ ${counted(policyViolations(verdict), "policy violation")}.`;
  const scope = planned ? "" : " Only the planned stacks were checked.";
  return [
    `## ${markdownCode(environment, 80)}: ${summary}`,
    "",
    `${counted(stacks.length, "stack")}. ${policy}${scope}`,
  ];
}

function destructionBlocks(review: Review): CommentBlock[] {
  const changes = destructiveChanges(review);
  if (changes.length === 0) return [];
  const { delete: destroyed, replace: replaced } = review.counts;
  const summary = [
    ...(destroyed > 0 ? [`destroys ${thousands(destroyed)}`] : []),
    ...(replaced > 0 ? [`replaces ${thousands(replaced)}`] : []),
  ].join(" and ");
  const rows = changes.map(({ stack, address, action, replacedBy, cluster, isProtected }) => {
    const because = replacedBy.length > 0 ? `, because ${markdownCode(replacedBy.join(", "))} changes` : "";
    const verb = action === "delete" ? "destroy" : "replace";
    const owner = cluster === undefined ? "" : ` of cluster ${markdownCode(cluster)}`;
    const protection = isProtected ? `; ${PROTECTION}` : "";
    return `> - **${verb}** ${markdownCode(address)} in ${markdownCode(stack)}${owner}${because}${protection}`;
  });
  const noun = changes.length === 1 ? "resource" : "resources";
  const head = ["> [!CAUTION]", `> This plan **${summary}** ${noun}.`, ">"];
  return [{ name: "destroyed or replaced resources", importance: 90, head, rows, tail: [""] }];
}

/** The stacks that the app no longer composes, with what the deployment destroys in each. */
function retiredBlocks(review: Review): CommentBlock[] {
  const rows = retiredStacks(review).map(
    (outcome) =>
      `- ${markdownCode(outcome.stack)}${outcome.cluster === undefined ? "" : ` of cluster ${markdownCode(outcome.cluster)}`}: ` +
      markdownText(retiredStackWords(outcome)),
  );
  if (rows.length === 0) return [];
  const head = ["### Retired stacks", "", "The app no longer composes them.", ""];
  return [{ name: "retired stacks", importance: 88, head, rows, tail: [""] }];
}

function noticeBlocks({ notices }: Review): CommentBlock[] {
  const rows = notices.map((notice) => `- ${markdownText(notice)}`);
  return rows.length === 0
    ? []
    : [{ name: "notices", importance: 64, head: ["⚠️ Notices:", ""], rows, tail: [""] }];
}

function failureBlocks(review: Review): CommentBlock[] {
  const rows = planningFailures(review).map((line) => fencedLine(line));
  if (rows.length === 0) return [];
  const head = ["### Errors", "", "```text"];
  return [{ name: "lines of errors", importance: 85, head, rows, tail: ["```", ""] }];
}

function warningBlocks({ stacks }: Review): CommentBlock[] {
  const rows = stacks.flatMap((outcome) =>
    outcome.planned
      ? outcome.warnings.flatMap((warning) => `${outcome.stack}: ${describeDiagnostic(warning)}`.split("\n"))
      : [],
  );
  if (rows.length === 0) return [];
  return [
    {
      name: "lines of warnings",
      importance: 25,
      head: ["<details><summary>Terraform warnings</summary>", "", "```text"],
      rows: rows.map((line) => fencedLine(line)),
      tail: ["```", "", "</details>", ""],
    },
  ];
}

function footer({ terraform, base }: Review): string {
  const comparison = comparisonSentence(base, {
    name: (name) => markdownCode(name, 80),
    problem: (problem) => markdownText(problem),
  });
  return `<sub>${markdownText(`${terraform.product} ${terraform.version}`)}. ${comparison}</sub>`;
}
