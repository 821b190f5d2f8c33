import { type EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";

import { callAws } from "../cloud/aws-call";
import { type AutoscalerConfig } from "../config/config";
import { ApiError } from "../errors/api-error";
import { type ChangeEvent, EVENT_SOURCE, type Reporter } from "./reporter";

/** Writes one structured line to the function's log. */
export function logToStdout(line: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Reports to the function's log and to the configured event bus. */
export function lambdaReporter({ eventBusName }: AutoscalerConfig, client: EventBridgeClient): Reporter {
  return {
    log: logToStdout,
    publish: async (event) => {
      if (eventBusName !== undefined) await putEvent(client, eventBusName, event);
    },
  };
}

async function putEvent(
  client: EventBridgeClient,
  eventBusName: string,
  { detailType, detail }: ChangeEvent,
): Promise<void> {
  const response = await callAws("events:PutEvents", () =>
    client.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: eventBusName,
            Source: EVENT_SOURCE,
            DetailType: detailType,
            Detail: JSON.stringify(detail),
          },
        ],
      }),
    ),
  );
  const failed = response.Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
  if (failed) throw new ApiError("events:PutEvents", failed.ErrorCode!, failed.ErrorMessage ?? eventBusName);
}
