import { parseTrace } from "../../src/simulator/pod-trace";

const ZONES = ["eu-central-1a", "eu-central-1b"];
const parse = (...lines: readonly string[]) => parseTrace("trace.csv", lines.join("\n"), ZONES);

test("pods change in a straight line between two rows", () => {
  const trace = parse("time,pods", "0,100", "10,200", "20,0");
  expect(trace.minutes).toBe(20);
  expect(trace.zones).toBeUndefined();
  expect([0, 5, 10, 15, 20].map((minute) => trace.at(minute))).toEqual([[100], [150], [200], [100], [0]]);
});

test("columns can be zones, and times instants, as spreadsheets write them", () => {
  const trace = parse(
    '\uFEFF"time","eu-central-1b","eu-central-1a"\r',
    "2026-11-24T08:00:30+01:00,1,2\r",
    "2026-11-24T07:02:30Z,3,6\r",
    "",
  );
  expect(trace.zones).toEqual(["eu-central-1b", "eu-central-1a"]);
  expect(trace.minutes).toBe(2);
  expect(trace.at(1)).toEqual([2, 4]);
});

test.each([
  ["no line", [], "trace.csv: the first line is missing; use time,pods or time,eu-central-1a,eu-central-1b"],
  [
    "another header",
    ["minute,pods", "0,1"],
    "trace.csv:1: the first line is minute,pods; use time,pods or time,eu-central-1a,eu-central-1b",
  ],
  [
    "a zone is missing",
    ["time,eu-central-1a", "0,1"],
    "trace.csv:1: the first line is time,eu-central-1a; use time,pods or time,eu-central-1a,eu-central-1b",
  ],
  ["one row", ["time,pods", "0,1"], "trace.csv: the trace has 1 rows of pods; use at least 2"],
  [
    "a missing cell",
    ["time,pods", "0,1", "5"],
    "trace.csv:3: the row has 1 cells, but the first line names 2 columns; give each a value",
  ],
  ["half a pod", ["time,pods", "0,1.5"], "trace.csv:2: pods is 1.5; use a whole number from 0 to 150,000"],
  [
    "negative pods in a zone",
    ["time,eu-central-1a,eu-central-1b", "0,1,-2"],
    "trace.csv:2: eu-central-1b is -2; use a whole number from 0 to 150,000",
  ],
  [
    "too many pods",
    ["time,pods", "0,150001"],
    "trace.csv:2: pods is 150001; use a whole number from 0 to 150,000",
  ],
  ["a late start", ["time,pods", "5,1"], "trace.csv:2: the first time is minute 5; begin with minute 0"],
  [
    "time that stands still",
    ["time,pods", "0,1", "5,2", "5,3"],
    "trace.csv:4: time 5 is not at least a minute later than that of the row before; sort the rows, one for each minute at most",
  ],
  [
    "a local time",
    ["time,pods", "2026-11-24T08:00,1"],
    "trace.csv:2: time is 2026-11-24T08:00; use whole minutes from 0 in every row, or ISO 8601 with an offset (2026-11-24T08:00Z) in every row",
  ],
  [
    "two kinds of time",
    ["time,pods", "0,1", "2026-11-24T08:00Z,1"],
    "trace.csv:3: time is 2026-11-24T08:00Z; use whole minutes from 0 in every row, or ISO 8601 with an offset (2026-11-24T08:00Z) in every row",
  ],
  [
    "more than a week",
    ["time,pods", "0,1", "10081,1"],
    "trace.csv:3: time 10081 is 10,081 minutes after the first row; use at most 10,080 (a week)",
  ],
] as const)("%s is refused with the line, the value and a fix", (_, lines, message) => {
  expect(() => parse(...lines)).toThrow(new Error(message));
});
