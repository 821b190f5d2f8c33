import { RenderError } from "./expression";
import { renderHeredoc, renderKey, renderString, type StringMeaning } from "./template";

/** A value of Terraform's JSON form. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One `name = value` assignment; the value may have several lines. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
}

const lineLength = 100;

/**
 * Renders a value of the JSON form as an expression at the given indentation.
 *
 * @throws RenderError for an unfinished template, NaN and infinities
 */
export function renderValue(value: Json, indent: string, meaning: StringMeaning = "template"): string {
  if (value === null) return "null";
  if (typeof value === "string") return renderString(value, meaning);
  if (typeof value === "number") return renderNumber(value);
  if (typeof value === "boolean") return String(value);
  return isList(value) ? renderList(value, indent, meaning) : renderObject(value, indent, meaning);
}

/** Renders the value of an assignment, where a multi-line text may be a heredoc. */
export function renderAssigned(value: Json, indent: string, meaning: StringMeaning = "template"): string {
  const heredoc = typeof value === "string" && meaning === "template" ? renderHeredoc(value) : undefined;
  return heredoc ?? renderValue(value, indent, meaning);
}

/** Renders assignments on lines of their own, with equals signs aligned as `terraform fmt` does. */
export function renderAssignments(assignments: readonly Assignment[], indent: string): string[] {
  const lines: string[] = [];
  let run: Assignment[] = [];
  const flush = (): void => {
    const width = Math.max(...run.map(({ name }) => columns(name)));
    for (const { name, value } of run) {
      lines.push(`${indent}${name}${" ".repeat(width - columns(name))} = ${value}`);
    }
    run = [];
  };
  for (const assignment of assignments) {
    if (!opensLines(assignment.value)) {
      run.push(assignment);
      continue;
    }
    flush();
    lines.push(`${indent}${assignment.name} = ${assignment.value}`);
  }
  flush();
  return lines;
}

/** Whether the value's first line opens a bracket. A heredoc's does not. */
function opensLines(value: string): boolean {
  return !value.startsWith("<<") && value.includes("\n");
}

function renderNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RenderError(`${value} is not a Terraform number`);
  return JSON.stringify(value);
}

function renderList(list: readonly Json[], indent: string, meaning: StringMeaning): string {
  const inner = `${indent}  `;
  const items = list.map((item) => renderValue(item, inner, meaning));
  const line = `[${items.join(", ")}]`;
  const scalar = list.every((item) => item === null || typeof item !== "object" || isList(item));
  if (list.length === 0 || (scalar && line.length <= lineLength && !line.includes("\n"))) return line;
  return ["[", ...items.map((item) => `${inner}${item},`), `${indent}]`].join("\n");
}

function renderObject(
  object: { readonly [key: string]: Json },
  indent: string,
  meaning: StringMeaning,
): string {
  const inner = `${indent}  `;
  const entries = Object.entries(object).map(([key, value]) => ({
    name: renderKey(key, meaning),
    value: renderAssigned(value, inner, meaning),
  }));
  if (entries.length === 0) return "{}";
  return ["{", ...renderAssignments(entries, inner), `${indent}}`].join("\n");
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

let graphemes: Intl.Segmenter | undefined;

function columns(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  // Creating a segmenter takes 15 ms, and names that need it are rare.
  graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return [...graphemes.segment(text)].length;
}
