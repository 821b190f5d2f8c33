import { EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";

import { systemClock } from "./cloud/clock";
import { sdkEc2 } from "./cloud/sdk-ec2";
import { sdkEks } from "./cloud/sdk-eks";
import { CONFIG_VARIABLE } from "./config/config";
import { parseConfig } from "./config/config-schema";
import { AutoscalerError } from "./errors/autoscaler-error";
import { History } from "./observe/history";
import { reconcile } from "./reconcile";
import { lambdaReporter } from "./report/lambda-reporter";

/** Time reserved at the end of an invocation, so that a run finishes instead of being killed. */
const RESERVED_MILLISECONDS = 15_000;

/** Payload of an invocation; the schedule's has no `approve`. */
export interface Invocation {
  /** Ids of the changes to make in mode `approve`. */
  readonly approve?: readonly string[];
}

/** The part of the Lambda context that the function uses. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number;
}

const history = new History();

/**
 * The Lambda handler: one run. The clients take credentials and endpoints from the environment.
 *
 * @returns the number of decisions, and of changes made
 * @throws AutoscalerError as one sentence: the invocation fails, which raises the `failures` alarm
 */
export async function handler(event: Invocation | undefined, context: InvocationContext) {
  try {
    const config = { writer: functionName(process.env), ...parseConfig(process.env[CONFIG_VARIABLE]) };
    const client = { region: config.region, maxAttempts: 5 };
    const { steps } = await reconcile({
      ec2: sdkEc2(new EC2Client(client)),
      eks: sdkEks(new EKSClient(client)),
      config,
      clock: systemClock,
      reporter: lambdaReporter(config),
      history,
      approved: approvedChanges(event),
      deadline: Date.now() + context.getRemainingTimeInMillis() - RESERVED_MILLISECONDS,
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

/** What tells this function from every other: Lambda sets both variables. */
function functionName({ AWS_REGION, AWS_LAMBDA_FUNCTION_NAME }: NodeJS.ProcessEnv): string | undefined {
  return AWS_LAMBDA_FUNCTION_NAME && `${AWS_REGION}/${AWS_LAMBDA_FUNCTION_NAME}`;
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
