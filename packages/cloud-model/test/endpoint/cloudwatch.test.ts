import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricDatum,
  PutMetricDataCommand,
} from "@aws-sdk/client-cloudwatch";
import { Clients, codeOf } from "./clients";

// 2026-07-01T12:00:00Z: no test waits, and CloudWatch's windows are relative to it.
const now = Date.UTC(2026, 6, 1, 12);
const at = (minutes: number) => new Date(now + minutes * 60_000);

let clients: Clients;
beforeEach(async () => {
  clients = await Clients.start({ now: () => now });
});
afterEach(() => clients.stop());

const cloudWatch = (account?: string, region?: string) =>
  new CloudWatchClient(clients.config(account, region));
const put = (...MetricData: MetricDatum[]) =>
  cloudWatch().send(new PutMetricDataCommand({ Namespace: "Subnets", MetricData }));

const free = { Namespace: "Subnets", MetricName: "FreePrefixes" };
const wanted = (Stat: string, more: object = {}) => ({
  MetricDataQueries: [{ Id: "free", MetricStat: { Metric: { ...free, ...more }, Period: 300, Stat } }],
  StartTime: at(-60),
  EndTime: at(60),
});
const valuesOf = async (input: GetMetricDataCommandInput, client = cloudWatch()) =>
  (await client.send(new GetMetricDataCommand(input))).MetricDataResults!.map(({ Values }) => Values);

it("returns the statistics of periods, newest first", async () => {
  const MetricName = "FreePrefixes";
  await put(
    { MetricName, Value: 4, Timestamp: at(-9) },
    { MetricName, Values: [1, 2], Counts: [1, 3], Timestamp: at(-6) },
    { MetricName, StatisticValues: { SampleCount: 2, Sum: 30, Minimum: 10, Maximum: 20 } },
  );
  const { MetricDataResults } = await cloudWatch().send(new GetMetricDataCommand(wanted("Average")));
  expect(MetricDataResults).toEqual([
    {
      Id: "free",
      Label: MetricName,
      StatusCode: "Complete",
      Timestamps: [at(0), at(-10)],
      Values: [15, 2.2],
    },
  ]);
  expect(await valuesOf(wanted("Sum"))).toEqual([[30, 11]]);
  expect(await valuesOf(wanted("Minimum"))).toEqual([[10, 1]]);
  expect(await valuesOf(wanted("Maximum"))).toEqual([[20, 4]]);
  expect(await valuesOf({ ...wanted("SampleCount"), ScanBy: "TimestampAscending" })).toEqual([[5, 2]]);
  expect(await valuesOf({ ...wanted("Sum"), EndTime: at(0) })).toEqual([[11]]);
});

it("keeps metrics apart by their dimensions, units, accounts and Regions", async () => {
  const [zone, cluster] = [
    { Name: "Zone", Value: "a" },
    { Name: "Cluster", Value: "c" },
  ];
  const MetricName = "FreePrefixes";
  await put(
    { MetricName, Value: 1 },
    { MetricName, Value: 2, Dimensions: [zone, cluster] },
    { MetricName, Value: 4, Unit: "Count" },
  );
  expect(await valuesOf(wanted("Sum"))).toEqual([[5]]);
  expect(await valuesOf(wanted("Sum", { Dimensions: [cluster, zone] }))).toEqual([[2]]);
  expect(await valuesOf(wanted("Sum", { Dimensions: [zone] }))).toEqual([[]]);
  expect(await valuesOf(wanted("Sum"), cloudWatch("222222222222"))).toEqual([[]]);
  expect(await valuesOf(wanted("Sum"), cloudWatch(undefined, "us-east-1"))).toEqual([[]]);
  const counted = {
    Id: "free",
    MetricStat: { Metric: free, Period: 60, Stat: "Sum", Unit: "Count" as const },
  };
  expect(await valuesOf({ ...wanted("Sum"), MetricDataQueries: [counted] })).toEqual([[4]]);
  const hidden = { ...counted, ReturnData: false };
  expect(await valuesOf({ ...wanted("Sum"), MetricDataQueries: [hidden] })).toEqual([]);
});

describe("CloudWatch refuses", () => {
  const datum = { MetricName: "m", Value: 1 };

  it.each<[string, MetricDatum[]]>([
    ["InvalidParameterValueException", []],
    ["InvalidParameterValueException", [{ ...datum, Unit: "Prefixes" as "Count" }]],
    ["InvalidParameterValueException", [{ ...datum, Timestamp: at(-15 * 24 * 60) }]],
    ["InvalidParameterValueException", [{ ...datum, Timestamp: at(121) }]],
    ["InvalidParameterValueException", [{ ...datum, StorageResolution: 30 }]],
    ["InvalidParameterValueException", [{ ...datum, Dimensions: [{ Name: "Zone", Value: "" }] }]],
    ["InvalidParameterValueException", [{ MetricName: "m", Values: [1, 2], Counts: [1] }]],
    ["InvalidParameterCombinationException", [{ ...datum, Values: [1] }]],
    ["MissingRequiredParameterException", [{ MetricName: "m" }]],
    ["MissingRequiredParameterException", [{ Value: 1 } as MetricDatum]],
  ])("%s: %j", async (code, data) => {
    expect(await codeOf(put(...data))).toBe(code);
  });

  it("all data of a request with one that is invalid", async () => {
    expect(await codeOf(put(datum, { MetricName: "m" }))).toBe("MissingRequiredParameterException");
    const Metric = { Namespace: "Subnets", MetricName: "m" };
    expect(await valuesOf(wanted("Sum", Metric))).toEqual([[]]);
  });

  const get = (change: object) =>
    cloudWatch().send(new GetMetricDataCommand({ ...wanted("Sum"), ...change }));
  const query = (change: object, stat: object = {}) => ({
    MetricDataQueries: [
      { Id: "q", MetricStat: { Metric: free, Period: 60, Stat: "Sum", ...stat }, ...change },
    ],
  });

  it.each<[string, object]>([
    ["InvalidParameterValueException", { StartTime: at(60) }],
    ["InvalidParameterValueException", { ScanBy: "Newest" }],
    ["InvalidParameterValueException", query({ Id: "Free" })],
    ["InvalidParameterValueException", query({}, { Period: 90 })],
    ["MissingRequiredParameterException", { MetricDataQueries: [] }],
    ["MissingRequiredParameterException", query({ MetricStat: undefined })],
    ["UnsupportedOperation", query({}, { Stat: "p99" })],
    ["UnsupportedOperation", query({ Expression: "m1 / m2" })],
    ["UnsupportedOperation", { MaxDatapoints: 10 }],
  ])("%s: %j", async (code, change) => {
    expect(await codeOf(get(change))).toBe(code);
  });
});
