import { getMetricData } from "../../aws/cloudwatch/operations/get-metric-data";
import { putMetricData } from "../../aws/cloudwatch/operations/put-metric-data";
import { type RequestContext } from "../../request-context";
import { unsupported } from "../calls/call-runner";
import { type JsonShape, readJson } from "../calls/json-request";

const dimensions = [{ Name: "string", Value: "string" }] as const;

/** The members of PutMetricData that are modeled. */
const putRequest = {
  Namespace: "string",
  MetricData: [
    {
      MetricName: "string",
      Dimensions: dimensions,
      Timestamp: "time",
      Value: "number",
      StatisticValues: { SampleCount: "number", Sum: "number", Minimum: "number", Maximum: "number" },
      Values: ["number"],
      Counts: ["number"],
      Unit: "string",
      StorageResolution: "number",
    },
  ],
} as const satisfies JsonShape;

/** The members of GetMetricData that are modeled. */
const getRequest = {
  MetricDataQueries: [
    {
      Id: "string",
      MetricStat: {
        Metric: { Namespace: "string", MetricName: "string", Dimensions: dimensions },
        Period: "number",
        Stat: "string",
        Unit: "string",
      },
      Label: "string",
      ReturnData: "boolean",
    },
  ],
  StartTime: "time",
  EndTime: "time",
  ScanBy: "string",
} as const satisfies JsonShape;

/**
 * Handles a CloudWatch call.
 *
 * @param body the request, in JSON
 * @throws ServiceError `SerializationException` for JSON of another form, `UnsupportedOperation` for actions and members
 * that are not modeled
 */
export function answerCloudWatch(context: RequestContext, action: string, body: string): object {
  const operation = `CloudWatch's ${action}`;
  if (action === "PutMetricData") return putMetricData(context, readJson(body, putRequest, operation));
  if (action === "GetMetricData") return getMetricData(context, readJson(body, getRequest, operation));
  throw unsupported(operation);
}

/** The exceptions that CloudWatch's JSON protocol has for the codes of its query protocol. */
const exceptions: Readonly<Record<string, string>> = {
  InvalidParameterCombination: "InvalidParameterCombinationException",
  InvalidParameterValue: "InvalidParameterValueException",
  MissingParameter: "MissingRequiredParameterException",
};

/** The name of an error in CloudWatch's JSON protocol. */
export const exceptionOf = (code: string): string => exceptions[code] ?? code;
