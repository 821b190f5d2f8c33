import { stringify } from "yaml";
import { ACKNOWLEDGEMENTS_FILE } from "../../read/acknowledgements";
import { type CommentBlock } from "./comment-block";
import { code, fenced, prose } from "../escape";
import { type Finding, type LapsedAcknowledgement } from "../../policy/policy";
import { type Review } from "../../review/review";

const LAPSES: Readonly<Record<LapsedAcknowledgement["lapse"], string>> = {
  unmatched: "nothing in this plan meets it: correct or remove it",
  old: "it was there before this change and is spent: remove it",
};

/** Which rules are violated and where, what was acknowledged, and the lines that would acknowledge the rest. */
export function policyBlocks({ verdict }: Review): CommentBlock[] {
  const broken = verdict.rules.filter(({ findings }) => findings.length > 0);
  const heading = broken.length > 0 || verdict.acknowledged.length + verdict.lapsed.length > 0;
  return [
    ...(heading ? [list("policy", 98, ["### Policy", ""], [])] : []),
    ...broken.map(({ name, description, findings }) =>
      list(
        `findings of ${code(name, 60)}`,
        80,
        [`⛔ **${code(name)}**: ${prose(description)}`, ""],
        findings.map((finding) => `- ${place(finding)}${prose(finding.message)}`),
      ),
    ),
    ...acknowledgeBlock(broken.flatMap(({ findings }) => findings)),
    ...optional(
      "acknowledgements",
      70,
      "Acknowledged by this change:",
      verdict.acknowledged.map(
        ({ stack, address, action, reason }) =>
          `- ${action} ${code(address)} in ${code(stack)}: ${prose(reason)}`,
      ),
    ),
    ...optional(
      "lapsed acknowledgements",
      65,
      `⚠️ Lapsed in ${code(ACKNOWLEDGEMENTS_FILE)}:`,
      verdict.lapsed.map(
        ({ stack, address, action, lapse }) =>
          `- ${action} ${code(address)} in ${code(stack)}: ${LAPSES[lapse]}`,
      ),
    ),
  ];
}

const list = (
  name: string,
  importance: number,
  head: readonly string[],
  rows: readonly string[],
): CommentBlock => ({ name, importance, head, rows, tail: rows.length > 0 ? [""] : [] });

const optional = (name: string, importance: number, title: string, rows: readonly string[]) =>
  rows.length === 0 ? [] : [list(name, importance, [title, ""], rows)];

const place = ({ stack, address }: Finding) =>
  [...(address === undefined ? [] : [code(address)]), ...(stack === undefined ? [] : [`in ${code(stack)}`])]
    .join(" ")
    .replace(/$/, stack === undefined && address === undefined ? "" : ": ");

function acknowledgeBlock(findings: readonly Finding[]): CommentBlock[] {
  const entries = findings.flatMap(({ acknowledgeAs }) => acknowledgeAs ?? []);
  if (entries.length === 0) return [];
  const yaml = stringify(entries.map((entry) => ({ ...entry, reason: "" })));
  return [
    {
      name: "lines to acknowledge with",
      importance: 35,
      head: [
        `<details><summary>If it is meant: add this to <code>${ACKNOWLEDGEMENTS_FILE}</code>, with a reason</summary>`,
        "",
        "```yaml",
      ],
      rows: yaml
        .trimEnd()
        .split("\n")
        .map((line) => fenced(line, 1000)),
      tail: ["```", "", "</details>", ""],
    },
  ];
}
