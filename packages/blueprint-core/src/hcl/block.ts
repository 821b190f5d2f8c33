import { RenderError } from "./expression";
import { type Assignment, renderAssignments } from "./value";

/** A block of the Terraform language, ready to render. */
export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
}

/** The content of a block, in the order it is rendered. */
export interface Body {
  /** Meta-arguments that come first: `count`, `for_each`, `provider`. */
  readonly lead?: readonly Argument[];
  readonly arguments: readonly Argument[];
  readonly blocks?: readonly Block[];
  /** Meta-arguments that come last: `depends_on`. */
  readonly tail?: readonly Argument[];
}

/** An argument, rendered once its indentation is known. */
export interface Argument {
  readonly name: string;
  readonly render: (indent: string) => string;
}

/**
 * Renders blocks separated by an empty line, as `terraform fmt` leaves them.
 *
 * @throws RenderError that starts with the block's address
 */
export function renderBlocks(blocks: readonly Block[]): string {
  return `${blocks.map(renderTopLevel).join("\n\n")}\n`;
}

function renderTopLevel(block: Block): string {
  try {
    return renderBlock(block, "").join("\n");
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    throw new RenderError(`${[block.type, ...block.labels].join(".")}: ${error.message}`);
  }
}

function renderBlock({ type, labels, body }: Block, indent: string): string[] {
  const head = `${indent}${[type, ...labels.map((label) => JSON.stringify(label))].join(" ")}`;
  const lines = renderBody(body, `${indent}  `);
  return lines.length === 0 ? [`${head} {}`] : [`${head} {`, ...lines, `${indent}}`];
}

function renderBody(body: Body, indent: string): string[] {
  const sections = [
    renderArguments(body.lead ?? [], indent),
    renderArguments(body.arguments, indent),
    ...(body.blocks ?? []).map((block) => renderBlock(block, indent)),
    renderArguments(body.tail ?? [], indent),
  ].filter((section) => section.length > 0);
  return sections.flatMap((section, index) => (index === 0 ? section : ["", ...section]));
}

function renderArguments(args: readonly Argument[], indent: string): string[] {
  const assignments: Assignment[] = args.map(({ name, render }) => ({ name, value: render(indent) }));
  return assignments.length === 0 ? [] : renderAssignments(assignments, indent);
}
