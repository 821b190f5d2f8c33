import { type Kind } from "./kind";

/** Finds the documents of a kind by something that they hold: declared once, kept up to date by the store. */
export class Index<T extends object> {
  /** @param keyOf what documents are found by; undefined for one that is not found */
  constructor(
    readonly kind: Kind<T>,
    readonly keyOf: (document: T) => string | undefined,
  ) {}
}

/** The ids that an index finds, as a store's documents stand. */
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

  /** A document comes, changes or, as null, goes. */
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
