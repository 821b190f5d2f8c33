/** One line of the benchmarks. */
export interface Figure {
  readonly name: string;
  /** What was measured, with its unit. */
  readonly value: string;
  /** What it may be at most, or has to be at least, with its unit. @default nothing is asked of it */
  readonly bound?: string;
  /** `over` and `under` are said, not punished: times belong to a machine. */
  readonly verdict: "ok" | "over" | "under" | "left open" | "";
}

const UNITS = { s: 2, ms: 2, MB: 0, kB: 0, "×": 2, $: 2 } as const;
/**
 * Seconds, milliseconds, megabytes (10⁶ bytes), kilobytes (10³ bytes), US dollars, or how many times another figure of the
 * same run.
 */
export type Unit = keyof typeof UNITS;

/** A figure that only informs. */
export function information(name: string, value: number, unit: Unit): Figure {
  return { name, value: text(value, unit), verdict: "" };
}

/** A figure with an upper bound, which it may reach. */
export function bounded(name: string, value: number, unit: Unit, bound: number): Figure {
  return {
    name,
    value: text(value, unit),
    bound: `≤ ${bound} ${unit}`,
    verdict: value <= bound ? "ok" : "over",
  };
}

/** A figure with a lower bound, which it may reach. @param value undefined if this run cannot measure it */
export function atLeast(name: string, value: number | undefined, unit: Unit, bound: number): Figure {
  return {
    name,
    value: value === undefined ? "" : text(value, unit),
    bound: `≥ ${bound} ${unit}`,
    verdict: value === undefined ? "left open" : value >= bound ? "ok" : "under",
  };
}

function text(value: number, unit: Unit): string {
  return `${value.toFixed(UNITS[unit])} ${unit}`;
}

/** The figures as lines of at most 80 columns. */
export function renderFigures(figures: readonly Figure[]): string {
  const rows = [
    ["figure", "value", "bound", "verdict"],
    ...figures.map(({ name, value, bound = "", verdict }) => [name, value, bound, verdict]),
  ];
  return rows
    .map(([name, value, bound, verdict]) =>
      `${name!.padEnd(46)} ${value!.padStart(10)}  ${bound!.padEnd(9)} ${verdict}`.trimEnd(),
    )
    .join("\n");
}
