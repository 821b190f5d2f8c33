/**
 * Formats expressions of the Terraform language: reads the text into tokens and renders them with the spacing of
 * `terraform fmt`. cdktf and its users pass expressions as finished strings.
 */

type Kind =
  | "identifier"
  | "number"
  | "string"
  | "open"
  | "close"
  | "comma"
  | "dot"
  | "ellipsis"
  | "colons"
  | "bang"
  | "minus"
  | "operator";

interface Token {
  readonly kind: Kind;
  readonly text: string;
}

/** Text between template sequences, or one formatted `${…}` or `%{…}` sequence. */
export type TemplatePart = { readonly literal: string } | Sequence;

interface Sequence {
  readonly sequence: string;
  /** The expression of an interpolation; undefined for a directive. */
  readonly expression: string | undefined;
}

interface ReadSequence extends Sequence {
  readonly trimsBefore: boolean;
  readonly trimsAfter: boolean;
}

/** A value that the Terraform language cannot express, such as an unfinished template or NaN. */
export class RenderError extends Error {}

const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const operator = /==|!=|<=|>=|&&|\|\||=>|[-+*/%<>=?:]/y;
const ignored = /[ \t\r]+|(?:#|\/\/)[^\n]*|\/\*[\s\S]*?\*\//y;
const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/**
 * Formats an expression as `terraform fmt` does, on one line. Line breaks inside brackets are removed; those that
 * separate object entries become commas.
 *
 * @throws RenderError if a bracket or string is not closed
 */
export function formatExpression(text: string): string {
  const reader = new Reader(text);
  const tokens = reader.tokens();
  if (!reader.atEnd)
    throw new RenderError(`the expression ${JSON.stringify(text)} closes } without opening it`);
  return join(tokens);
}

/**
 * Splits a template (a string in Terraform's JSON syntax) into literal text and formatted sequences. Literal text keeps
 * the escapes `$${` and `%%{`.
 *
 * Trim markers (`${~ … ~}`) are applied and removed, because a quoted template trims all white space next to one, but
 * the JSON form and heredocs only that of one line.
 *
 * @throws RenderError if a `${` or `%{` is not closed
 */
export function splitTemplate(text: string): readonly TemplatePart[] {
  const read = readTemplate(text);
  const parts = read
    .map((part, index): TemplatePart => {
      if (!("literal" in part)) return { sequence: part.sequence, expression: part.expression };
      const [before, after] = [read[index - 1], read[index + 1]];
      let { literal } = part;
      if (before && "trimsAfter" in before && before.trimsAfter)
        literal = literal.replace(/^[^\S\n]*\n?/, "");
      if (after && "trimsBefore" in after && after.trimsBefore) literal = literal.replace(/[^\S\n]*\n?$/, "");
      return { literal };
    })
    .filter((part) => !("literal" in part) || part.literal !== "");
  const only = parts[0];
  if (
    read.length > 1 &&
    parts.length === 1 &&
    only &&
    "expression" in only &&
    only.expression !== undefined
  ) {
    // Alone, the sequence would keep its type. Next to text, even trimmed text, it is a string.
    return [{ literal: " " }, { sequence: `\${~${only.expression}}`, expression: undefined }];
  }
  return parts;
}

function readTemplate(text: string): readonly ({ readonly literal: string } | ReadSequence)[] {
  const parts: ({ readonly literal: string } | ReadSequence)[] = [];
  let literalFrom = 0;
  let position = 0;
  while (position < text.length) {
    if (!opensSequence(text, position)) {
      position += 1;
      continue;
    }
    if (position > literalFrom) parts.push({ literal: text.slice(literalFrom, position) });
    const reader = new Reader(text, position);
    parts.push(reader.sequence());
    position = literalFrom = reader.position;
  }
  if (literalFrom < text.length) parts.push({ literal: text.slice(literalFrom) });
  return parts;
}

function opensSequence(text: string, position: number): boolean {
  const first = text[position];
  return (first === "$" || first === "%") && text[position + 1] === "{" && text[position - 1] !== first;
}

class Reader {
  constructor(
    private readonly text: string,
    public position = 0,
  ) {}

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** Reads `${…}` or `%{…}`. @param marked whether to keep the trim markers */
  sequence(marked = false): ReadSequence {
    const start = this.position;
    const introducer = this.text.slice(start, start + 2);
    this.position += 2;
    const before = this.take("~");
    const tokens = this.tokens();
    const after = this.take("~");
    if (!this.take("}")) {
      const escaped = `${introducer.charAt(0)}${introducer}`;
      throw this.refuse(
        `does not close its ${introducer} (write ${escaped} for the characters themselves)`,
        start,
      );
    }
    const lead = tokens[0]?.text === "{" ? " " : "";
    const trail = tokens.at(-1)?.text === "}" ? " " : "";
    const body = `${lead}${join(tokens, true)}${trail}`;
    return {
      sequence: marked ? `${introducer}${before}${body}${after}}` : `${introducer}${body}}`,
      expression: introducer === "${" ? join(tokens) : undefined,
      trimsBefore: before !== "",
      trimsAfter: after !== "",
    };
  }

  /** Reads up to the closing bracket of the surrounding template, or to the end. */
  tokens(): Token[] {
    const tokens: Token[] = [];
    const brackets: Bracket[] = [];
    while (!this.atEnd) {
      if (this.match(ignored) !== undefined) continue;
      if (this.text[this.position] === "\n") {
        this.position += 1;
        separate(tokens, brackets.at(-1));
        continue;
      }
      if (brackets.length === 0 && /^~?\}/.test(this.text.slice(this.position, this.position + 2))) break;
      const token = this.next();
      if (token.kind === "open") {
        brackets.push({ close: closing[token.text] ?? "", first: tokens.length + 1 });
      } else if (token.kind === "close") {
        if (brackets.pop()?.close !== token.text)
          throw this.refuse(`closes ${token.text} without opening it`);
        if (token.text === "}" && tokens.at(-1)?.kind === "comma") tokens.pop();
      }
      tokens.push(token);
    }
    const open = brackets.at(-1);
    if (open) throw this.refuse(`lacks its closing ${open.close}`);
    return tokens;
  }

  private next(): Token {
    const character = this.text[this.position] ?? "";
    if (character === '"') return { kind: "string", text: this.quoted() };
    if ("([{".includes(character)) return this.single("open", character);
    if (")]}".includes(character)) return this.single("close", character);
    if (this.text.startsWith("...", this.position)) return this.single("ellipsis", "...");
    if (this.text.startsWith("::", this.position)) return this.single("colons", "::");
    const name = this.match(identifier);
    if (name !== undefined) return { kind: "identifier", text: name };
    const digits = this.match(number);
    if (digits !== undefined) return { kind: "number", text: digits };
    if (/<<-?[\p{ID_Start}_]/uy.test(this.text.slice(this.position))) {
      throw this.refuse("has a heredoc inside an expression (use a quoted string)");
    }
    const sign = this.match(operator);
    if (sign !== undefined) return { kind: sign === "-" ? "minus" : "operator", text: sign };
    if (character === ",") return this.single("comma", character);
    if (character === ".") return this.single("dot", character);
    if (character === "!") return this.single("bang", character);
    throw this.refuse(`has ${character} where an expression is expected`);
  }

  private single(kind: Kind, text: string): Token {
    this.position += text.length;
    return { kind, text };
  }

  /** A quoted template: literal text is kept, sequences are formatted. */
  private quoted(): string {
    const start = this.position;
    let result = '"';
    this.position += 1;
    while (!this.atEnd && this.text[this.position] !== '"') {
      if (opensSequence(this.text, this.position)) {
        result += this.sequence(true).sequence;
      } else {
        const width = this.text[this.position] === "\\" ? 2 : 1;
        result += this.text.slice(this.position, this.position + width);
        this.position += width;
      }
    }
    if (!this.take('"')) throw this.refuse('lacks a closing "', start);
    return `${result}"`;
  }

  private take(text: string): string {
    if (!this.text.startsWith(text, this.position)) return "";
    this.position += text.length;
    return text;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  private refuse(problem: string, from = 0): RenderError {
    return new RenderError(`the template ${JSON.stringify(this.text.slice(from))} ${problem}`);
  }
}

interface Bracket {
  readonly close: string;
  /** Index of the first token inside. */
  readonly first: number;
}

/** A line break separates only the entries of an object. */
function separate(tokens: Token[], bracket: Bracket | undefined): void {
  if (bracket?.close !== "}" || tokens[bracket.first]?.text === "for") return;
  const last = tokens.at(-1);
  if (tokens.length > bracket.first && last?.kind !== "comma") tokens.push({ kind: "comma", text: "," });
}

const negates = new Set(["(", "[", "{", "=", ":", ",", "?", "+", "*", "/", "%", "-"]);
for (const sign of ["==", "!=", ">", ">=", "<", "<=", "&&", "||", "!"]) negates.add(sign);

/** @param inTemplate whether `${` precedes: `terraform fmt` then formats a leading minus as a subtraction */
function join(tokens: readonly Token[], inTemplate = false): string {
  let result = "";
  tokens.forEach((token, index) => {
    result += token.text;
    const after = tokens[index + 1];
    if (after && spaced(tokens[index - 1], token, after, inTemplate)) result += " ";
  });
  return result;
}

function spaced(before: Token | undefined, token: Token, after: Token, inTemplate: boolean): boolean {
  if (token.kind === "identifier" && after.text === "(") return false;
  if (token.kind === "colons" || after.kind === "colons") return false;
  if (token.kind === "dot" || after.kind === "dot") return false;
  if (after.kind === "comma" || after.kind === "ellipsis") return false;
  if (token.kind === "comma") return true;
  if (token.text === "in" && before?.kind === "identifier") return true;
  if (after.text === "[" && ["identifier", "number", "close"].includes(token.kind)) return false;
  if (token.kind === "bang") return false;
  if (token.kind === "minus") return before === undefined ? inTemplate : !negates.has(before.text);
  if (token.text === "{" && after.text === "}") return false;
  if (token.text === "{" || after.text === "}") return true;
  return token.kind !== "open" && after.kind !== "close";
}
