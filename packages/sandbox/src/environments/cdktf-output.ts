import { stripVTControlCharacters } from "node:util";

/** What became of a stack that is deployed or destroyed. */
export interface AppliedStack {
  readonly stack: string;
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
}

/**
 * Reads what the cdktf CLI prints while it deploys or destroys. It writes the lines of all stacks as they come: a name and two
 * spaces before the first line of a stack, spaces as wide before those that follow.
 */
export class CdktfOutput {
  private rest = "";
  private stack = "";
  private readonly tails = new Map<string, string>();
  private readonly said = new Map<string, string[]>();
  private readonly everything: string[] = [];

  /** @returns the stacks that the piece says are done, and the warnings of the synthesis */
  read(piece: string): { readonly applied: readonly AppliedStack[]; readonly warnings: readonly string[] } {
    const lines = (this.rest + piece).split("\n");
    this.rest = lines.pop()!;
    const read = lines.map((line) => this.readLine(stripVTControlCharacters(line).trimEnd()));
    return {
      applied: read.flatMap((line) => (typeof line === "object" ? line : [])),
      warnings: read.flatMap((line) => (typeof line === "string" ? line : [])),
    };
  }

  /** Why it failed: the errors of each stack, or else the last lines. */
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
    // Frames that Terraform draws around its errors.
    const text = (own ?? line).replace(/^\s*[╷│╵]\s?/, "").trimEnd();
    this.said.set(this.stack, [...(this.said.get(this.stack) ?? []), text]);
    // The CLI breaks a line where Terraform's output came in two pieces.
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

/** How much of a stack's output is kept to find the end of its deployment, in characters. */
const tailLength = 200;

/** How much is shown of an output without an error in it. */
const lastLines = 15;

/** Lines that the CLI draws again and again. */
const isProgress = (line: string): boolean =>
  /^\d+ Stacks? (deploying|destroying)/.test(line) || /^. {2}(Starting|Synthesizing|Processing)/u.test(line);
