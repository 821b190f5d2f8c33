import { type CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { pastDecisions } from "../../src/cli/past-decisions";
import { pastText } from "../../src/cli/past-text";
import { stepLine } from "../../src/runtime/report/run-step";
import { configOf, minutesAgo, NOW } from "../runtime/observation-fixture";

type Step = Parameters<typeof stepLine>[1];

const create: Step = {
  decision: {
    action: "create",
    cause: "full",
    zone: "a",
    cidr: "100.64.64.0/22",
    reason: "a has 10 free /28 prefixes (target 32)",
  },
  result: { status: "done" },
};
const advice: Step = {
  decision: {
    action: "none",
    cause: "pool-empty",
    zone: "b",
    reason: "the growth space has no free block of /22 or smaller for b",
    advice: "raise growthPercent in addresses.yaml",
  },
};

interface Input {
  readonly logGroupName: string;
  readonly filterPattern: string;
  readonly startTime: number;
  readonly nextToken?: string;
}

/** A log that returns one event a page. */
function logOf(steps: readonly (readonly [minutes: number, step: Step])[], asked: Input[] = []) {
  const send = async ({ input }: { readonly input: Input }) => {
    asked.push(input);
    const events = steps
      .map(([minutes, step]) => ({
        timestamp: Date.parse(minutesAgo(minutes)),
        message: JSON.stringify(stepLine(configOf(), step)),
      }))
      .filter(({ timestamp }) => timestamp >= input.startTime);
    const page = Number(input.nextToken ?? 0);
    return {
      events: events.slice(page, page + 1),
      nextToken: page + 1 < events.length ? String(page + 1) : undefined,
    };
  };
  return { send } as unknown as CloudWatchLogsClient;
}

const read = (client: CloudWatchLogsClient) =>
  pastDecisions(client, { logGroupName: "/aws/lambda/prod-subnet-autoscaler", cluster: "prod", now: NOW });

test("the last decisions come with their reasons, and what runs repeat is one of them", async () => {
  const asked: Input[] = [];
  const past = await read(
    logOf(
      [
        [90, create],
        [3, advice],
        [2, advice],
        [1, advice],
      ],
      asked,
    ),
  );
  expect(past).toMatchObject([
    { action: "create", runs: 1, result: "done", first: Date.parse(minutesAgo(90)) },
    { cause: "pool-empty", runs: 3, first: Date.parse(minutesAgo(3)), last: Date.parse(minutesAgo(1)) },
  ]);
  expect(new Set(asked.map(({ startTime }) => (NOW - startTime) / 3_600_000))).toEqual(new Set([1, 24, 168]));
  expect(asked[0]).toMatchObject({
    logGroupName: "/aws/lambda/prod-subnet-autoscaler",
    filterPattern: '{ $.cluster = "prod" && $.action = "*" && $.action != "mark-*" }',
  });
});

test("ten decisions in the last hour are enough", async () => {
  const asked: Input[] = [];
  const steps = Array.from({ length: 12 }, (_, index): readonly [number, Step] => [
    30 - index,
    {
      ...create,
      decision: { ...create.decision, cidr: `100.64.${64 + 4 * index}.0/22` } as Step["decision"],
    },
  ]);
  const past = await read(logOf(steps, asked));
  expect(past.map(({ cidr }) => cidr)).toEqual(
    steps.slice(2).map(([, { decision }]) => "cidr" in decision && decision.cidr),
  );
  expect(asked.every(({ startTime }) => startTime === NOW - 3_600_000)).toBe(true);
});

test("explain says when, what and why, in at most 80 columns", async () => {
  const lines = pastText(
    await read(
      logOf([
        [90, create],
        [3, advice],
        [2, advice],
      ]),
    ),
  );
  expect(lines.join("\n")).toBe(`The last decisions were:
2026-11-23 10:30  create 100.64.64.0/22 a full: done
    a has 10 free /28 prefixes (target 32).
2026-11-23 11:58  ! b pool-empty, in 2 runs since 2026-11-23 11:57
    the growth space has no free block of /22 or smaller for b.
    Fix: raise growthPercent in addresses.yaml.`);
  expect(pastText([])).toEqual(["No decision in the last 7 days."]);
});
