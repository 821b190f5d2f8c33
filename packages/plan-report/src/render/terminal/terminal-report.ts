import { type Colors } from "picocolors/types";
import { addressTree, LEGEND } from "./address-tree";
import { capacityTable } from "./capacity-table";
import { countsTable } from "./counts-table";
import { describe } from "../../terraform/diagnostic";
import { type EnvironmentPlan, type PlanDocument } from "../../read/plan-document";
import { describeFailure } from "./progress-line";
import { describeCounts } from "../../terraform/stack-plan";
import { type Cell, textTable, thousands, WIDTH, wrap } from "./text-table";

/**
 * The report for a terminal, at most 80 columns wide. If something failed, it ends with what failed, and leaves
 * out the addresses, which have not changed by it.
 */
export function report(document: PlanDocument, colors: Colors): string {
  const sections = document.ok
    ? [
        counts(document, colors),
        warnings(document, colors),
        addresses(document, colors),
        capacity(document, colors),
      ]
    : [counts(document, colors), warnings(document, colors), failures(document, colors)];
  return [...sections.filter((lines) => lines.length > 0), ending(document, colors)]
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function counts(document: PlanDocument, colors: Colors): string[] {
  const { product, version } = document.terraform;
  return [
    ...heading("What would change", colors),
    ...wrap(`The counts of ${product} ${version}, planned from an empty state.`, "  ").map(colors.dim),
    ...countsTable(document, colors),
  ];
}

function addresses({ addresses: { tree } }: PlanDocument, colors: Colors): string[] {
  if (tree.length === 0) return [];
  return [
    ...heading("Who owns which addresses", colors),
    ...addressTree(tree, colors),
    ...wrap(LEGEND, "  ").map(colors.dim),
  ];
}

function capacity({ addresses: { clusters } }: PlanDocument, colors: Colors): string[] {
  if (clusters.length === 0) return [];
  const intro = "What is asked for, how far the addresses reach, and what ends first.";
  return [
    ...heading("What the clusters can carry", colors),
    ...wrap(intro, "  ").map(colors.dim),
    ...capacityTable(clusters, colors),
  ];
}

function warnings({ environments }: PlanDocument, colors: Colors): string[] {
  const lines = environments.flatMap(({ stacks }) =>
    stacks.flatMap((outcome) =>
      outcome.planned
        ? outcome.warnings.flatMap((warning) => wrap(`${outcome.stack}: ${describe(warning)}`, "  "))
        : [],
    ),
  );
  return lines.length === 0
    ? []
    : [...heading("What Terraform warns of", colors), ...lines.map(colors.yellow)];
}

function failures({ environments }: PlanDocument, colors: Colors): string[] {
  const messages = environments.flatMap(failuresOf);
  return [
    ...heading("What failed", colors),
    ...messages.flatMap((message, at) => [...(at === 0 ? [] : [""]), ...wrap(message, "  ")]),
  ];
}

function failuresOf({ name, failure, stacks }: EnvironmentPlan): string[] {
  if (failure !== undefined) {
    return [
      [`${name}: ${failure.target} failed`, ...failure.message.split("\n").map((line) => `  ${line}`)].join(
        "\n",
      ),
    ];
  }
  return stacks.flatMap((outcome) => (outcome.planned ? [] : [describeFailure(outcome)]));
}

function ending(document: PlanDocument, colors: Colors): string[] {
  if (!document.ok) return [colors.red(summaryOfFailures(document))];
  const stacks = document.environments.reduce((sum, { stacks }) => sum + stacks.length, 0);
  const planned = `${thousands(stacks)} ${stacks === 1 ? "stack" : "stacks"} planned`;
  return [
    ...heading("What next", colors),
    ...textTable(["left", "left"], NEXT),
    "",
    colors.green(`${planned}: ${describeCounts(document.totals)}.`),
  ];
}

const NEXT = [
  ["npm run plan -- --env prod", "one environment; --help lists the rest"],
  ["addresses.yaml", "the demand: change it, `npm run addresses`, plan"],
  ["apps/*/src", "the compositions: change one, plan again"],
  ["README.md", "own environments, and how to deploy for real"],
].map((row) => row.map((text): Cell => ({ text })));

function summaryOfFailures({ environments }: PlanDocument): string {
  const failed = environments.flatMap(({ name, failure, stacks }) =>
    failure ? [name] : stacks.flatMap((outcome) => (outcome.planned ? [] : [outcome.stack])),
  );
  return `Not planned: ${failed.join(", ")}. Correct what is said above and plan again.`;
}

function heading(title: string, colors: Colors): string[] {
  return [`${colors.bold(title)} ${colors.dim("─".repeat(WIDTH - title.length - 1))}`];
}
