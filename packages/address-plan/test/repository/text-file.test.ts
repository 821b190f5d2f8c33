import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errorSentence, readJsonObject, readText, writeText, writeTexts } from "../../src/repository";

const folder = mkdtempSync(join(tmpdir(), "text-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, "file");

test.each<[string, Buffer]>([
  ["UTF-8", Buffer.from("pläne: 1\n")],
  ["UTF-8 with a byte order mark", Buffer.from("\uFEFFpläne: 1\n")],
])("reads %s", (_name, bytes) => {
  writeFileSync(path, bytes);
  expect(readText(path)).toBe("pläne: 1\n");
});

test.each<[string, Buffer, string]>([
  ["UTF-16", Buffer.from("\uFEFFa: 1", "utf16le"), "is UTF-16"],
  ["UTF-16 without a mark", Buffer.from("a: 1", "utf16le"), "is binary or UTF-16 without a mark"],
  ["Latin-1", Buffer.from("pläne", "latin1"), "is in another encoding, or binary"],
  ["zero bytes", Buffer.from("abc\0"), "is binary"],
])("refuses %s in one sentence with the path and a fix", (_name, bytes, problem) => {
  writeFileSync(path, bytes);
  expect(() => readText(path)).toThrow(`${path}: ${problem}`);
  expect(() => readText(path)).toThrow("save it as UTF-8, or restore it from version control");
});

test("refuses a folder, and what is not a JSON object", () => {
  expect(() => readText(folder)).toThrow(`${folder}: is a folder, and must be a file; move the folder away`);
  writeFileSync(path, '{"a":');
  expect(() => readJsonObject(path, "restore it")).toThrow(/file: not JSON \(.*\); restore it$/);
  writeFileSync(path, "[]");
  expect(() => readJsonObject(path, "restore it")).toThrow(`${path}: not a JSON object; restore it`);
});

test("replaces a file, or leaves it and nothing else", () => {
  writeText(path, "new");
  expect(readFileSync(path, "utf8")).toBe("new");
  const taken = join(folder, "taken");
  mkdirSync(taken);
  expect(() => writeText(taken, "new")).toThrow(`${taken}: is a folder, and must be a file`);
  expect(readdirSync(folder).sort()).toEqual(["file", "taken"]);
});

test("replaces all of several files, or none", () => {
  const [fresh, missing] = [join(folder, "fresh"), join(folder, "missing/file")];
  const before = readdirSync(folder);
  expect(() => writeTexts({ [fresh]: "1", [missing]: "2" })).toThrow(`${missing}: `);
  expect(readdirSync(folder)).toEqual(before);
  writeTexts({ [path]: "1", [fresh]: "2" });
  expect([path, fresh].map((file) => readFileSync(file, "utf8"))).toEqual(["1", "2"]);
});

test("knows what Node says of a folder that cannot be made on a read-only file system", () => {
  const error = Object.assign(new Error("raw"), { code: "ENOENT", syscall: "mkdir", path: "/x/out" });
  expect(errorSentence(error)).toMatch(
    /^\/x\/out: the folder cannot be created: its file system is read-only/,
  );
});

test("says which file of a copy has no space", () => {
  const error = Object.assign(new Error("raw"), { code: "ENOSPC", path: "/x/from", dest: "/y/to" });
  expect(errorSentence(error)).toMatch(/^\/y\/to: no space is left on its disk/);
});

test.each([
  ["ENOSPC", "/x/lock: no space is left on its disk; free some, and run this again (ENOSPC)"],
  ["EROFS", "/x/lock: the file system is read-only; use a copy on one that can be written (EROFS)"],
  ["EACCES", "/x/lock: permission denied; give this user access to it (EACCES)"],
  ["EUNKNOWN", "raw"],
])("says what %s means", (code, sentence) => {
  expect(errorSentence(Object.assign(new Error("raw"), { code, path: "/x/lock" }))).toBe(sentence);
});
