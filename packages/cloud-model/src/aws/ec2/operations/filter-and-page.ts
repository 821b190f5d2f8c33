import { type Filter } from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { invalidCombination, invalidValue } from "../documents/refusals";
import { tagValues } from "../documents/tags";
import { documentedFilters } from "./documented-filters";

/** The value that a filter compares; of a list, any element may match. */
type Compared = string | number | boolean | readonly (string | undefined)[] | undefined;

/** How the documents of a kind are listed. */
export interface Listing<T> {
  /** The action, to tell filters that EC2 documents from ones that do not exist. */
  readonly action: string;
  readonly idOf: (document: T) => string;
  /** The filters by name. Every kind has `tag:…`, `tag-key` and `tag-value` too. */
  readonly filters: Readonly<Record<string, (document: T) => Compared>>;
  /** The error for a requested id that does not exist. */
  readonly missing: (id: string) => Error;
  /** Bounds of `MaxResults`. @default [5, 1000] */
  readonly pages?: readonly [fewest: number, most: number];
  /** Whether ids and `MaxResults` exclude each other. @default false */
  readonly idsOrPage?: boolean;
}

/** The filters and the page of a Describe request. */
export interface ListRequest {
  readonly Filters?: readonly Filter[] | undefined;
  /** @default all results in one page */
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** One page of documents, sorted by id. */
export interface Page<T> {
  readonly documents: readonly T[];
  /** Token of the next page; undefined on the last. */
  readonly NextToken: string | undefined;
}

/**
 * Filters documents and returns a page of them. A token names the last id of its page, so a document that exists
 * throughout is listed exactly once, whatever is created or deleted between the pages.
 *
 * @param ids documents to list @default all
 * @throws ServiceError for an id or a filter that does not exist, and for an invalid token or page size
 */
export function filterAndPage<T>(
  context: RequestContext,
  documents: readonly T[],
  listing: Listing<T>,
  request: ListRequest,
  ids?: readonly string[],
): Page<T> {
  const { MaxResults } = request;
  if (listing.idsOrPage && MaxResults !== undefined && (ids?.length ?? 0) > 0)
    throw invalidCombination("The parameter MaxResults cannot be specified together with ids.");
  checkPageSize(MaxResults, listing.pages ?? [5, 1000]);
  const after = startOf(request.NextToken);
  const matches = conditionOf(context, listing, request.Filters ?? []);
  const found = chosen(documents, listing, ids)
    .filter(([id, document]) => id > after && matches(document))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const page = MaxResults === undefined ? found : found.slice(0, MaxResults);
  const last = page.at(-1)?.[0];
  return {
    documents: page.map(([, document]) => document),
    NextToken: page.length < found.length && last !== undefined ? tokenOf(last) : undefined,
  };
}

type Identified<T> = readonly [id: string, document: T];

function chosen<T>(
  documents: readonly T[],
  { idOf, missing }: Listing<T>,
  ids: readonly string[] = [],
): readonly Identified<T>[] {
  const all = documents.map((document) => [idOf(document), document] as const);
  if (ids.length === 0) return all;
  const byId = new Map(all);
  return [...new Set(ids)].map((id) => {
    const document = byId.get(id);
    if (document === undefined) throw missing(id);
    return [id, document] as const;
  });
}

function conditionOf<T>(
  { transaction }: RequestContext,
  { action, idOf, filters }: Listing<T>,
  wanted: readonly Filter[],
): (document: T) => boolean {
  const conditions = wanted.map(({ Name = "", Values = [] }) => {
    const pattern = patternOf(Values);
    const tags = (document: T) => tagValues(transaction, idOf(document));
    const compared = ((): ((document: T) => Compared) => {
      if (Name.startsWith("tag:")) return (document) => tags(document)[Name.slice(4)];
      if (Name === "tag-key") return (document) => Object.keys(tags(document));
      if (Name === "tag-value") return (document) => Object.values(tags(document));
      const filter = Object.hasOwn(filters, Name) ? filters[Name] : undefined;
      if (!filter) throw noFilter(action, Name);
      return filter;
    })();
    return (document: T): boolean => {
      const value = compared(document);
      const values = Array.isArray(value) ? (value as readonly (string | undefined)[]) : [value as Compared];
      return values.some((one) => one !== undefined && pattern.test(String(one)));
    };
  });
  return (document) => conditions.every((condition) => condition(document));
}

/** @returns the error for a filter that EC2 has and the model does not, or that does not exist */
const noFilter = (action: string, name: string): ServiceError =>
  documentedFilters[action]?.includes(name)
    ? new ServiceError("UnsupportedOperation", `The sandbox does not model the filter ${name} of ${action}.`)
    : invalidValue(`The filter '${name}' is invalid`);

/** `*` matches any text and `?` any character, unless escaped by a backslash. */
function patternOf(values: readonly string[]): RegExp {
  const alternatives = values.map((value) =>
    value.replace(/\\([*?\\])|[\\^$.*+?()[\]{}|]/g, (special, escaped?: string) => {
      if (escaped !== undefined) return `\\${escaped}`;
      if (special === "*") return ".*";
      return special === "?" ? "." : `\\${special}`;
    }),
  );
  return new RegExp(`^(?:${alternatives.join("|")})$`, "s");
}

function checkPageSize(size: number | undefined, [fewest, most]: readonly [number, number]): void {
  if (size === undefined) return;
  const refuse = (bound: string): never => {
    throw invalidValue(`Value ( ${size} ) for parameter maxResults is invalid. Expecting a value ${bound}.`);
  };
  if (size < fewest) refuse(`greater than or equal to ${fewest}`);
  if (size > most) refuse(`less than or equal to ${most}`);
}

const tokenOf = (id: string): string => Buffer.from(id).toString("base64url");

function startOf(token: string | undefined): string {
  if (token === undefined || token === "") return "";
  const id = Buffer.from(token, "base64url").toString();
  if (tokenOf(id) !== token) throw invalidValue(`Value ( ${token} ) for parameter nextToken is invalid.`);
  return id;
}
