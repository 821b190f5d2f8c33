import { EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";

import { ApiError } from "./api-error";
import { AutoscalerError } from "./autoscaler-error";
import { type AutoscalerConfig, CONFIG_VARIABLE } from "./config";
import { parseConfig } from "./config-check";
import { History } from "./history";
import { type ChangeEvent, EVENT_SOURCE, reconcile, type Report } from "./reconcile";
import { call } from "./sdk-call";
import { sdkEc2 } from "./sdk-ec2";
import { sdkEks } from "./sdk-eks";

/** Kept back so that a run ends on its own and is not killed. */
const RESERVE_MILLISECONDS = 15_000;

/** What the function may be invoked with; the schedule sends none of it. */
export interface Invocation {
  /** Ids of the changes to make in the mode `approve`. */
  readonly approve?: readonly string[];
}

/** What Lambda tells the function; the rest of its context is not needed. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number;
}

const history = new History();

/**
 * The Lambda: one run of the reconciler. The clients find Region, credentials and endpoints in the environment.
 *
 * @returns how many changes were made and announced
 * @throws AutoscalerError in one sentence: the invocation fails, and the alarm on failures tells people
 */
export async function handler(event: Invocation | undefined, context: InvocationContext) {
  try {
    const config = parseConfig(process.env[CONFIG_VARIABLE]);
    const clients = { region: config.region, maxAttempts: 5 };
    const { steps } = await reconcile({
      ec2: sdkEc2(new EC2Client(clients)),
      eks: sdkEks(new EKSClient(clients)),
      config,
      clock: systemClock,
      report: lambdaReport(config),
      history,
      approved: approvals(event),
      deadline: Date.now() + context.getRemainingTimeInMillis() - RESERVE_MILLISECONDS,
    });
    return {
      decisions: steps.length,
      changes: steps.filter(({ outcome }) => outcome?.result === "done").length,
    };
  } catch (error) {
    if (error instanceof AutoscalerError && !process.env.DEBUG) delete error.stack;
    throw error;
  }
}

/** The machine's clock. */
export const systemClock = {
  now: () => Date.now(),
  sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
};

function approvals(event: Invocation | undefined): readonly string[] {
  const { approve } = event ?? {};
  if (approve === undefined) return [];
  if (Array.isArray(approve) && approve.every((id) => typeof id === "string")) return approve;
  throw new AutoscalerError(
    "invocation",
    'approve is no list; write { "approve": ["create 100.64.64.0/22"] }',
  );
}

/** Lines go to the function's log, events to the bus. */
function lambdaReport({ eventBusName, region }: AutoscalerConfig): Report {
  const client = new EventBridgeClient({ region });
  return {
    write: (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
    event: async (event) => {
      if (eventBusName !== undefined) await putEvent(client, eventBusName, event);
    },
  };
}

async function putEvent(
  client: EventBridgeClient,
  bus: string,
  { detailType, detail }: ChangeEvent,
): Promise<void> {
  const answer = await call("events:PutEvents", () =>
    client.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: bus,
            Source: EVENT_SOURCE,
            DetailType: detailType,
            Detail: JSON.stringify(detail),
          },
        ],
      }),
    ),
  );
  const refused = answer.Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
  if (refused) throw new ApiError("events:PutEvents", refused.ErrorCode!, refused.ErrorMessage ?? bus);
}
