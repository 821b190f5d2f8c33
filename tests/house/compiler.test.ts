import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

test("npx tsc is TypeScript 7 (docs/adr/0004-typescript-7.md)", async () => {
  const { stdout } = await run("npx", ["--no-install", "tsc", "--version"], {
    cwd: join(__dirname, "../.."),
  });
  expect(stdout).toMatch(/^Version 7\./);
});
