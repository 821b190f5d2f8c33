import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { updateLock } from "../src/update";

const readme = readFileSync(join(__dirname, "..", "README.md"), "utf8");
const block = (language: string): string =>
  new RegExp(`\`\`\`${language}[^\n]*\n(.*?)\`\`\``, "s").exec(readme)![1]!;

test("the README's program prints the addresses of the README's plan", async () => {
  const directory = mkdtempSync(join(tmpdir(), "readme-"));
  try {
    writeFileSync(join(directory, "addresses.yaml"), block("yaml"));
    await updateLock(directory);
    const program = block("ts").replace(
      "@cluster-ipam/address-plan",
      join(__dirname, "..", "src", "index.ts"),
    );
    writeFileSync(join(directory, "program.ts"), program);
    const args = ["-r", join(__dirname, "from-sources.js"), join(directory, "program.ts")];
    expect(execFileSync(process.execPath, args, { cwd: directory, encoding: "utf8" }).split("\n")).toEqual([
      "10.208.0.0/23 100.64.64.0/18 100.64.0.0/18",
      "pods per node 6600",
      "23 8",
      "10.0.0.0/9",
      "",
    ]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
