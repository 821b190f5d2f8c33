import { stripVTControlCharacters } from "node:util";

/** Result of deploying or destroying a stack. */
export interface AppliedStack {
  readonly stack: string;
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
}

/**
 * Parses the cdktf CLI's output of a deploy or destroy. The CLI interleaves the lines of all stacks: a stack's first line
 * starts with its name and two spaces, the following lines with as many spaces.
 */
export class CdktfOutput {
  private rest = "";
  private stack = "";
  private readonly tails = new Map<string, string>();
  private readonly said = new Map<string, string[]>();
  private readonly everything: string[] = [];

  /** @returns the stacks that the chunk reports as done, and the warnings of the synthesis */
  read(chunk: string): { readonly applied: readonly AppliedStack[]; readonly warnings: readonly string[] } {
    const lines = (this.rest + chunk).split("\n");
    this.rest = lines.pop()!;
    const read = lines.map((line) => this.readLine(stripVTControlCharacters(line).trimEnd()));
    return {
      applied: read.flatMap((line) => (typeof line === "object" ? line : [])),
      warnings: read.flatMap((line) => (typeof line === "string" ? line : [])),
    };
  }

  /** The reason for a failure: the errors of each stack, otherwise the last lines. */
  failure(): string {
    const errors = [...this.said].flatMap(([stack, lines]) => {
      const first = lines.findIndex((line) => /^\s*Error: /.test(line));
      return first < 0 ? [] : [stack, ...lines.slice(first).map((line) => `  ${line}`)];
    });
    return (errors.length > 0 ? errors : this.everything.slice(-lastLines)).join("\n");
  }

  private readLine(line: string): AppliedStack | string | undefined {
    if (line === "" || isProgress(line)) return undefined;
    this.everything.push(line);
    const warning = /^WARN \[(.*?)\]: (.*)$/.exec(line);
    if (warning) return `${warning[1]}: ${warning[2]}`;
    const [, stack, own] = /^([A-Za-z0-9][\w-]*) {2,}(.*)$/.exec(line) ?? [];
    if (stack !== undefined) this.stack = stack;
    // Terraform draws a frame around errors.
    const text = (own ?? line).replace(/^\s*[╷│╵]\s?/, "").trimEnd();
    this.said.set(this.stack, [...(this.said.get(this.stack) ?? []), text]);
    // The CLI breaks a line wherever Terraform's output arrived in two chunks.
    const tail = ((this.tails.get(this.stack) ?? "") + text).slice(-tailLength);
    const done = complete.exec(tail);
    this.tails.set(this.stack, done ? "" : tail);
    if (!done) return undefined;
    const [added, changed, destroyed] = done.slice(1).map((count) => Number(count ?? 0)) as Counts;
    return { stack: this.stack, added, changed, destroyed };
  }
}

type Counts = [added: number, changed: number, destroyed: number];

const complete =
  /(?:Apply|Destroy) complete!\s*Resources:\s*(?:\d+\s*imported,\s*)?(?:(\d+)\s*added,\s*(\d+)\s*changed,\s*)?(\d+)\s*destroyed/;

/** Characters of a stack's output that are kept to detect the end of its deployment. */
const tailLength = 200;

/** Lines shown of an output that contains no error. */
const lastLines = 15;

/** Progress lines, which the CLI redraws. */
const isProgress = (line: string): boolean =>
  /^\d+ Stacks? (deploying|destroying)/.test(line) || /^. {2}(Starting|Synthesizing|Processing)/u.test(line);
