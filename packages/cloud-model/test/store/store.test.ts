import fc from "fast-check";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Index, Sum } from "../../src/store/index-of-kind";
import { Journal } from "../../src/store/journal";
import { Kind } from "../../src/store/kind";
import { Store } from "../../src/store/store";
import { type Transaction } from "../../src/store/transaction";

const counters = new Kind<{ readonly count: number }>("test/counter");
const marks = new Kind<{ readonly by: number }>("test/mark");

const countOf = (store: Store): number => store.view((look) => look.get(counters, "all")?.count ?? 0);

/** One more; what `meanwhile` does happens between its reading and its writing, the first time. */
function increment(store: Store, by: number, meanwhile?: () => void): void {
  let first = true;
  store.transact((transaction) => {
    const count = transaction.get(counters, "all")?.count ?? 0;
    if (first) meanwhile?.();
    first = false;
    transaction.put(counters, "all", { count: count + 1 });
    transaction.put(marks, transaction.hex(17), { by });
  });
}

describe("a store", () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "store-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("serializes the transactions of all who share its journal", () => {
    const steps = fc.array(fc.record({ who: fc.nat(2), meanwhile: fc.option(fc.nat(2)) }), { maxLength: 12 });
    fc.assert(
      fc.property(steps, (sequence) => {
        const shared = mkdtempSync(join(folder, "run-"));
        const stores = [0, 1, 2].map(() => new Store({ journal: new Journal(shared) }));
        for (const { who, meanwhile } of sequence)
          increment(
            stores[who]!,
            who,
            meanwhile === null ? undefined : () => increment(stores[meanwhile]!, meanwhile),
          );
        const expected = sequence.reduce((sum, { meanwhile }) => sum + (meanwhile === null ? 1 : 2), 0);
        for (const store of [...stores, new Store({ journal: new Journal(shared) })]) {
          expect(countOf(store)).toBe(expected);
          expect(store.view((look) => [...look.all(marks)]).length).toBe(expected);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("keeps nothing of a transaction that throws", () => {
    const store = new Store({ journal: new Journal(folder) });
    const failing = () =>
      store.transact((transaction) => {
        transaction.put(counters, "all", { count: 1 });
        throw new Error("refused");
      });
    expect(failing).toThrow("refused");
    expect(countOf(store)).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("sees what stood some transactions ago", () => {
    const store = new Store();
    for (let i = 0; i < 3; i++) increment(store, 0);
    const behind = (transactions: number) =>
      store.viewBehind(transactions, (look) => look.get(counters, "all")?.count);
    expect([behind(0), behind(1), behind(3), behind(64)]).toEqual([3, 2, undefined, undefined]);
    expect(countOf(store)).toBe(3);
  });

  it("says in one sentence which entry is damaged", () => {
    increment(new Store({ journal: new Journal(folder) }), 0);
    const path = join(folder, readdirSync(folder)[0]!);
    for (const damaged of [
      `{"version":2,"wri`,
      `{"version":1,"writes":[]}`,
      `{"version":99,"writes":[]}`,
      "null",
    ]) {
      writeFileSync(path, damaged);
      expect(() => countOf(new Store({ journal: new Journal(folder) }))).toThrow(
        `${path} is damaged or was written by another version of the sandbox; remove its folder`,
      );
    }
  });
});

describe("an index", () => {
  const byAuthor = new Index(marks, ({ by }) => (by === 0 ? undefined : String(by)));
  const step = fc.record({ id: fc.nat(5), by: fc.option(fc.nat(2)) });

  it("finds what a look at every document finds, in every transaction and in the past", () => {
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 4 }), { maxLength: 8 }), fc.nat(9), (all, behind) => {
        const store = new Store();
        const agree = (look: Transaction): void => {
          for (const key of ["1", "2"]) {
            const found = [...look.with(byAuthor, key)];
            const wanted = look.filter(marks, ({ by }) => String(by) === key);
            expect(new Set(found)).toEqual(new Set(wanted));
            expect(found.length).toBe(wanted.length);
          }
        };
        for (const steps of all)
          store.transact((transaction) => {
            for (const { id, by } of steps)
              if (by === null) transaction.remove(marks, String(id));
              else transaction.put(marks, String(id), { by });
            agree(transaction);
          });
        store.viewBehind(behind, agree);
      }),
    );
  });
});

describe("a sum over an index", () => {
  interface Thing {
    readonly group: string;
    readonly size: number;
  }
  const things = new Kind<Thing>("test/summed");
  const total = new Sum<Thing, { size: number }>(
    new Index(things, ({ group }) => group),
    () => ({ size: 0 }),
    (sum, { size }, times) => {
      sum.size += times * size;
    },
    (sum) => ({ ...sum }),
  );

  it("follows every change, in its transaction, after it and in the past", () => {
    const store = new Store();
    const put = (id: string, group: string, size: number) =>
      store.transact((transaction) => transaction.put(things, id, { group, size }));
    const sizes = (look: Transaction) => ["a", "b"].map((group) => look.sum(total, group).size);
    put("1", "a", 1);
    expect(store.view(sizes)).toEqual([1, 0]);
    put("2", "a", 2);
    put("3", "b", 4);
    store.transact((transaction) => {
      transaction.put(things, "1", { group: "b", size: 8 });
      transaction.put(things, "4", { group: "b", size: 16 });
      transaction.remove(things, "3");
      expect(sizes(transaction)).toEqual([2, 24]);
    });
    expect(store.view(sizes)).toEqual([2, 24]);
    expect(store.viewBehind(1, sizes)).toEqual([3, 4]);
    const aborted = () =>
      store.transact((transaction) => {
        transaction.remove(things, "2");
        expect(sizes(transaction)).toEqual([0, 24]);
        throw new Error("aborted");
      });
    expect(aborted).toThrow("aborted");
    expect(store.view(sizes)).toEqual([2, 24]);
  });
});
