import { type RequestContext } from "../../../request-context";
import { addDatum, type Datum } from "../documents/datum";
import { metricName, type NamedMetric } from "../documents/metric-name";
import { invalid, missing, notTogether } from "../documents/refusals";
import { checkUnit } from "../documents/unit";

/** Values of a metric, as a request gives them: one, statistics of several, or several with their counts. */
export interface MetricDatum extends Omit<NamedMetric, "Namespace"> {
  /** Seconds since 1970. @default now */
  readonly Timestamp?: number;
  readonly Value?: number;
  readonly StatisticValues?: {
    readonly SampleCount?: number;
    readonly Sum?: number;
    readonly Minimum?: number;
    readonly Maximum?: number;
  };
  readonly Values?: readonly number[];
  /** How often each of `Values` occurred. @default once */
  readonly Counts?: readonly number[];
  /** @default "None" */
  readonly Unit?: string;
  /** Seconds: 1 or 60. @default 60 */
  readonly StorageResolution?: number;
}

/** The input of PutMetricData. */
export interface PutMetricDataRequest {
  readonly Namespace?: string;
  readonly MetricData?: readonly MetricDatum[];
}

/** CloudWatch's limits: data of a request, and values of a datum. */
const [dataPerRequest, valuesPerDatum] = [1000, 150];
const hours = 3600_000;

/** The ages that CloudWatch accepts, in milliseconds: two weeks ago until in two hours. */
const [oldest, newest] = [14 * 24 * hours, 2 * hours];

/** Stores values of metrics. All are stored, or none. */
export function putMetricData(
  context: RequestContext,
  { Namespace, MetricData }: PutMetricDataRequest,
): object {
  if (!MetricData) throw missing("MetricData");
  if (MetricData.length < 1 || MetricData.length > dataPerRequest)
    throw invalid("MetricData", `of ${MetricData.length} data`, `1 to ${dataPerRequest}`);
  if (Namespace?.startsWith("AWS/"))
    throw invalid("Namespace", Namespace, "another than AWS/, which is for AWS services");
  for (const [index, datum] of MetricData.entries()) {
    const path = `MetricData.member.${index + 1}.`;
    const name = metricName(path, { ...datum, Namespace: Namespace });
    addDatum(context.transaction, context.caller, name, datumOf(path, datum, context.transaction.now));
  }
  return {};
}

function datumOf(path: string, datum: MetricDatum, now: number): Datum {
  const time = datum.Timestamp === undefined ? now : datum.Timestamp * 1000;
  if (time < now - oldest || time > now + newest)
    throw invalid(`${path}Timestamp`, datum.Timestamp, "a time between two weeks ago and in two hours");
  const { StorageResolution: resolution = 60, Unit: unit = "None" } = datum;
  if (resolution !== 1 && resolution !== 60) throw invalid(`${path}StorageResolution`, resolution, "1 or 60");
  checkUnit(`${path}Unit`, unit);
  return { time, unit, resolution, ...statistics(path, datum) };
}

type Statistics = Pick<Datum, "count" | "sum" | "minimum" | "maximum">;

function statistics(path: string, { Value, StatisticValues, Values, Counts }: MetricDatum): Statistics {
  const given = Object.entries({ Value, StatisticValues, Values }).filter(([, value]) => value !== undefined);
  if (given.length === 0) throw missing(`${path}Value`);
  if (given.length > 1) throw notTogether(given.map(([name]) => path + name).join(" and "));
  if (!StatisticValues) return ofValues(path, Values ?? [Value!], Counts);
  const { SampleCount: count, Sum: sum, Minimum: minimum, Maximum: maximum } = StatisticValues;
  if (count === undefined || sum === undefined || minimum === undefined || maximum === undefined)
    throw missing(`${path}StatisticValues`);
  if (count <= 0 || minimum > maximum)
    throw invalid(`${path}StatisticValues`, JSON.stringify(StatisticValues), "values and their extremes");
  return { count, sum, minimum, maximum };
}

function ofValues(
  path: string,
  values: readonly number[],
  counts: readonly number[] = values.map(() => 1),
): Statistics {
  if (values.length < 1 || values.length > valuesPerDatum)
    throw invalid(`${path}Values`, `of ${values.length} values`, `1 to ${valuesPerDatum}`);
  if (counts.length !== values.length || counts.some((count) => count <= 0))
    throw invalid(`${path}Counts`, counts.join(), `${values.length} positive numbers`);
  const total = (of: (value: number, count: number) => number) =>
    values.reduce((sum, value, index) => sum + of(value, counts[index]!), 0);
  return {
    count: total((_, count) => count),
    sum: total((value, count) => value * count),
    minimum: Math.min(...values),
    maximum: Math.max(...values),
  };
}
