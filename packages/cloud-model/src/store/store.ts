import { type Index, IndexedIds, type Sum } from "./index-of-kind";
import { type Journal } from "./journal";
import { type Documents, Transaction, type Write } from "./transaction";

/** Number of past transactions a stale view can reach. */
const MAX_STALENESS = 64;

export interface StoreProps {
  /** Where transactions are written. @default in memory only */
  readonly journal?: Journal | undefined;
  /** The cloud's clock, in milliseconds since 1970. @default the machine's */
  readonly now?: () => number;
}

/**
 * The documents of the modeled cloud. With a journal, several processes share them: each transaction sees
 * everything committed before it by any process, and a killed process leaves a transaction either complete
 * or absent.
 */
export class Store implements Documents {
  readonly documents = new Map<string, Map<string, object>>();
  private readonly indexes = new Map<object, IndexedIds>();
  private readonly sums = new Map<object, Map<string, unknown>>();
  /** The documents that recent transactions overwrote, newest last. */
  private readonly undo: (readonly Write[])[] = [];
  private readonly journal: Journal | undefined;
  private readonly now: () => number;
  private sequence = 0;

  constructor({ journal, now = Date.now }: StoreProps = {}) {
    this.journal = journal;
    this.now = now;
  }

  /**
   * Runs a change and commits its writes; a change that throws commits nothing. The change is synchronous and
   * may run more than once.
   */
  transact<T>(change: (transaction: Transaction) => T): T {
    for (;;) {
      this.catchUp();
      const sequence = this.sequence + 1;
      const transaction = new Transaction(this, sequence, this.now());
      const result = change(transaction);
      const { writes } = transaction;
      if (writes.length === 0) return result;
      // The change itself may have committed another transaction.
      if (sequence !== this.sequence + 1) continue;
      if (this.journal && !this.journal.append(sequence, writes)) continue;
      this.apply(writes);
      return result;
    }
  }

  /** Reads the documents; writes in `look` are discarded. */
  view<T>(look: (transaction: Transaction) => T): T {
    this.catchUp();
    return look(new Transaction(this, this.sequence + 1, this.now()));
  }

  /**
   * Reads the documents as of some transactions ago, as an eventually consistent service would.
   *
   * @param transactions 0 to 64; capped at the beginning
   */
  viewBehind<T>(transactions: number, look: (transaction: Transaction) => T): T {
    this.catchUp();
    const behind = transactions > 0 ? this.undo.slice(-transactions) : [];
    const past = new Transaction(this, this.sequence + 1, this.now());
    for (const writes of behind.reverse()) past.overwrite(writes);
    return look(past);
  }

  /** The ids of the documents with a key; builds the index on first use. */
  idsWith<T extends object>(index: Index<T>, key: string): Iterable<string> {
    let ids = this.indexes.get(index);
    if (!ids) {
      ids = new IndexedIds(index.kind.name, index.keyOf as (document: object) => string | undefined);
      for (const [id, document] of this.documents.get(index.kind.name) ?? []) ids.replace(id, null, document);
      this.indexes.set(index, ids);
    }
    return ids.with(key);
  }

  /** The sum of the documents with a key, which must not be changed; computed on first use. */
  sumOf<T extends object, S>(sum: Sum<T, S>, key: string): S {
    let byKey = this.sums.get(sum) as Map<string, S> | undefined;
    if (!byKey) this.sums.set(sum, (byKey = new Map<string, S>()));
    let found = byKey.get(key);
    if (found === undefined) {
      found = sum.empty(key);
      const documents = this.documents.get(sum.index.kind.name);
      for (const id of this.idsWith(sum.index, key)) sum.add(found, documents!.get(id) as T, 1);
      byKey.set(key, found);
    }
    return found;
  }

  private catchUp(): void {
    for (const writes of this.journal?.after(this.sequence) ?? []) this.apply(writes);
  }

  private apply(writes: readonly Write[]): void {
    this.sequence++;
    this.undo.push(writes.map(({ kind, id }) => ({ kind, id, document: this.documentOf(kind, id) })));
    if (this.undo.length > MAX_STALENESS) this.undo.shift();
    this.addToSums(writes, -1);
    for (const { kind, id, document } of writes) {
      for (const ids of this.indexes.values())
        if (ids.kind === kind) ids.replace(id, this.documentOf(kind, id), document);
      const documents = this.documentsOf(kind);
      if (document) documents.set(id, document);
      else documents.delete(id);
    }
    this.addToSums(writes, 1);
  }

  /** Keeps the sums that were asked for: takes out what changes, then adds what it changed to. */
  private addToSums(writes: readonly Write[], times: 1 | -1): void {
    for (const [sum, byKey] of this.sums as Map<Sum<object, unknown>, Map<string, unknown>>)
      for (const { kind, id } of writes) {
        const document = kind === sum.index.kind.name ? this.documentOf(kind, id) : null;
        const key = document && sum.index.keyOf(document);
        if (typeof key === "string" && byKey.has(key)) sum.add(byKey.get(key), document!, times);
      }
  }

  private documentsOf(kind: string): Map<string, object> {
    let documents = this.documents.get(kind);
    if (!documents) this.documents.set(kind, (documents = new Map()));
    return documents;
  }

  private documentOf = (kind: string, id: string): object | null => this.documents.get(kind)?.get(id) ?? null;
}
