import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { codeBlocks } from "../../docs/code-blocks";

const run = promisify(execFile);
const root = join(__dirname, "../../..");

/** A history of one seed, as a failure prints it. */
const ONE_HISTORY = "42 0";

/** The part of Jest's report that the test reads. */
interface Report {
  readonly numTotalTests: number;
  readonly numPassedTests: number;
  readonly testResults: readonly { readonly name: string }[];
}

const lines = codeBlocks(join(root, "packages/subnet-autoscaler/README.md")).flatMap(({ text }) =>
  text.split("\n"),
);
const commands = lines
  .map((line) => /^(HISTOR\w+)=\S.*?\bnpx (jest [^#]+)/.exec(line))
  .filter((match) => match !== null)
  .map(([, variable = "", program = ""]) => ({ variable, args: program.trim().split(" ") }));

test.each(commands)(
  "the README's command with $variable runs exactly the histories of faults",
  async ({ variable, args }) => {
    const folder = mkdtempSync(join(tmpdir(), "autoscaler-replay-"));
    const report = join(folder, "report.json");
    const env = { ...process.env, [variable]: variable === "HISTORY" ? ONE_HISTORY : "1" };
    try {
      await run("npx", [...args, "--json", "--outputFile", report], { cwd: root, env });
      const { numTotalTests, numPassedTests, testResults } = JSON.parse(
        readFileSync(report, "utf8"),
      ) as Report;
      expect([numTotalTests, numPassedTests]).toEqual([1, 1]);
      expect(testResults.map(({ name }) => name)).toEqual([join(__dirname, "histories.long.test.ts")]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

test("the README has a command to replay a history and one to play more", () => {
  expect(commands.map(({ variable }) => variable)).toEqual(["HISTORY", "HISTORIES"]);
});
