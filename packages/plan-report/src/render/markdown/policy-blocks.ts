import { type Finding, type StaleAcknowledgement } from "../../policy/policy";
import { type AcknowledgedChange, ACKNOWLEDGEMENTS_FILE } from "../../read/acknowledgements";
import { type Review } from "../../review/review";
import { acknowledgedSubject, suggestedEntries } from "../acknowledgement-words";
import { type CommentBlock } from "./comment-block";
import { fencedLine, markdownCode, markdownText } from "./markdown-text";

/** Why an acknowledgement has no effect. */
const CAUSES: Readonly<Record<StaleAcknowledgement["cause"], string>> = {
  unmatched: "matches nothing in this plan; correct or remove it",
  "in-base": "was added by an earlier change and no longer counts; remove it",
};

/** Violated rules with their findings, acknowledgements, and the entries that would acknowledge the findings. */
export function policyBlocks({ verdict }: Review): CommentBlock[] {
  const { acknowledged, stale } = verdict;
  const violated = verdict.rules.filter(({ findings }) => findings.length > 0);
  if (violated.length + acknowledged.length + stale.length === 0) return [];
  return [
    listBlock("policy", 98, ["### Policy", ""], []),
    ...violated.map(({ name, description, findings }) =>
      listBlock(
        `findings of ${markdownCode(name, 60)}`,
        80,
        [`⛔ **${markdownCode(name)}**: ${markdownText(description)}`, ""],
        findings.map((finding) => `- ${locationPrefix(finding)}${markdownText(finding.message)}`),
      ),
    ),
    ...acknowledgeBlock(violated.flatMap(({ findings }) => findings)),
    ...titledList(
      "acknowledgements",
      70,
      "Acknowledged by this change:",
      acknowledged.map((entry) => `- ${entryText(entry)}: ${markdownText(entry.reason)}`),
    ),
    ...titledList(
      "stale acknowledgements",
      65,
      `⚠️ Stale entries in ${markdownCode(ACKNOWLEDGEMENTS_FILE)}:`,
      stale.map((entry) => `- ${entryText(entry)} ${CAUSES[entry.cause]}`),
    ),
  ];
}

function entryText(entry: AcknowledgedChange): string {
  const { action, subject, stack } = acknowledgedSubject(entry);
  return `${action} ${markdownCode(subject)}${stack === undefined ? "" : ` in ${markdownCode(stack)}`}`;
}

const listBlock = (
  name: string,
  importance: number,
  head: readonly string[],
  rows: readonly string[],
): CommentBlock => ({ name, importance, head, rows, tail: rows.length > 0 ? [""] : [] });

/** A list with a title, or nothing if it has no rows. */
const titledList = (name: string, importance: number, title: string, rows: readonly string[]) =>
  rows.length === 0 ? [] : [listBlock(name, importance, [title, ""], rows)];

function locationPrefix({ stack, address }: Finding): string {
  const location = [
    ...(address === undefined ? [] : [markdownCode(address)]),
    ...(stack === undefined ? [] : [`in ${markdownCode(stack)}`]),
  ];
  return location.length === 0 ? "" : `${location.join(" ")}: `;
}

function acknowledgeBlock(findings: readonly Finding[]): CommentBlock[] {
  const lines = suggestedEntries(findings);
  if (lines.length === 0) return [];
  return [
    {
      name: "lines to acknowledge with",
      importance: 35,
      head: [
        `<details><summary>If intended, add this to <code>${ACKNOWLEDGEMENTS_FILE}</code> with a reason</summary>`,
        "",
        "```yaml",
      ],
      rows: lines.map((line) => fencedLine(line, 1000)),
      tail: ["```", "", "</details>", ""],
    },
  ];
}
