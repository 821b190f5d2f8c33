import { type Index, IndexedIds } from "./index-of-kind";
import { type Journal } from "./journal";
import { type Standing, Transaction, type Write } from "./transaction";

/** How many transactions a stale view can lie behind. */
const remembered = 64;

export interface StoreProps {
  /** Where transactions are kept. @default in memory, gone with the process */
  readonly journal?: Journal | undefined;
  /** The cloud's clock, in milliseconds since 1970. @default the machine's */
  readonly now?: () => number;
}

/**
 * What stands in the modelled cloud. With a journal, several processes share it: each transaction sees
 * all that committed before it, whoever made it, and a process that is killed leaves either the whole
 * of a transaction or nothing.
 */
export class Store implements Standing {
  readonly documents = new Map<string, Map<string, object>>();
  private readonly indexes = new Map<object, IndexedIds>();
  /** What the last transactions overwrote, newest last. */
  private readonly undo: (readonly Write[])[] = [];
  private readonly journal: Journal | undefined;
  private readonly now: () => number;
  private sequence = 0;

  constructor({ journal, now = Date.now }: StoreProps = {}) {
    this.journal = journal;
    this.now = now;
  }

  /**
   * Runs a change and keeps what it wrote; when it throws, nothing is kept. The change may run more
   * than once and is synchronous: nothing else happens in between.
   */
  transact<T>(change: (transaction: Transaction) => T): T {
    for (;;) {
      this.catchUp();
      const sequence = this.sequence + 1;
      const transaction = new Transaction(this, sequence, this.now());
      const result = change(transaction);
      const { writes } = transaction;
      if (writes.length === 0) return result;
      // The change itself may have had something else done here.
      if (sequence !== this.sequence + 1) continue;
      if (this.journal && !this.journal.append(sequence, writes)) continue;
      this.apply(writes);
      return result;
    }
  }

  /** Reads; what is written in `look` is dropped. */
  view<T>(look: (transaction: Transaction) => T): T {
    this.catchUp();
    return look(new Transaction(this, this.sequence + 1, this.now()));
  }

  /**
   * Reads what stood some transactions ago, as an eventually consistent service answers.
   *
   * @param transactions 0 to 64; more than there were means the beginning
   */
  viewBehind<T>(transactions: number, look: (transaction: Transaction) => T): T {
    this.catchUp();
    const behind = transactions > 0 ? this.undo.slice(-transactions) : [];
    const past = new Transaction(this, this.sequence + 1, this.now());
    for (const writes of behind.reverse()) past.overwrite(writes);
    return look(past);
  }

  /** The ids of the documents that an index finds; it is made when it is first asked. */
  idsWith<T extends object>(index: Index<T>, key: string): Iterable<string> {
    let ids = this.indexes.get(index);
    if (!ids) {
      ids = new IndexedIds(index.kind.name, index.keyOf as (document: object) => string | undefined);
      for (const [id, document] of this.documents.get(index.kind.name) ?? []) ids.replace(id, null, document);
      this.indexes.set(index, ids);
    }
    return ids.with(key);
  }

  private catchUp(): void {
    for (const writes of this.journal?.after(this.sequence) ?? []) this.apply(writes);
  }

  private apply(writes: readonly Write[]): void {
    this.sequence++;
    this.undo.push(writes.map(({ kind, id }) => ({ kind, id, document: this.documentOf(kind, id) })));
    if (this.undo.length > remembered) this.undo.shift();
    for (const { kind, id, document } of writes) {
      for (const ids of this.indexes.values())
        if (ids.kind === kind) ids.replace(id, this.documentOf(kind, id), document);
      const documents = this.documentsOf(kind);
      if (document) documents.set(id, document);
      else documents.delete(id);
    }
  }

  private documentsOf(kind: string): Map<string, object> {
    let documents = this.documents.get(kind);
    if (!documents) this.documents.set(kind, (documents = new Map()));
    return documents;
  }

  private documentOf = (kind: string, id: string): object | null => this.documents.get(kind)?.get(id) ?? null;
}
