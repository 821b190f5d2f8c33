import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { type Datum, dataOf } from "../documents/datum";
import { metricName, type NamedMetric } from "../documents/metric-name";
import { invalid, missing } from "../documents/refusals";
import { checkUnit } from "../documents/unit";

/** A metric, and what to compute of it. */
export interface MetricDataQuery {
  readonly Id?: string;
  readonly MetricStat?: {
    readonly Metric?: NamedMetric;
    /** Seconds. */
    readonly Period?: number;
    readonly Stat?: string;
    /** Only data of this unit. @default of any unit */
    readonly Unit?: string;
  };
  /** @default the metric's name */
  readonly Label?: string;
  /** @default true */
  readonly ReturnData?: boolean;
}

/** The input of GetMetricData. */
export interface GetMetricDataRequest {
  readonly MetricDataQueries?: readonly MetricDataQuery[];
  /** Seconds since 1970, included. */
  readonly StartTime?: number;
  /** Seconds since 1970, excluded. */
  readonly EndTime?: number;
  /** @default "TimestampDescending" */
  readonly ScanBy?: string;
}

/** The output of GetMetricData. */
export interface GetMetricDataOutput {
  readonly MetricDataResults: readonly {
    readonly Id: string;
    readonly Label: string;
    readonly Timestamps: readonly Date[];
    readonly Values: readonly number[];
    readonly StatusCode: "Complete";
  }[];
  readonly Messages: readonly never[];
}

/** The statistics of the values of a period. CloudWatch has percentiles and trimmed ones besides. */
const statistics: Readonly<Record<string, (data: readonly Datum[]) => number>> = {
  Average: (data) => total(data, "sum") / total(data, "count"),
  Maximum: (data) => Math.max(...data.map(({ maximum }) => maximum)),
  Minimum: (data) => Math.min(...data.map(({ minimum }) => minimum)),
  SampleCount: (data) => total(data, "count"),
  Sum: (data) => total(data, "sum"),
};

const queriesPerRequest = 500;
const orders = ["TimestampAscending", "TimestampDescending"];

/** Statistics of metrics, period by period, in one page. Periods without data have no value. */
export function getMetricData(context: RequestContext, request: GetMetricDataRequest): GetMetricDataOutput {
  const { MetricDataQueries: queries, StartTime, EndTime, ScanBy = "TimestampDescending" } = request;
  if (!queries || queries.length === 0) throw missing("MetricDataQueries");
  if (queries.length > queriesPerRequest)
    throw invalid("MetricDataQueries", `of ${queries.length} queries`, `at most ${queriesPerRequest}`);
  if (StartTime === undefined || EndTime === undefined)
    throw missing(StartTime === undefined ? "StartTime" : "EndTime");
  if (StartTime >= EndTime) throw invalid("StartTime", StartTime, "a time before EndTime");
  if (!orders.includes(ScanBy)) throw invalid("ScanBy", ScanBy, orders.join(" | "));
  checkIds(queries);
  const results = queries.map((query, index) => {
    const path = `MetricDataQueries.member.${index + 1}.`;
    const points = pointsOf(context, path, query, { from: StartTime * 1000, until: EndTime * 1000 });
    if (ScanBy === "TimestampDescending") points.reverse();
    return {
      Id: query.Id!,
      Label: query.Label ?? query.MetricStat!.Metric!.MetricName!,
      Timestamps: points.map(({ time }) => new Date(time)),
      Values: points.map(({ value }) => value),
      StatusCode: "Complete" as const,
    };
  });
  return {
    MetricDataResults: results.filter((_, index) => queries[index]!.ReturnData ?? true),
    Messages: [],
  };
}

function checkIds(queries: readonly MetricDataQuery[]): void {
  const ids = queries.map(({ Id }) => Id ?? "");
  for (const [index, id] of ids.entries()) {
    const parameter = `MetricDataQueries.member.${index + 1}.Id`;
    if (!/^[a-z][a-zA-Z0-9_]{0,254}$/.test(id)) throw invalid(parameter, id, "a word that starts with a-z");
    if (ids.indexOf(id) !== index) throw invalid(parameter, id, "an id that no other query has");
  }
}

interface Point {
  /** Start of the period, in milliseconds since 1970. */
  readonly time: number;
  readonly value: number;
}

/** The statistic of each period that has data, oldest first. @param span in milliseconds since 1970 */
function pointsOf(
  { transaction, caller }: RequestContext,
  path: string,
  { MetricStat: wanted }: MetricDataQuery,
  { from, until }: { readonly from: number; readonly until: number },
): Point[] {
  if (!wanted) throw missing(`${path}MetricStat`);
  const name = metricName(`${path}MetricStat.Metric.`, wanted.Metric ?? {});
  const statistic = statisticOf(`${path}MetricStat.Stat`, wanted.Stat);
  const period = checkedPeriod(`${path}MetricStat.Period`, wanted.Period);
  checkUnit(`${path}MetricStat.Unit`, wanted.Unit);
  const start = (time: number) => Math.floor(time / 1000 / period) * period * 1000;
  const byPeriod = new Map<number, Datum[]>();
  for (const datum of dataOf(transaction, caller, name)) {
    const isWanted = (wanted.Unit ?? datum.unit) === datum.unit && datum.resolution <= period;
    if (!isWanted || datum.time < start(from) || datum.time >= until) continue;
    const time = start(datum.time);
    byPeriod.set(time, [...(byPeriod.get(time) ?? []), datum]);
  }
  return [...byPeriod]
    .map(([time, data]) => ({ time, value: statistic(data) }))
    .sort((a, b) => a.time - b.time);
}

function statisticOf(parameter: string, name: string | undefined): (data: readonly Datum[]) => number {
  if (name === undefined) throw missing(parameter);
  if (Object.hasOwn(statistics, name)) return statistics[name]!;
  throw new ServiceError(
    "UnsupportedOperation",
    `The sandbox does not model the statistic ${name} of ${parameter}; it has ${Object.keys(statistics).join(", ")}.`,
  );
}

/** @returns the period in seconds */
function checkedPeriod(parameter: string, period: number | undefined): number {
  if (period === undefined) throw missing(parameter);
  if ([1, 5, 10, 20, 30].includes(period) || (period > 0 && period % 60 === 0)) return period;
  throw invalid(parameter, period, "1, 5, 10, 20, 30 or a multiple of 60 seconds");
}

const total = (data: readonly Datum[], member: "count" | "sum"): number =>
  data.reduce((sum, datum) => sum + datum[member], 0);
