import { type Dimension, type MetricName } from "./datum";
import { invalid, missing } from "./refusals";

/** Most dimensions of a metric. */
const maximumDimensions = 30;

/** A metric as a request names it. */
export interface NamedMetric {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly Partial<Dimension>[];
}

/**
 * The metric that a request names.
 *
 * @param path of the metric in the request: `MetricData.member.1.`
 * @throws ServiceError `MissingParameter`, `InvalidParameterValue`
 */
export function metricName(
  path: string,
  { Namespace, MetricName, Dimensions = [] }: NamedMetric,
): MetricName {
  if (Dimensions.length > maximumDimensions)
    throw invalid(`${path}Dimensions`, `of ${Dimensions.length} dimensions`, `at most ${maximumDimensions}`);
  const names = Dimensions.map(({ Name }) => Name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw invalid(`${path}Dimensions`, repeated, "each name once");
  return {
    Namespace: text("Namespace", Namespace, 255),
    MetricName: text(`${path}MetricName`, MetricName, 255),
    Dimensions: Dimensions.map(({ Name, Value }, index) => ({
      Name: text(`${path}Dimensions.member.${index + 1}.Name`, Name, 255),
      Value: text(`${path}Dimensions.member.${index + 1}.Value`, Value, 1024),
    })),
  };
}

/** @param longest in characters */
function text(parameter: string, value: string | undefined, longest: number): string {
  if (value === undefined) throw missing(parameter);
  if (value.trim() === "" || value.length > longest || value.startsWith(":"))
    throw invalid(parameter, value, `1 to ${longest} characters, the first of them no colon`);
  return value;
}
