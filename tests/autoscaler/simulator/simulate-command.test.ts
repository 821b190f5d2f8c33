import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { codeBlocks } from "../../docs/code-blocks";

const root = join(__dirname, "../../..");
const page = join(root, "docs/subnet-autoscaler.md");

/** The arguments of the page's `simulate` command. */
function documentedArguments(): readonly string[] {
  const command = codeBlocks(page).find(({ text }) => text.startsWith("npx subnet-autoscaler simulate"))!;
  return command.text.trim().split(" ").slice(2);
}

/** Runs the command, from the root of the repository. */
function subnetAutoscaler(args: readonly string[]) {
  const bin = join(root, "packages/subnet-autoscaler/bin/subnet-autoscaler.js");
  return promisify(execFile)(process.execPath, [bin, ...args], {
    cwd: root,
    env: { ...process.env, NODE_NO_WARNINGS: "1" },
  });
}

test("the documented command draws the page's picture", async () => {
  const args = [...documentedArguments()];
  const committed = args.at(-1)!;
  const folder = mkdtempSync(join(tmpdir(), "simulate-"));
  try {
    const picture = join(folder, "picture.svg");
    const { stdout } = await subnetAutoscaler([...args.slice(0, -1), picture]);
    // If the simulator or the plan has changed on purpose, run the documented command: it draws the picture again.
    expect(readFileSync(picture, "utf8")).toBe(readFileSync(join(root, committed), "utf8"));
    expect(stdout).toMatch(/^FROM +PODS +PENDING +NODES +ADDRESSES +IN SUBNETS +PER POD +CHANGES\n00:00 /);
    expect(stdout.split("\n").filter((line) => line.length > 80 && !line.includes(folder))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  ["--cluster", "prod-search", "prod-search: is a cluster on google, not on aws; use gke()\n"],
  ["--trace", "no-such.csv", "no-such.csv: no such file; pass the CSV file of a trace\n"],
])("a wrong %s is one sentence", async (option, value, message) => {
  const args = [...documentedArguments()];
  args[args.indexOf(option) + 1] = value;
  await expect(subnetAutoscaler(args)).rejects.toMatchObject({ code: 1, stderr: message, stdout: "" });
});
