/** The part of a List request that says which page to return. */
export interface NamesRequest {
  /** @default 100 */
  readonly maxResults?: number | undefined;
  /** The name that the last page ended with. */
  readonly nextToken?: string | undefined;
}

/** One page of names, sorted. A token is the name that a page ended with. */
export function pageOfNames(
  documents: readonly { readonly name: string }[],
  { maxResults = 100, nextToken = "" }: NamesRequest,
): { readonly names: string[]; readonly nextToken: string | undefined } {
  const rest = documents
    .map(({ name }) => name)
    .sort()
    .filter((name) => name > nextToken);
  const names = rest.slice(0, maxResults);
  return { names, nextToken: rest.length > names.length ? names.at(-1) : undefined };
}
