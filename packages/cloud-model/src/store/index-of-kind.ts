import { type Kind } from "./kind";

/** An index over the documents of a kind, maintained by the store. */
export class Index<T extends object> {
  /** @param keyOf key of a document; undefined leaves the document out of the index */
  constructor(
    readonly kind: Kind<T>,
    readonly keyOf: (document: T) => string | undefined,
  ) {}
}

/**
 * What the documents with a key of an index add up to, maintained by the store: a read costs what a transaction changed, not
 * what there is.
 */
export class Sum<T extends object, S> {
  /**
   * @param empty the sum of no documents with a key
   * @param add adds a document to a sum in place, or with -1 takes it out again
   * @param copy a sum that can be changed
   */
  constructor(
    readonly index: Index<T>,
    readonly empty: (key: string) => S,
    readonly add: (sum: S, document: T, times: 1 | -1) => void,
    readonly copy: (sum: S) => S,
  ) {}
}

/** The ids in an index, for the current documents of a store. */
export class IndexedIds {
  private readonly ids = new Map<string, Set<string>>();

  constructor(
    /** Name of the kind. */
    readonly kind: string,
    private readonly keyOf: (document: object) => string | undefined,
  ) {}

  /** The ids of the documents with that key. */
  with(key: string): Iterable<string> {
    return this.ids.get(key) ?? [];
  }

  /** Records that a document was created, changed or, with null, removed. */
  replace(id: string, before: object | null, after: object | null): void {
    const [from, to] = [before && this.keyOf(before), after && this.keyOf(after)];
    if (from === to) return;
    if (typeof from === "string") this.ids.get(from)?.delete(id);
    if (typeof to !== "string") return;
    const ids = this.ids.get(to);
    if (ids) ids.add(id);
    else this.ids.set(to, new Set([id]));
  }
}
