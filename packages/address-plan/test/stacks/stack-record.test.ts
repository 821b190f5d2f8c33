import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  parseStackRecord,
  readStackRecord,
  recordedApps,
  renderStackRecord,
  withoutStacks,
  writeStackRecord,
} from "../../src/stacks";
import { exampleRecord, recordedStack } from "./example-record";

const text = renderStackRecord(exampleRecord);
const idsOf = (record: string) => parseStackRecord(record).stacks.map(({ id }) => id);

test("a record has one line per stack, and is read as it was written", () => {
  expect(text.split("\n").filter((line) => line.includes(`"id": `))).toHaveLength(2);
  expect(text).toContain(
    `    { "id": "dev-search-network", "cluster": "dev-search", "kind": "network", "after": [],`,
  );
  expect(parseStackRecord(text)).toEqual(exampleRecord);
  const empty = { ...exampleRecord, backend: "local:.", variables: [], stacks: [] };
  expect(parseStackRecord(renderStackRecord(empty))).toEqual(empty);
});

describe("a merge conflict is the union of both sides", () => {
  const line = (id: string) =>
    renderStackRecord({ ...exampleRecord, stacks: [recordedStack(id)] }).split("\n")[8]!;
  const conflict = (ours: readonly string[], theirs: readonly string[], base?: readonly string[]) => {
    const lines = text.split("\n");
    const sides = [
      "<<<<<<< HEAD",
      ...ours,
      ...(base ? ["||||||| 1234567", ...base] : []),
      "=======",
      ...theirs,
      ">>>>>>> branch",
    ];
    return [...lines.slice(0, 8), ...sides, ...lines.slice(8)].join("\n");
  };

  test("with the commas that the sides leave behind", () => {
    const merged = conflict([line("dev-a"), line("dev-both")], [line("dev-b"), line("dev-both")]);
    expect(idsOf(merged).sort()).toEqual(["dev-a", "dev-b", "dev-both", "dev-search", "dev-search-network"]);
  });

  test("without the merge base, which is no side", () => {
    expect(idsOf(conflict([line("dev-a")], [], [line("dev-gone")]))).not.toContain("dev-gone");
  });

  test("in every part of the file", () => {
    const other = text.replaceAll("DEV_GOOGLE_PROJECT", "OTHER_PROJECT");
    const both = `<<<<<<< HEAD\n${text}=======\n${other}>>>>>>> branch\n`;
    expect(parseStackRecord(both)).toEqual({
      ...exampleRecord,
      variables: [...exampleRecord.variables, { name: "OTHER_PROJECT" }],
    });
  });
});

test.each([
  ["{", "stacks.lock.json: not JSON"],
  [text.replace('"version": 1', '"version": 2'), "stacks.lock.json: version 2 is not supported"],
  [
    text.replace('"kind": "network"', '"kind": "net"'),
    "stacks.lock.json: dev-search-network.kind: malformed",
  ],
  [
    text.replace('"id": "dev-search-network"', '"id": "dev-search"'),
    "stacks.lock.json: dev-search: listed twice",
  ],
  [text.replace("$DEV_BACKEND", "$PROD_BACKEND"), 'stacks.lock.json: backend: "$PROD_BACKEND" is neither'],
  [text.replace("$DEV_BACKEND", "/state"), 'stacks.lock.json: backend: "/state" is neither'],
])("rejects a damaged record: %#", (damaged, message) => {
  expect(() => parseStackRecord(damaged)).toThrow(message);
});

test("a stack leaves the record with the variables that only it used", () => {
  const own = { ...recordedStack("a").terraform, provider: { aws: [{ id: "$A" }] } };
  const record = {
    ...exampleRecord,
    variables: [{ name: "A" }, ...exampleRecord.variables],
    stacks: [...exampleRecord.stacks, recordedStack("a", { terraform: own })],
  };
  expect(withoutStacks(record, ["a"])).toEqual(exampleRecord);
});

describe("in a repository", () => {
  const root = mkdtempSync(join(tmpdir(), "stack-record-"));
  const app = join(root, "apps/dev");
  beforeAll(() => {
    for (const folder of [app, join(root, "apps/none"), join(root, "node_modules/x")])
      mkdirSync(folder, { recursive: true });
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test("the record is written only if it changes", () => {
    expect(readStackRecord(app)).toBeUndefined();
    expect(writeStackRecord(app, exampleRecord)).toBe(true);
    const { ino } = statSync(join(app, "stacks.lock.json"));
    expect(writeStackRecord(app, exampleRecord)).toBe(false);
    expect(statSync(join(app, "stacks.lock.json")).ino).toBe(ino);
    expect(readFileSync(join(app, "stacks.lock.json"), "utf8")).toBe(text);
  });

  test("the apps with a record are found", () => {
    writeStackRecord(app, exampleRecord);
    writeFileSync(join(root, "node_modules/x/stacks.lock.json"), "{");
    expect(recordedApps(root)).toEqual([{ app: "dev", folder: app, record: exampleRecord }]);
  });
});
