import { EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";

import { boundedClientConfig, untilAborted } from "./cloud/bounded-client";
import { systemClock } from "./cloud/clock";
import { CloudMemory } from "./cloud/cloud-memory";
import { sdkEc2 } from "./cloud/sdk-ec2";
import { sdkEks } from "./cloud/sdk-eks";
import { CONFIG_VARIABLE } from "./config/config";
import { parseConfig } from "./config/config-schema";
import { writerName } from "./config/writer-name";
import { AutoscalerError } from "./errors/autoscaler-error";
import { History } from "./observe/history";
import { reconcile } from "./reconcile";
import { lambdaReporter } from "./report/lambda-reporter";

export { fleetHandler } from "./fleet-handler";

/** Time reserved at the end of an invocation in which no change starts, in milliseconds: one takes about 12 seconds. */
const RESERVED_FOR_CHANGES = 15_000;
/** Time reserved at the end of an invocation in which no call waits, in milliseconds, to report instead of being killed. */
const RESERVED_FOR_REPORT = 3_000;

/** Payload of an invocation; the schedule's has no `approve`. */
export interface Invocation {
  /** Ids of the changes to make in mode `approve`. */
  readonly approve?: readonly string[];
}

/** The part of the Lambda context that the function uses. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number;
}

/** What a warm function keeps between its invocations. */
const history = new History();
const memory = new CloudMemory();
let clients: ReturnType<typeof clientsIn> | undefined;

function clientsIn(region: string) {
  const config = boundedClientConfig(region);
  return { ec2: new EC2Client(config), eks: new EKSClient(config), events: new EventBridgeClient(config) };
}

/**
 * The Lambda handler: one run. The clients take credentials and endpoints from the environment, and keep their
 * connections between invocations.
 *
 * @returns the number of decisions, and of changes made
 * @throws AutoscalerError as one sentence: the invocation fails, and the heartbeat is missing
 */
export async function handler(event: Invocation | undefined, context: InvocationContext) {
  try {
    const config = { writer: writerName(process.env), ...parseConfig(process.env[CONFIG_VARIABLE]) };
    const remaining = context.getRemainingTimeInMillis();
    const end = AbortSignal.timeout(Math.max(0, remaining - RESERVED_FOR_REPORT));
    const { ec2, eks, events } = (clients ??= clientsIn(config.region));
    const { steps } = await reconcile({
      ec2: sdkEc2(untilAborted(ec2, end)),
      eks: sdkEks(untilAborted(eks, end)),
      config,
      clock: systemClock,
      reporter: lambdaReporter(config, untilAborted(events, end)),
      history,
      memory,
      approved: approvedChanges(event),
      deadline: Date.now() + remaining - RESERVED_FOR_CHANGES,
    });
    return {
      decisions: steps.length,
      changes: steps.filter(({ result }) => result?.status === "done").length,
    };
  } catch (error) {
    if (error instanceof AutoscalerError && !process.env.DEBUG) delete error.stack;
    throw error;
  }
}

function approvedChanges(event: Invocation | undefined): readonly string[] {
  const { approve } = event ?? {};
  if (approve === undefined) return [];
  if (Array.isArray(approve) && approve.every((id) => typeof id === "string")) return approve;
  throw new AutoscalerError(
    "invocation",
    'approve is not a list of change ids; use { "approve": ["create 100.64.64.0/22 eu-central-1a full"] }',
  );
}
