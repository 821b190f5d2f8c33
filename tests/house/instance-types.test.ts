import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = join(__dirname, "../..");
const tool = "tools/instance-types.mjs";
const table = "packages/address-plan/src/cloud/ec2-instance-types.json";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "instance-types-"));
  for (const file of [tool, table]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
});

afterEach(() => rmSync(folder, { recursive: true }));

const instanceTypes = (...args: string[]) => run(process.execPath, [tool, ...args], { cwd: folder });

/** What EC2 says of a type with two network cards. */
function described(name: string, vcpus: number, hypervisor = "nitro") {
  const cards = [4, 2].map((most, index) => ({ NetworkCardIndex: index, MaximumNetworkInterfaces: most }));
  return {
    ...{ InstanceType: name, BareMetal: false, Hypervisor: hypervisor },
    VCpuInfo: { DefaultVCpus: vcpus },
    NetworkInfo: { MaximumNetworkInterfaces: 6, Ipv4AddressesPerInterface: 15, NetworkCards: cards },
  };
}

const m7iXlarge = '{ "enis": 4, "addressesPerEni": 15, "vcpus": 4 }';

test("shows what is new and what changed, and writes it when asked to", async () => {
  const before = readFileSync(join(folder, table), "utf8");
  const types = [described("m7i.xlarge", 8), described("m99.xlarge", 4, "xen"), described("mac9.metal", 4)];
  writeFileSync(join(folder, "types.json"), JSON.stringify({ InstanceTypes: types }));
  const { stdout } = await instanceTypes("types.json");
  expect(stdout.split("\n").slice(0, 2)).toEqual([
    `~ m7i.xlarge ${m7iXlarge} → ${m7iXlarge.replace("4 }", "8 }")}`,
    '+ m99.xlarge { "enis": 4, "addressesPerEni": 15, "vcpus": 4, "hypervisor": "xen" }',
  ]);
  expect(readFileSync(join(folder, table), "utf8")).toBe(before);
  await instanceTypes("types.json", "--write");
  expect((await instanceTypes("types.json")).stdout).toMatch(/^\d+ types: 0 new or changed, \d+ in no file/);
  const lines = (text: string) => text.split("\n");
  const after = readFileSync(join(folder, table), "utf8");
  expect(lines(after).filter((line) => !lines(before).includes(line))).toHaveLength(2);
});

test.each([
  ["no file", [], "usage: npm run instance-types"],
  ["a file that is not there", ["none.json"], "none.json: ENOENT"],
  ["a page of an error", ["error.html"], "error.html: Unexpected token"],
  ["another answer of the CLI", ["vpcs.json"], "vpcs.json has no InstanceTypes; write it with: aws ec2"],
  ["a type without its vCPUs", ["half.json", "--write"], "m99.large has no vcpus"],
])("%s is refused in one line, and the table stays", async (_, args, message) => {
  const before = readFileSync(join(folder, table), "utf8");
  writeFileSync(join(folder, "error.html"), "<html>");
  writeFileSync(join(folder, "vpcs.json"), '{ "Vpcs": [] }');
  const half = { ...described("m99.large", 2), VCpuInfo: {} };
  writeFileSync(join(folder, "half.json"), JSON.stringify({ InstanceTypes: [half] }));
  await expect(instanceTypes(...args)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(new RegExp(`^${message}[^\n]*\n$`)),
  });
  expect(readFileSync(join(folder, table), "utf8")).toBe(before);
});
