import { formatExpression, splitTemplate, type TemplatePart } from "./expression";

/**
 * How Terraform reads a string of the JSON form. Most are templates (`${…}`, `%{…}`). Strings that it does not
 * evaluate, such as a variable's default or a backend's settings, are literal text.
 */
export type StringMeaning = "template" | "literal";

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Renders a string of the JSON form as an expression: a lone reference becomes bare (`aws_vpc.main.id`), anything else
 * is quoted.
 *
 * @throws RenderError if the string is not a valid template
 */
export function renderString(text: string, meaning: StringMeaning): string {
  if (meaning === "literal") return `"${escape(escapeSequences(text))}"`;
  const parts = splitTemplate(withoutMark(text));
  return expressionAlone(parts) ?? quote(parts);
}

/**
 * Renders a multi-line text as a heredoc. Returns undefined if a heredoc cannot represent the text: it always ends with
 * a line break and has no escapes.
 *
 * @throws RenderError if the string is not a valid template
 */
export function renderHeredoc(text: string): string | undefined {
  if (text.includes("%{") || /[^\P{Cc}\n\t]|\uFEFF|\p{Cs}/u.test(text)) return undefined;
  const parts = splitTemplate(text);
  const body = parts.map((part) => ("literal" in part ? part.literal : part.sequence)).join("");
  const last = parts.at(-1);
  const complete = last !== undefined && "literal" in last && last.literal.endsWith("\n");
  return complete && /\n.*\n$/s.test(body) && !/^\s*EOT\s*$/m.test(body) ? `<<EOT\n${body}EOT` : undefined;
}

/**
 * Renders an argument that Terraform reads as a name, not as a value: `aws.replica`, `aws_vpc.main`, `tags["Name"]`,
 * `list(string)`.
 */
export function renderReference(text: string): string {
  return expressionAlone(splitTemplate(text)) ?? formatExpression(text);
}

/** Renders a map key, bare if Terraform reads it as that exact word. */
export function renderKey(key: string, meaning: StringMeaning): string {
  if (/^[A-Za-z][A-Za-z0-9_-]*$/.test(key) && !["for", "null", "true", "false"].includes(key)) return key;
  if (meaning === "literal") return `"${escape(escapeSequences(key))}"`;
  return quote(splitTemplate(withoutMark(key)));
}

function quote(parts: readonly TemplatePart[]): string {
  return `"${parts.map((part) => ("literal" in part ? escape(part.literal) : part.sequence)).join("")}"`;
}

function expressionAlone(parts: readonly TemplatePart[]): string | undefined {
  const only = parts.length === 1 ? parts[0] : undefined;
  return only && "expression" in only ? only.expression : undefined;
}

/** Terraform's JSON parser removes a byte order mark at the start of a template. */
function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, "");
}

function escapeSequences(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

function escape(literal: string): string {
  return literal.replace(/["\\]/g, "\\$&").replace(/\p{Cc}/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).padStart(4, "0");
    return named[character] ?? `\\u${code}`;
  });
}
