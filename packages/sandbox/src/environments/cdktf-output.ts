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

  /** The reason for a failure: each error of each stack once, otherwise the last lines. */
  failure(): string {
    const errors = [...this.said].flatMap(([stack, lines]) => {
      const blocks = [...new Set(errorsIn(lines))];
      if (blocks.length === 0) return [];
      return [stack, blocks.join("\n\n").replaceAll(/^(?=.)/gm, "  ")].filter((line) => line !== "");
    });
    return (errors.length > 0 ? errors : this.everything.slice(-lastLines)).join("\n").trimEnd();
  }

  private readLine(line: string): AppliedStack | string | undefined {
    if (line === "" || isProgress(line) || isOfCli(line)) return undefined;
    this.everything.push(line);
    const warning = /^WARN \[(.*?)\]: (.*)$/.exec(line);
    if (warning) return `${warning[1]}: ${warning[2]}`;
    const [, stack, own] = /^([A-Za-z0-9][\w-]*) {2,}(.*)$/.exec(line) ?? [];
    if (stack !== undefined) this.stack = stack;
    // Terraform draws a frame around errors.
    const text = (own ?? line).replace(/^\s*[╷│]\s?/, "").replace(/^\s*╵/, frameEnd).trimEnd();
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

/** Marks the end of an error in the lines of a stack. */
const frameEnd = "\u0000";

/** The errors in the lines of a stack. An error ends with its frame; one without a frame ends with the next error. */
function errorsIn(lines: readonly string[]): readonly string[] {
  const errors: string[][] = [];
  let isOpen = false;
  for (const line of lines) {
    if (/^\s*Error: /.test(line)) {
      errors.push([]);
      isOpen = true;
    }
    if (line === frameEnd) isOpen = false;
    if (isOpen) errors.at(-1)!.push(line);
  }
  return errors.map((error) => error.join("\n").trim());
}

/** What the CLI and Node say about a failure that Terraform explained. */
const isOfCli = (line: string): boolean =>
  /Invoking Terraform CLI failed with exit code|^\(node:\d+\) \w*(Rejection|Deprecat|Warning)|^\(Use `node --trace/.test(line);

/** Progress lines, which the CLI redraws. */
const isProgress = (line: string): boolean =>
  /^\d+ Stacks? (deploying|destroying)/.test(line) || /^. {2}(Starting|Synthesizing|Processing)/u.test(line);
