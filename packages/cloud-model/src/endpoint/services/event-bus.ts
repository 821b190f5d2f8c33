import { ServiceError } from "../../service-error";
import { Kind } from "../../store/kind";
import { type Transaction } from "../../store/transaction";
import { type RequestContext } from "../../request-context";
import { unsupported } from "../calls/call-runner";

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

/** The members of an entry that are modeled, with their types. */
const entryMembers = {
  Source: isString,
  DetailType: isString,
  Detail: isString,
  EventBusName: isString,
  Resources: (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isString),
  /** Seconds since 1970. */
  Time: (value: unknown): value is number => typeof value === "number" && Number.isFinite(value),
};

type Entry = {
  readonly [member in keyof typeof entryMembers]?: (typeof entryMembers)[member] extends (
    value: unknown,
  ) => value is infer Type
    ? Type
    : never;
};

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
  const entries = entriesIn(structureIn(body));
  const results = entries.map((entry) => put(context, entry));
  return { Entries: results, FailedEntryCount: results.filter((result) => "ErrorCode" in result).length };
}

function entriesIn({ Entries: entries, ...others }: Readonly<Record<string, unknown>>): readonly Entry[] {
  const [other] = Object.keys(others);
  if (other !== undefined) throw unsupported(`the parameter ${other} of EventBridge's PutEvents`);
  if (entries !== undefined && !Array.isArray(entries)) throw malformed("Entries is not a list");
  const count = entries?.length ?? 0;
  if (count < 1 || count > entriesPerCall)
    throw new ServiceError(
      "ValidationException",
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${entriesPerCall}, not ${count}`,
    );
  return (entries as readonly unknown[]).map(entryIn);
}

function entryIn(value: unknown, index: number): Entry {
  if (!isStructure(value)) throw malformed(`Entries[${index}] is not a structure`);
  for (const [member, given] of Object.entries(value)) {
    const path = `Entries[${index}].${member}`;
    if (!Object.hasOwn(entryMembers, member))
      throw unsupported(`the parameter ${path} of EventBridge's PutEvents`);
    if (!entryMembers[member as keyof Entry](given)) throw malformed(`${path} is not of its type`);
  }
  return value;
}

function structureIn(body: string): Readonly<Record<string, unknown>> {
  const value = parsed(body);
  if (!isStructure(value)) throw malformed("the request is not a JSON structure");
  return value;
}

const isStructure = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function isString(value: unknown): value is string {
  return typeof value === "string";
}

const malformed = (reason: string): ServiceError => new ServiceError("SerializationException", reason);

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
