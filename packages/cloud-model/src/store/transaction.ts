import { type Index, type Sum } from "./index-of-kind";
import { type Kind } from "./kind";
import { identifier } from "./identifier";

/** A document written or, with null, removed. */
export interface Write {
  readonly kind: string;
  readonly id: string;
  readonly document: object | null;
}

/** The documents before a transaction. */
export interface Documents {
  /** By kind and id. */
  readonly documents: ReadonlyMap<string, ReadonlyMap<string, object>>;
  idsWith<T extends object>(index: Index<T>, key: string): Iterable<string>;
  sumOf<T extends object, S>(sum: Sum<T, S>, key: string): S;
}

/**
 * An atomic change to the cloud. Documents are values: put a new one instead of modifying one that was read.
 * A transaction may run twice (when another process commits first), so it must have no other side effects.
 */
export class Transaction {
  private readonly written = new Map<string, Map<string, object | null>>();
  private identifiers = 0;

  /**
   * @param before the documents before the transaction
   * @param sequence number of this transaction when it commits
   * @param now the cloud's clock, in milliseconds since 1970
   */
  constructor(
    private readonly before: Documents,
    private readonly sequence: number,
    readonly now: number,
  ) {}

  /** The document, or undefined. */
  get<T extends object>(kind: Kind<T>, id: string): T | undefined {
    const written = this.written.get(kind.name);
    const document = written?.has(id) ? written.get(id) : this.before.documents.get(kind.name)?.get(id);
    return (document ?? undefined) as T | undefined;
  }

  /** Every document of a kind, in the order in which they were first put. */
  *all<T extends object>(kind: Kind<T>): IterableIterator<T> {
    const written = this.written.get(kind.name);
    const before = this.before.documents.get(kind.name);
    for (const [id, document] of before ?? []) {
      const current = written?.has(id) ? written.get(id) : document;
      if (current) yield current as T;
    }
    for (const [id, document] of written ?? []) if (document && !before?.has(id)) yield document as T;
  }

  /** The documents with a key of an index. */
  *with<T extends object>(index: Index<T>, key: string): IterableIterator<T> {
    const written = this.written.get(index.kind.name);
    const before = this.before.documents.get(index.kind.name);
    for (const id of this.before.idsWith(index, key)) if (!written?.has(id)) yield before!.get(id) as T;
    for (const document of written?.values() ?? [])
      if (document && index.keyOf(document as T) === key) yield document as T;
  }

  /** The sum of the documents with a key, to read only. */
  sum<T extends object, S>(sum: Sum<T, S>, key: string): S {
    const { kind, keyOf } = sum.index;
    const sumBefore = this.before.sumOf(sum, key);
    const before = this.before.documents.get(kind.name);
    const written = [...(this.written.get(kind.name) ?? [])];
    let result = sumBefore;
    // What changed goes before anything comes: it may be the same, of another document.
    for (const [times, changed] of [
      [-1, written.map(([id]) => before?.get(id))],
      [1, written.map(([, document]) => document)],
    ] as const)
      for (const document of changed)
        if (document && keyOf(document as T) === key) {
          if (result === sumBefore) result = sum.copy(sumBefore);
          sum.add(result, document as T, times);
        }
    return result;
  }

  /** The names of all kinds that have or had documents. */
  get kinds(): readonly string[] {
    return [...new Set([...this.before.documents.keys(), ...this.written.keys()])];
  }

  /** The documents of a kind that satisfy a condition. */
  filter<T extends object>(kind: Kind<T>, condition: (document: T) => boolean): readonly T[] {
    const found: T[] = [];
    for (const document of this.all(kind)) if (condition(document)) found.push(document);
    return found;
  }

  /** The first document of a kind that satisfies a condition, or undefined. */
  find<T extends object>(kind: Kind<T>, condition: (document: T) => boolean): T | undefined {
    for (const document of this.all(kind)) if (condition(document)) return document;
    return undefined;
  }

  /** Creates or replaces a document. @returns the document */
  put<T extends object>(kind: Kind<T>, id: string, document: T): T {
    this.write(kind.name, id, document);
    return document;
  }

  /** Removes a document; does nothing when it does not exist. */
  remove<T extends object>(kind: Kind<T>, id: string): void {
    this.write(kind.name, id, null);
  }

  /**
   * A new identifier of hexadecimal digits that no other transaction gets, `hex(17)` as in `vpc-…`.
   *
   * @param digits 8 to 40
   */
  hex(digits: number): string {
    return identifier(`${this.sequence}/${this.identifiers++}`, digits);
  }

  /** All writes so far. */
  get writes(): readonly Write[] {
    return [...this.written].flatMap(([kind, documents]) =>
      [...documents].map(([id, document]) => ({ kind, id, document })),
    );
  }

  /** Applies writes. */
  overwrite(writes: readonly Write[]): void {
    for (const { kind, id, document } of writes) this.write(kind, id, document);
  }

  private write(kind: string, id: string, document: object | null): void {
    let documents = this.written.get(kind);
    if (!documents) this.written.set(kind, (documents = new Map()));
    documents.set(id, document);
  }
}
