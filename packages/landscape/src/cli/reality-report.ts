import { type Difference, type DifferenceKind } from "../reality/difference";
import { type Reality, type UtilisationWithTrend } from "../reality/reality";

/** Headings of the differences, in their order. */
const HEADINGS: Readonly<Record<DifferenceKind, string>> = {
  taken: "Taken by someone else",
  gone: "Planned, deployed, and gone",
  elsewhere: "Elsewhere than planned",
  larger: "Larger than planned",
  unplanned: "Exists, and not planned",
  ipam: "What IPAM says",
  unseen: "Not seen, and not known to be fine",
  "not-deployed": "Planned, and not deployed",
};

const VERDICTS: Readonly<Record<Reality["verdict"], string>> = {
  true: "The plan is true.",
  false: "The plan is not true.",
  unknown: "Nothing differs, as far as it was seen.",
};

/** At most this many rows of utilisation are shown: the fullest ones. JSON has all. */
const ROWS = 20;
/** Columns of a terminal. */
const WIDTH = 80;

/** The comparison as a text of at most 80 columns. */
export function realityText({ verdict, differences, utilisation }: Reality): string {
  const lines = [VERDICTS[verdict]];
  for (const [heading, own] of grouped(differences)) {
    lines.push("", `${heading}:`);
    for (const { subject, message } of own) lines.push(...wrapped(`${subject}: ${message}`));
  }
  const rows = fullest(utilisation);
  if (rows.length > 0) {
    lines.push("", row("fullest", "CIDR", "used", "of", "days left"));
    for (const use of rows) lines.push(row(use.name, use.cidr, share(use), count(use.size), daysLeft(use)));
  }
  return lines.join("\n");
}

/** The comparison for an issue or a pull request. */
export function realityMarkdown({ verdict, differences, utilisation }: Reality): string {
  const lines = [`**${VERDICTS[verdict]}**`];
  for (const [heading, own] of grouped(differences)) {
    lines.push("", `#### ${heading}`, "");
    for (const { subject, message } of own) lines.push(`- ${escaped(subject)}: ${escaped(message)}`);
  }
  const rows = fullest(utilisation);
  if (rows.length > 0) {
    lines.push("", "| fullest | CIDR | used | of | days left |", "| --- | --- | ---: | ---: | ---: |");
    for (const use of rows)
      lines.push(
        `| ${[escaped(use.name), use.cidr, share(use), count(use.size), daysLeft(use)].join(" | ")} |`,
      );
  }
  return lines.join("\n");
}

function grouped(differences: readonly Difference[]): readonly (readonly [string, readonly Difference[]])[] {
  return Object.entries(HEADINGS).flatMap(([kind, heading]) => {
    const own = differences.filter((difference) => difference.kind === kind);
    return own.length === 0 ? [] : [[heading, own] as const];
  });
}

function fullest(utilisation: readonly UtilisationWithTrend[]): readonly UtilisationWithTrend[] {
  const urgency = ({ trend }: UtilisationWithTrend) => trend?.daysLeft ?? Infinity;
  return [...utilisation]
    .filter(({ used, size }) => used > 0 && size > 0)
    .sort((a, b) => (urgency(a) === urgency(b) ? b.used / b.size - a.used / a.size : urgency(a) - urgency(b)))
    .slice(0, ROWS);
}

function share({ used, size }: UtilisationWithTrend): string {
  return `${Math.round((100 * used) / size)} %`;
}

function daysLeft({ trend }: UtilisationWithTrend): string {
  if (trend === undefined) return "";
  return trend.daysLeft === undefined ? "not filling" : count(Math.floor(trend.daysLeft));
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

function row(name: string, cidr: string, used: string, size: string, days: string): string {
  const shown = name.length > 30 ? `…${name.slice(-29)}` : name;
  return `${shown.padEnd(30)} ${cidr.padEnd(18)} ${used.padStart(6)} ${size.padStart(11)} ${days.padStart(11)}`.trimEnd();
}

/** Breaks a sentence into lines, indented. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = " ";
  for (const word of text.split(" ")) {
    if (line.length + 1 + word.length > WIDTH && line.trim() !== "") {
      lines.push(line);
      line = "   ";
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

/** Text of others must not be markup. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#@]/g, (character) => (character === "@" ? "&#64;" : `\\${character}`));
}
