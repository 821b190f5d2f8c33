import { type AccountRegion } from "../../../request-context";
import { Index } from "../../../store/index-of-kind";
import { Kind } from "../../../store/kind";
import { type Transaction } from "../../../store/transaction";

/** A dimension of a metric. */
export interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

/** What identifies a metric in an account and Region. */
export interface MetricName {
  readonly Namespace: string;
  readonly MetricName: string;
  /** In any order. */
  readonly Dimensions: readonly Dimension[];
}

/** Values of a metric at one time. */
export interface Datum {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly unit: string;
  /** Seconds: 1, or 60 for a metric of standard resolution. */
  readonly resolution: number;
  /** Number of values. */
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** A datum with the key of its metric. */
interface StoredDatum extends Datum {
  readonly metric: string;
}

const data = new Kind<StoredDatum>("cloudwatch/datum");
const byMetric = new Index(data, ({ metric }) => metric);

const metricKey = (
  { owner, region }: AccountRegion,
  { Namespace, MetricName, Dimensions }: MetricName,
): string =>
  JSON.stringify([
    owner,
    region,
    Namespace,
    MetricName,
    ...Dimensions.map(({ Name, Value }) => [Name, Value]).sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
  ]);

/** Stores values of a metric. */
export const addDatum = (
  transaction: Transaction,
  caller: AccountRegion,
  name: MetricName,
  datum: Datum,
): void => {
  transaction.put(data, transaction.hex(32), { ...datum, metric: metricKey(caller, name) });
};

/** The stored values of a metric, oldest request first. */
export const dataOf = (
  transaction: Transaction,
  caller: AccountRegion,
  name: MetricName,
): readonly Datum[] => [...transaction.with(byMetric, metricKey(caller, name))];
