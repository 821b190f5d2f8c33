import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { pythonPackages } from "../python-packages";

const run = promisify(execFile);
const github = join(__dirname, "../../.github");
const packages = pythonPackages(join(__dirname, "../security/requirements.txt"));
const withScanner = (name: string, body: () => Promise<void>): void => {
  if ("missing" in packages) test.skip(`${name} (cannot be installed here: ${packages.missing})`, () => {});
  else test(name, body);
};

interface Finding {
  readonly ident: string;
  readonly determinations: { readonly severity: string };
}

/** Findings of medium and high severity, by the name of their rule. Nothing is asked of GitHub. */
async function findings(path: string): Promise<readonly string[]> {
  if ("missing" in packages) throw new Error(packages.missing);
  const options = ["--offline", "--no-progress", "--no-exit-codes", "--min-severity", "medium"];
  const zizmor = join(packages.path, "bin/zizmor");
  const { stdout } = await run(zizmor, [...options, "--format", "json", path], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return (JSON.parse(stdout) as readonly Finding[]).map(
    ({ ident, determinations }) => `${ident}: ${determinations.severity}`,
  );
}

withScanner("zizmor finds nothing of medium or high severity", async () => {
  expect(await findings(github)).toEqual([]);
});

withScanner("zizmor finds a script that runs what a pull request says", async () => {
  const damaged = mkdtempSync(join(tmpdir(), "zizmor-"));
  try {
    const text = readFileSync(join(github, "workflows/ci.yml"), "utf8");
    const injected = text.replace(/run: /, "run: echo '${{ github.event.pull_request.title }}' && ");
    expect(injected).not.toBe(text);
    writeFileSync(join(damaged, "ci.yml"), injected);
    expect(await findings(join(damaged, "ci.yml"))).toContain("template-injection: High");
  } finally {
    rmSync(damaged, { recursive: true });
  }
});
