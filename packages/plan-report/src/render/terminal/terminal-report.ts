import { type Colors } from "picocolors/types";
import { type EnvironmentPlan, type PlanDocument } from "../../read/plan-document";
import { type ReviewedPlan } from "../../review/plan-review";
import { describeDiagnostic } from "../../terraform/diagnostic";
import { describeCounts } from "../change-counts";
import { counted } from "../number";
import { addressTree, hasStates, LEGEND, STATE_LEGEND } from "./address-tree";
import { capacityTable } from "./capacity-table";
import { countsTable } from "./counts-table";
import { describeFailure } from "./progress-line";
import { addressChangeLines, noticeLines, violationLines } from "./review-sections";
import { type Cell, textTable, WIDTH, wrap } from "./text-table";

/**
 * The report for a terminal, at most 80 columns wide. If a plan failed, it ends with the errors and omits the
 * addresses, which do not depend on the plans.
 */
export function terminalReport(document: ReviewedPlan, colors: Colors): string {
  const titled = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [...heading(title, colors), ...lines];
  const sections = document.ok
    ? [
        counts(document, colors),
        warnings(document, colors),
        addresses(document, colors),
        capacity(document, colors),
        titled("Address changes", addressChangeLines(document.review, colors)),
        titled("Notices", noticeLines(document, colors)),
        titled("Policy violations", violationLines(document.review, colors)),
      ]
    : [counts(document, colors), warnings(document, colors), failures(document, colors)];
  return [...sections.filter((lines) => lines.length > 0), closing(document, colors)]
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function counts(document: PlanDocument, colors: Colors): string[] {
  const { product, version } = document.terraform;
  return [
    ...heading("Planned changes", colors),
    ...wrap(`Planned with ${product} ${version} from an empty state.`, "  ").map(colors.dim),
    ...countsTable(document, colors),
  ];
}

function addresses({ addresses: { tree } }: PlanDocument, colors: Colors): string[] {
  if (tree.length === 0) return [];
  return [
    ...heading("Address ownership", colors),
    ...addressTree(tree, colors),
    ...wrap(LEGEND, "  ").map(colors.dim),
    ...(hasStates(tree) ? wrap(STATE_LEGEND, "  ").map(colors.dim) : []),
  ];
}

function capacity({ addresses: { clusters } }: PlanDocument, colors: Colors): string[] {
  if (clusters.length === 0) return [];
  const intro = "The demand, the most the addresses can carry, and the limit reached first.";
  return [
    ...heading("Cluster capacity", colors),
    ...wrap(intro, "  ").map(colors.dim),
    ...capacityTable(clusters, colors),
  ];
}

function warnings({ environments }: PlanDocument, colors: Colors): string[] {
  const lines = environments.flatMap(({ stacks }) =>
    stacks.flatMap((outcome) =>
      outcome.planned
        ? outcome.warnings.flatMap((warning) =>
            wrap(`${outcome.stack}: ${describeDiagnostic(warning)}`, "  "),
          )
        : [],
    ),
  );
  return lines.length === 0 ? [] : [...heading("Terraform warnings", colors), ...lines.map(colors.yellow)];
}

function failures({ environments }: PlanDocument, colors: Colors): string[] {
  const messages = environments.flatMap(failuresOf);
  return [
    ...heading("Errors", colors),
    ...messages.flatMap((message, index) => [...(index === 0 ? [] : [""]), ...wrap(message, "  ")]),
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

function closing(document: ReviewedPlan, colors: Colors): string[] {
  if (!document.ok) return [colors.red(failureSummary(document))];
  const stacks = document.environments.reduce((sum, { stacks }) => sum + stacks.length, 0);
  const planned = `${counted(stacks, "stack")} planned`;
  return [
    ...heading("Next steps", colors),
    ...textTable(["left", "left"], NEXT_STEPS),
    "",
    ...(document.review.ok
      ? []
      : [colors.red(`${counted(document.review.violations.length, "policy violation")}: see above.`)]),
    colors.green(`${planned}: ${describeCounts(document.totals)}.`),
  ];
}

const NEXT_STEPS = [
  ["npm run plan -- --env prod", "one environment; --help lists all options"],
  ["addresses.yaml", "change the demand, `npm run addresses`, plan again"],
  ["apps/*/src", "change a composition, plan again"],
  ["README.md", "add an environment, deploy for real"],
].map((row) => row.map((text): Cell => ({ text })));

function failureSummary({ environments }: PlanDocument): string {
  const failed = environments.flatMap(({ name, failure, stacks }) =>
    failure ? [name] : stacks.flatMap((outcome) => (outcome.planned ? [] : [outcome.stack])),
  );
  return `Not planned: ${failed.join(", ")}. Fix the errors above and plan again.`;
}

function heading(title: string, colors: Colors): string[] {
  return [`${colors.bold(title)} ${colors.dim("─".repeat(WIDTH - title.length - 1))}`];
}
