import { transformFileSync } from "@swc/core";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Journal } from "../../src/store/journal";
import { Kind } from "../../src/store/kind";
import { Store } from "../../src/store/store";

const sources = join(__dirname, "../../src/store");
const writers = new Kind<{ readonly count: number }>("test/writer");
const totals = new Kind<{ readonly count: number }>("test/total");

// Each transaction counts twice; a half would show.
const program = `
const { Journal } = require("./journal"), { Store } = require("./store"), { Kind } = require("./kind");
const [folder, name] = process.argv.slice(2);
const store = new Store({ journal: new Journal(folder) });
process.send("ready");
for (;;) store.transact((transaction) => {
  for (const [kind, id] of [["test/writer", name], ["test/total", "all"]]) {
    const { count } = transaction.get(new Kind(kind), id) ?? { count: 0 };
    transaction.put(new Kind(kind), id, { count: count + 1 });
  }
});`;

describe("a journal of processes that are killed", () => {
  let folder: string;
  let journal: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "journal-"));
    journal = join(folder, "state");
    for (const name of readdirSync(sources)) {
      const { code } = transformFileSync(join(sources, name), {
        swcrc: false,
        jsc: { parser: { syntax: "typescript" }, target: "es2022" },
        module: { type: "commonjs" },
      });
      writeFileSync(join(folder, name.replace(/\.ts$/, ".js")), code);
    }
    writeFileSync(join(folder, "writer.js"), program);
    mkdirSync(journal);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function writer(name: string): Promise<ChildProcess> {
    const child = spawn(process.execPath, [join(folder, "writer.js"), journal, name], {
      // The copies in the folder need the packages of this repository.
      env: { ...process.env, NODE_PATH: join(__dirname, "../../../../node_modules") },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    await once(child, "message");
    return child;
  }

  it("holds whole transactions only, each once", async () => {
    for (let round = 0; round < 4; round++) {
      const children = await Promise.all([writer("a"), writer("b")]);
      await pause(20 + Math.random() * 60);
      const ended = children.map((child) => once(child, "exit"));
      for (const child of children) child.kill("SIGKILL");
      await Promise.all(ended);
      const store = new Store({ journal: new Journal(journal) });
      const count = (kind: Kind<{ count: number }>) =>
        store.view((look) => [...look.all(kind)].reduce((sum, document) => sum + document.count, 0));
      expect(count(totals)).toBeGreaterThan(0);
      expect(count(writers)).toBe(count(totals));
    }
    new Journal(journal).tidy();
    expect(readdirSync(journal).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  }, 30_000);
});

describe("a damaged journal", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "journal-damaged-"));
    const journal = new Journal(folder);
    for (const sequence of [1, 2, 3]) journal.append(sequence, [{ kind: "k", id: "i", document: null }]);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const entry = () => join(folder, "00000002.json");
  const read = () => {
    const journal = new Journal(folder);
    journal.tidy();
    return [...journal.after(0)];
  };

  it.each<[string, () => void, string]>([
    [
      "cut",
      () => writeFileSync(entry(), '{"version":2,"wri'),
      "is damaged or was written by another version",
    ],
    ["empty", () => writeFileSync(entry(), ""), "is damaged or was written by another version"],
    ["without writes", () => writeFileSync(entry(), '{"version":2}'), "is damaged or was written by another"],
    ["with junk for writes", () => writeFileSync(entry(), '{"version":2,"writes":[1]}'), "is damaged or was"],
    ["missing", () => rmSync(entry()), "is missing; remove its folder"],
    ["a folder", () => (rmSync(entry()), mkdirSync(entry())), "is a folder, and must be a file"],
  ])("names an entry that is %s", (_name, damage, problem) => {
    damage();
    expect(read).toThrow(`${entry()}${problem.startsWith("is a folder") ? ":" : ""} ${problem}`);
  });

  it("does not wait for ever for a number that a broken link has taken", () => {
    symlinkSync(join(folder, "nowhere"), join(folder, "00000004.json"));
    expect(() => new Journal(folder).append(4, [])).toThrow("00000004.json: exists already; move it away");
    expect(readdirSync(folder)).toHaveLength(4);
  });

  it("names a file in the place of the folder", () => {
    expect(() => new Journal(join(folder, "00000001.json")).tidy()).toThrow(
      "00000001.json: has a file where a folder must be; move the file away",
    );
  });
});
