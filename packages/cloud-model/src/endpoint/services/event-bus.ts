import { ServiceError } from "../../service-error";
import { Kind } from "../../store/kind";
import { type Transaction } from "../../store/transaction";
import { type RequestContext } from "../../request-context";
import { unsupported } from "../calls/call-runner";
import { checkedMembers, parsedJson } from "./json-input";

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

interface Entry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
  readonly Resources?: readonly string[];
  readonly Time?: number;
}

/** EventBridge's limit for one PutEvents. */
const entriesPerCall = 10;

const actions: { readonly [action: string]: (context: RequestContext, input: object) => object } = {
  PutEvents,
};

/** Handles an EventBridge call. @throws ServiceError */
export function answerEvents(context: RequestContext, action: string, input: object): object {
  if (!Object.hasOwn(actions, action)) throw unsupported(`EventBridge's ${action}`);
  return actions[action]!(context, input);
}

/** The members of an entry. A global endpoint (`EndpointId`) and a trace header are not modeled. */
const entryMembers = {
  Source: "string",
  DetailType: "string",
  Detail: "string",
  EventBusName: "string",
  Resources: "string[]",
  Time: "time",
} as const;

function PutEvents(context: RequestContext, input: object): object {
  const { Entries = [] } = checkedMembers<{ Entries?: readonly object[] }>(input, { Entries: "object[]" });
  const entries = Entries.map((entry, index) =>
    checkedMembers<Entry>(entry, entryMembers, `Entries[${index}]`),
  );
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
  const detail = parsedJson(entry.Detail!);
  if (typeof detail !== "object" || detail === null)
    return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
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

const eventId = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
