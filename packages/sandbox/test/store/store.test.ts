import fc from "fast-check";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journal } from "../../src/store/journal";
import { Kind } from "../../src/store/kind";
import { Store } from "../../src/store/store";

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

  it("serialises the transactions of all who share its journal", () => {
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
    for (const damaged of [`{"version":1,"wri`, `{"version":99,"writes":[]}`, "null"]) {
      writeFileSync(path, damaged);
      expect(() => countOf(new Store({ journal: new Journal(folder) }))).toThrow(
        `${path} is damaged or was written by another version of the sandbox; remove its folder`,
      );
    }
  });
});
