import { execFile } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const bin = join(__dirname, "../../packages/address-plan/bin/addresses.js");

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(realpathSync(tmpdir()), "adopt-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const addresses = (...args: readonly string[]): Promise<Result> =>
  new Promise((resolve) =>
    execFile(process.execPath, [bin, ...args], { cwd: folder }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    ),
  );
const save = (name: string, text: string) => writeFileSync(join(folder, name), text);
const read = (name: string) => readFileSync(join(folder, name), "utf8");

test("a folder without a plan gets one, only with --write, and then agrees with it", async () => {
  save("networks.csv", "cidr,owner,cloud\n10.9.0.0/16,factory,on-premises\n");
  const shown = await addresses("adopt", "--from", "networks.csv");
  expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining("Nothing is written.") });
  expect(readdirSync(folder)).toEqual(["networks.csv"]);
  expect((await addresses("adopt", "--from", "networks.csv", "--write")).stdout).toContain("Wrote 2 files.");
  expect(read("addresses.yaml")).toContain('owner: "exists: factory"');
  expect((await addresses("--check")).code).toBe(0);
  expect((await addresses("adopt", "--from", "networks.csv", "--write")).stdout).toContain(
    "Nothing to change.",
  );
  expect(await addresses("reality", "--from", "networks.csv")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("The plan is true."),
  });
});

test("input that cannot be read is one sentence, and nothing is written", async () => {
  save("networks.csv", "cidr,owner\n10.9.0.0/16,factory\n");
  await addresses("adopt", "--from", "networks.csv", "--write");
  const before = [read("addresses.yaml"), read("addresses.lock.json")];
  save("networks.csv", "cidr,owner\n10.10.0.0/16,offices\n10.11.0.1/16,labs\n");
  const { code, stderr } = await addresses("adopt", "--from", "networks.csv", "--write");
  expect(code).toBe(1);
  expect(stderr.trim()).toMatch(/^networks\.csv: line 3: .*host bits are set; write 10\.11\.0\.0\/16$/);
  expect([read("addresses.yaml"), read("addresses.lock.json")]).toEqual(before);
});

test("a range that is gone from the list leaves, and one that somebody reserved by hand stays", async () => {
  save("networks.csv", "cidr,owner\n10.9.0.0/16,factory\n10.10.0.0/16,offices\n");
  await addresses("adopt", "--from", "networks.csv", "--write");
  const byHand = `  - { cidr: 10.77.0.0/16, owner: "Ada's lab" } # until 2027\n`;
  save("addresses.yaml", read("addresses.yaml").replace("reserved:\n", `reserved:\n${byHand}`));
  save("networks.csv", "cidr,owner\n10.10.0.0/16,offices\n");
  await addresses("adopt", "--from", "networks.csv", "--write");
  expect(read("addresses.yaml")).toContain(byHand);
  expect(read("addresses.yaml")).not.toContain("10.9.0.0/16");
});

test("an untrue plan ends with exit code 2, and Markdown cannot be broken by names", async () => {
  save("networks.csv", "cidr,owner\n10.9.0.0/16,factory\n");
  await addresses("adopt", "--from", "networks.csv", "--write");
  save("networks.csv", "cidr,owner\n10.9.0.0/16,factory\n10.99.0.0/16,<b>@team|x</b>\n");
  const { code, stdout } = await addresses("reality", "--from", "networks.csv", "--markdown");
  expect(code).toBe(2);
  expect(stdout).toContain("\\<b\\>&#64;team\\|x\\</b\\>");
  expect(existsSync(join(folder, "history"))).toBe(false);
});

test("snapshots give a trend", async () => {
  save("networks.csv", "cidr,owner\n10.9.0.0/16,factory\n");
  await addresses("adopt", "--from", "networks.csv", "--write");
  for (let night = 0; night < 2; night++)
    await addresses("reality", "--from", "networks.csv", "--history", "history");
  expect(readdirSync(join(folder, "history"))).toHaveLength(2);
  save("history/old.json", "{}");
  const { code, stderr } = await addresses("reality", "--from", "networks.csv", "--history", "history");
  expect([code, stderr]).toEqual([
    1,
    expect.stringContaining("history/old.json: is no snapshot that --history writes"),
  ]);
});

test("the folder of the plan can be named", async () => {
  save("networks.csv", "cidr,owner\n10.9.0.0/16,factory\n");
  await addresses("adopt", "--from", "networks.csv", "--write");
  const elsewhere = mkdtempSync(join(realpathSync(tmpdir()), "elsewhere-"));
  const list = join(folder, "networks.csv");
  const { stdout } = await addresses("adopt", "--from", list, "--directory", elsewhere);
  rmSync(elsewhere, { recursive: true });
  expect(stdout).toContain("new file addresses.yaml");
});

test("without a source, the command says what it takes", async () => {
  const { code, stderr } = await addresses("adopt");
  expect([code, stderr]).toEqual([1, expect.stringContaining("nothing to read; pass a file or a folder")]);
});
