import { ServiceError } from "../../service-error";
import { Kind } from "../../store/kind";
import { type Transaction } from "../../store/transaction";
import { type RequestContext } from "../../request-context";
import { unsupported } from "../calls/call-runner";
import { type JsonRequest, type JsonShape, readJson } from "../calls/json-request";

/** An event on a bus. */
export interface BusEvent {
  readonly id: string;
  readonly owner: string;
  readonly region: string;
  /** @default "default" */
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources: readonly string[];
  /** Milliseconds since 1970. */
  readonly time: number;
}

const kind = new Kind<BusEvent>("events/event");

/** All events, oldest first. */
export const eventsIn = (transaction: Transaction): readonly BusEvent[] => [...transaction.all(kind)];

/** The members of PutEvents that are modeled. */
const request = {
  Entries: [
    {
      Source: "string",
      DetailType: "string",
      Detail: "string",
      EventBusName: "string",
      Resources: ["string"],
      Time: "time",
    },
  ],
} as const satisfies JsonShape;

type Entry = JsonRequest<(typeof request)["Entries"][0]>;

/** EventBridge's limit for one PutEvents. */
const entriesPerCall = 10;

/**
 * Handles an EventBridge call.
 *
 * @param body the request, in JSON
 * @throws ServiceError `SerializationException` for JSON of another form, `UnsupportedOperation` for members that are
 * not modeled
 */
export function answerEvents(context: RequestContext, action: string, body: string): object {
  if (action !== "PutEvents") throw unsupported(`EventBridge's ${action}`);
  const { Entries: entries = [] } = readJson(body, request, "EventBridge's PutEvents");
  if (entries.length < 1 || entries.length > entriesPerCall)
    throw new ServiceError(
      "ValidationException",
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${entriesPerCall}, not ${entries.length}`,
    );
  const results = entries.map((entry) => put(context, entry));
  return { Entries: results, FailedEntryCount: results.filter((result) => "ErrorCode" in result).length };
}

function put({ transaction, caller }: RequestContext, entry: Entry): object {
  const missing = (["Source", "DetailType", "Detail"] as const).find((member) => !entry[member]);
  if (missing !== undefined)
    return {
      ErrorCode: "InvalidArgument",
      ErrorMessage: `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`,
    };
  const detail = parsed(entry.Detail!);
  if (detail === undefined) return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
  const id = eventId(transaction.hex(32));
  transaction.put(kind, id, {
    id,
    ...caller,
    bus: entry.EventBusName ?? "default",
    source: entry.Source!,
    detailType: entry.DetailType!,
    detail,
    resources: entry.Resources ?? [],
    time: entry.Time === undefined ? transaction.now : entry.Time * 1000,
  });
  return { EventId: id };
}

function parsed(json: string): object | undefined {
  try {
    const detail: unknown = JSON.parse(json);
    return typeof detail === "object" && detail !== null ? detail : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const eventId = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
