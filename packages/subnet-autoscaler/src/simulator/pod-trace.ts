import { AutoscalerError } from "../runtime/errors/autoscaler-error";

/** How many pods a cluster is asked to run, over time. */
export interface PodTrace {
  /** Zones of the columns; undefined: one column has all pods. */
  readonly zones?: readonly string[];
  /** Length in minutes. */
  readonly minutes: number;
  /** Pods in a minute, one number a column. Between two rows, the number changes in a straight line. */
  at(minute: number): readonly number[];
}

interface Row {
  readonly minute: number;
  readonly pods: readonly number[];
}

/** The longest trace in minutes: a week. */
const MAX_MINUTES = 7 * 24 * 60;
/** The most pods of a column: what the scalability tests of Kubernetes run in a whole cluster is 150,000. */
const MAX_PODS = 150_000;

const count = (value: number): string => value.toLocaleString("en-US");

/**
 * Reads a trace from CSV text. The first line names the columns: `time,pods`, or `time` and every zone of the cluster. A time
 * is a whole number of minutes from 0, or ISO 8601 with an offset (`2026-11-24T08:00Z`), and later than that of the row before.
 *
 * @param file path, for errors
 * @param zones the cluster's zones
 * @throws AutoscalerError with the line of a row that is not like this
 */
export function parseTrace(file: string, text: string, zones: readonly string[]): PodTrace {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line, index) => ({ where: `${file}:${index + 1}`, cells: cellsOf(line) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ""));
  const [header, ...body] = lines;
  const columns = readHeader(header ?? { where: file, cells: [] }, zones);
  const rows: Row[] = [];
  const first = body[0]?.cells[0] ?? "";
  for (const { where, cells } of body) {
    if (cells.length !== columns.length + 1)
      throw new AutoscalerError(
        where,
        `the row has ${cells.length} cells, but the first line names ${columns.length + 1} columns; give each a value`,
      );
    const minute = readMinute(where, cells[0]!, first);
    checkOrder(where, cells[0]!, minute, rows.at(-1)?.minute);
    rows.push({ minute, pods: cells.slice(1).map((cell, index) => readPods(where, columns[index]!, cell)) });
  }
  if (rows.length < 2)
    throw new AutoscalerError(file, `the trace has ${rows.length} rows of pods; use at least 2`);
  return {
    ...(columns[0] !== "pods" && { zones: columns }),
    minutes: rows.at(-1)!.minute,
    at: (minute) => interpolated(rows, minute),
  };
}

/** @returns the names of the columns after `time` */
function readHeader(
  { where, cells }: { readonly where: string; readonly cells: readonly string[] },
  zones: readonly string[],
): readonly string[] {
  const [time, ...columns] = cells;
  const isTotal = columns.length === 1 && columns[0] === "pods";
  const isByZone = columns.length === zones.length && zones.every((zone) => columns.includes(zone));
  if (time === "time" && (isTotal || isByZone)) return columns;
  throw new AutoscalerError(
    where,
    `the first line is ${cells.join(",") || "missing"}; use time,pods or time,${zones.join(",")}`,
  );
}

function readMinute(where: string, cell: string, first: string): number {
  const isNumber = /^\d+$/.test(first);
  if (isNumber && /^\d+$/.test(cell)) return Number(cell);
  const [time, start] = [parseInstant(cell), parseInstant(first)];
  if (isNumber || time === undefined || start === undefined)
    throw new AutoscalerError(
      where,
      `time is ${cell || "empty"}; use whole minutes from 0 in every row, or ISO 8601 with an offset (2026-11-24T08:00Z) in every row`,
    );
  return Math.floor((time - start) / 60_000);
}

/** Epoch milliseconds; undefined unless the time is ISO 8601 with an offset. */
function parseInstant(cell: string): number | undefined {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(cell)
    ? Date.parse(cell)
    : NaN;
  return Number.isNaN(time) ? undefined : time;
}

function checkOrder(where: string, cell: string, minute: number, before: number | undefined): void {
  if (before === undefined && minute !== 0)
    throw new AutoscalerError(where, `the first time is minute ${cell}; begin with minute 0`);
  if (before !== undefined && minute <= before)
    throw new AutoscalerError(
      where,
      `time ${cell} is not at least a minute later than that of the row before; sort the rows, one for each minute at most`,
    );
  if (minute > MAX_MINUTES)
    throw new AutoscalerError(
      where,
      `time ${cell} is ${count(minute)} minutes after the first row; use at most ${count(MAX_MINUTES)} (a week)`,
    );
}

function readPods(where: string, column: string, cell: string): number {
  const pods = /^\d+$/.test(cell) ? Number(cell) : NaN;
  if (pods <= MAX_PODS) return pods;
  throw new AutoscalerError(
    where,
    `${column} is ${cell || "empty"}; use a whole number from 0 to ${count(MAX_PODS)}`,
  );
}

function interpolated(rows: readonly Row[], minute: number): readonly number[] {
  const next = rows.findIndex((row) => row.minute > minute);
  if (next < 0) return rows.at(-1)!.pods;
  const [before, after] = [rows[next - 1]!, rows[next]!];
  const share = (minute - before.minute) / (after.minute - before.minute);
  return before.pods.map((pods, column) => Math.round(pods + (after.pods[column]! - pods) * share));
}

/** The cells of a line, without the quotes that spreadsheets put around them. */
function cellsOf(line: string): readonly string[] {
  return line.split(",").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}
