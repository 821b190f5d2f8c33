import {
  type CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilteredLogEvent,
} from "@aws-sdk/client-cloudwatch-logs";

import { callAws } from "../runtime/cloud/aws-call";

/** A decision of earlier runs, as the function logged it. Runs in a row that decided the same are one. */
export interface PastDecision {
  /** When it was first and last decided, epoch milliseconds. */
  readonly first: number;
  readonly last: number;
  /** Number of runs that decided it. */
  readonly runs: number;
  /** What was to be done; `none` for advice. */
  readonly action: string;
  readonly cause: string;
  readonly zone?: string;
  readonly cidr?: string;
  /** The reason that the last of the runs gave. */
  readonly reason: string;
  readonly advice?: string;
  /** What came of it in the last of the runs: `done`, `failed`, …; undefined for advice. */
  readonly result?: string;
  /** Why it was postponed or failed. */
  readonly message?: string;
}

/** Input of {@link pastDecisions}. */
export interface PastDecisionsProps {
  readonly logGroupName: string;
  readonly cluster: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Hours that are read: the next when there are fewer decisions than {@link MOST} in the one before. */
const WINDOWS = [1, 24, 7 * 24] as const;
/** Decisions that are returned. */
const MOST = 10;
const HOUR = 3_600_000;

/**
 * Reads the last decisions from the function's log. CloudWatch charges nothing for it.
 *
 * @returns at most ten, the oldest first
 * @throws ApiError when the log cannot be read
 */
export async function pastDecisions(
  client: CloudWatchLogsClient,
  { logGroupName, cluster, now }: PastDecisionsProps,
): Promise<readonly PastDecision[]> {
  let found: readonly PastDecision[] = [];
  for (const hours of WINDOWS) {
    found = merged(await readLines(client, logGroupName, cluster, now - hours * HOUR));
    if (found.length >= MOST) break;
  }
  return found.slice(-MOST);
}

type Line = Omit<PastDecision, "first" | "last" | "runs"> & { readonly at: number };

async function readLines(
  client: CloudWatchLogsClient,
  logGroupName: string,
  cluster: string,
  startTime: number,
): Promise<readonly Line[]> {
  const events: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await callAws("logs:FilterLogEvents", () =>
      client.send(
        new FilterLogEventsCommand({
          logGroupName,
          startTime,
          nextToken,
          // What only records whether a subnet is in use is no decision that anyone asks about.
          filterPattern: `{ $.cluster = ${JSON.stringify(cluster)} && $.action = "*" && $.action != "mark-*" }`,
        }),
      ),
    );
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return events
    .map(({ timestamp, message }) => ({ ...(JSON.parse(message!) as Omit<Line, "at">), at: timestamp! }))
    .sort((a, b) => a.at - b.at);
}

/** Makes one of decisions that several runs made in a row, each beside other decisions. @param lines by time */
function merged(lines: readonly Line[]): readonly PastDecision[] {
  const latest = new Map<string, PastDecision>();
  for (const { at, action, cause, zone, cidr, reason, advice, result, message } of lines) {
    const key = [action, cause, zone, cidr, result].join(" ");
    const { first = at, runs = 0 } = latest.get(key) ?? {};
    latest.delete(key);
    latest.set(key, {
      first,
      last: at,
      runs: runs + 1,
      action,
      cause,
      zone,
      cidr,
      reason,
      advice,
      result,
      message,
    });
  }
  return [...latest.values()];
}
