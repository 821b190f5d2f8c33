import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = join(__dirname, "../..");

test("the API reference is what `npm run api` makes of the docstrings", async () => {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "cluster-ipam-api-"));
  try {
    await run("npx", ["typedoc", "--out", folder], { cwd: root });
    expect(pages(join(root, "docs/api"))).toEqual(pages(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const pages = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (readdirSync(folder, { recursive: true }) as string[])
      .filter((name) => name.endsWith(".md"))
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
