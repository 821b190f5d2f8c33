import { type Colors } from "picocolors/types";
import { type EnvironmentPlan, type PlanDocument, type StackOutcome } from "../../read/plan-document";
import { type ChangeCounts, type ResourceChange } from "../../terraform/stack-plan";
import { thousands } from "../number";
import { type Alignment, type Cell, textTable } from "./text-table";

const COLUMNS: readonly { readonly key: keyof ChangeCounts; readonly title: string }[] = [
  { key: "import", title: "import" },
  { key: "create", title: "add" },
  { key: "update", title: "change" },
  { key: "replace", title: "replace" },
  { key: "delete", title: "destroy" },
  { key: "forget", title: "forget" },
  { key: "read", title: "read" },
];

/** Terraform's counts, one line per stack, without the columns that are zero for every stack. */
export function countsTable(document: PlanDocument, colors: Colors): string[] {
  const columns = COLUMNS.filter(({ key }) => key === "create" || document.totals[key] > 0);
  const alignments: Alignment[] = ["left", ...columns.map(() => "right" as const), "left"];
  const heading: Cell[] = ["stack", ...columns.map(({ title }) => title), "main types"].map((text) => ({
    text,
    paint: colors.dim,
  }));
  const total: Cell[] = [
    { text: "total", paint: colors.bold },
    ...columns.map(({ key }) => ({ text: thousands(document.totals[key]), paint: colors.bold })),
    { text: "" },
  ];
  const rows = document.environments.flatMap((environment) => environmentRows(environment, columns, colors));
  return textTable(alignments, [heading, ...rows, total]);
}

type Columns = typeof COLUMNS;

function environmentRows(environment: EnvironmentPlan, columns: Columns, colors: Colors): Cell[][] {
  const blanks = columns.map(() => ({ text: "" }));
  const note = environment.failure ? `${environment.failure.target} failed` : "";
  return [
    [{ text: environment.name, paint: colors.bold }, ...blanks, { text: note, paint: colors.red }],
    ...environment.stacks.map((stack) => stackRow(stack, columns, colors)),
  ];
}

function stackRow(outcome: StackOutcome, columns: Columns, colors: Colors): Cell[] {
  const name = { text: `  ${outcome.stack}` };
  if (!outcome.planned) {
    return [
      name,
      ...columns.map(() => ({ text: "–" })),
      { text: `${outcome.command} failed`, paint: colors.red },
    ];
  }
  const counts = columns.map(({ key }): Cell => {
    const count = outcome.counts[key];
    return count === 0
      ? { text: "·", paint: colors.dim }
      : { text: thousands(count), paint: paintOf(key, colors) };
  });
  const types = mainTypes(outcome.changes);
  const note = outcome.retired ? ["retired", types].filter(Boolean).join(": ") : types;
  return [name, ...counts, { text: note, paint: colors.dim }];
}

const paintOf = (key: keyof ChangeCounts, colors: Colors) =>
  key === "create" || key === "import"
    ? colors.green
    : key === "update"
      ? colors.yellow
      : key === "read"
        ? colors.cyan
        : colors.red;

/** The two most frequent resource types: `12 aws_subnet, 9 aws_route`. */
function mainTypes(changes: readonly ResourceChange[]): string {
  const types = new Map<string, number>();
  for (const { type, action } of changes) if (action !== "read") types.set(type, (types.get(type) ?? 0) + 1);
  return [...types]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, 2)
    .map(([type, count]) => `${thousands(count)} ${type}`)
    .join(", ");
}
