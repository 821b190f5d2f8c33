import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { archiveFault, type ArchiveRecord, sourcesDigest } from "../../src/construct/lambda-archive";
import { autoscaler, only } from "./fixture";

const built = join(__dirname, "../../dist/lambda");
const NAME = "the function code, dist/lambda of @cluster-ipam/subnet-autoscaler,";
const FIX = "run npm run build, or install the package again";

let folder: string;
const file = (name: string) => join(folder, `subnet-autoscaler.${name}`);
const record = () => JSON.parse(readFileSync(file("json"), "utf8")) as ArchiveRecord;
const edit = (change: object) => writeFileSync(file("json"), JSON.stringify({ ...record(), ...change }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "autoscaler-archive-"));
  cpSync(built, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

test("the plan pins the hash of the whole archive, which holds the bundle that was built and nothing else", () => {
  const archive = readFileSync(file("zip"));
  const sha256 = createHash("sha256").update(archive).digest("base64");

  expect(archiveFault(folder)).toBeUndefined();
  expect(only(autoscaler(), "aws_lambda_function")["source_code_hash"]).toBe(sha256);
  const contents = unzipSync(archive);
  expect(Object.keys(contents)).toEqual(["index.mjs"]);
  expect(Buffer.from(contents["index.mjs"]!).equals(readFileSync(join(folder, "index.mjs")))).toBe(true);
});

test.each(["zip", "json"])("without its %s the archive is not built", (name) => {
  rmSync(file(name));
  expect(archiveFault(folder)).toBe(`${NAME} is not built; ${FIX}`);
});

test("an archive with a single other byte is damaged", () => {
  const archive = readFileSync(file("zip"));
  archive[archive.length >> 1]! ^= 1;
  writeFileSync(file("zip"), archive);
  expect(archiveFault(folder)).toMatch(
    /is damaged: subnet-autoscaler\.zip has SHA-256 \S{44}, but the build recorded \S{44}; run npm run build, or install/,
  );
});

test.each(["", "{}", "[1]", '{"sha256":"x"}'])("a record that reads %j is damaged", (text) => {
  writeFileSync(file("json"), text);
  expect(archiveFault(folder)).toBe(
    `${NAME} is damaged: subnet-autoscaler.json is not what the build writes; ${FIX}`,
  );
});

test("the archive is older than its sources when one of them, in any package, is edited or gone", () => {
  const { sources } = record();
  expect(new Set(sources.map((source) => source.split("/")[0]))).toEqual(
    new Set(["address-plan", "subnet-autoscaler"]),
  );
  edit({ sourcesSha256: sourcesDigest(sources.slice(1)) });
  expect(archiveFault(folder)).toBe(`${NAME} is older than its sources; ${FIX}`);
  edit({ sourcesSha256: sourcesDigest(sources), sources: [...sources, "address-plan/src/gone.ts"] });
  expect(archiveFault(folder)).toBe(`${NAME} is older than its sources; ${FIX}`);
});
