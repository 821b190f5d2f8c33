import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = join(__dirname, "../..");
const workspaces = ["packages/gke", "apps/prod", ".github/automation"];

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(realpathSync(tmpdir()), "commits-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A workspace with the check, which is not a clone yet. */
function workspace(name: string): string {
  const at = join(folder, name);
  const manifest = { workspaces: ["packages/*", "apps/*", ".github/automation"] };
  for (const path of ["", ...workspaces]) {
    mkdirSync(join(at, path), { recursive: true });
    writeFileSync(join(at, path, "package.json"), JSON.stringify(manifest));
  }
  for (const file of [".ci/commits", "commitlint.config.mjs"]) {
    mkdirSync(dirname(join(at, file)), { recursive: true });
    cpSync(join(root, file), join(at, file));
  }
  symlinkSync(join(root, "node_modules"), join(at, "node_modules"));
  return at;
}

async function git(at: string, ...args: string[]): Promise<string> {
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"];
  return (await run("git", [...identity, ...args], { cwd: at })).stdout.trim();
}

/** A clone with the old history, which ends in the commit that is returned, and these commits after it. */
async function history(at: string, messages: readonly string[]): Promise<string> {
  await git(at, "init", "-q", "-b", "main");
  await git(at, "commit", "-q", "--allow-empty", "-m", "Give every cluster its addresses");
  const start = await git(at, "rev-parse", "HEAD");
  for (const message of messages) await git(at, "commit", "-q", "--allow-empty", "-m", message);
  return start;
}

async function check(at: string, start: string): Promise<{ code: number; output: string }> {
  const env = { ...process.env, FORCE_COLOR: undefined, NO_COLOR: "1" };
  return run("bash", [".ci/commits", start], { cwd: at, env }).then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, output: stdout }),
  );
}

test("commits after the old history pass if they are conventional", async () => {
  const at = workspace("conventional");
  const start = await history(at, [
    "feat(gke): widen a pod range in place",
    "fix(prod)!: EKS asks for a zone",
    "chore(automation): name the job\n\nhttps://example.org/" + "long/".repeat(40),
    "build(deps): update the AWS SDK",
    "docs: say what a fence is",
  ]);
  await git(at, "checkout", "-q", "-b", "side", start);
  await git(at, "commit", "-q", "--allow-empty", "-m", "test(gke): fence a range");
  await git(at, "merge", "-q", "--no-edit", "main");
  expect(await check(at, start)).toEqual({
    code: 0,
    output: `commits: 6 since ${start.slice(0, 7)} checked.\n`,
  });
});

test("a commit that is not conventional fails the check, with the rule that it breaks", async () => {
  const broken = {
    "Widen a pod range": "type may not be empty",
    "feature(gke): widen a pod range": "type must be one of",
    "feat(gcp): widen a pod range": "scope must be one of",
    "feat(gke): widen a pod range.": "subject may not end with full stop",
    "fix:": "subject may not be empty",
  };
  const at = workspace("broken");
  const start = await history(at, ["feat(gke): narrow it again", ...Object.keys(broken)]);
  const { code, output } = await check(at, start);
  const problems = output.split("⧗   input: ").slice(1);
  expect(code).toBe(1);
  expect(problems).toHaveLength(5);
  for (const [message, problem] of Object.entries(broken))
    expect(problems.find((text) => text.startsWith(`${message}\n`))).toContain(problem);
});

test("a shallow clone says what it lacks, and checks what it has", async () => {
  const at = workspace("origin");
  const start = await history(at, ["feat(gke): widen a pod range", "Narrow it again"]);
  const clone = async (name: string, depth: number) => {
    const shallow = workspace(name);
    await git(shallow, "clone", "-q", "--bare", "--depth", String(depth), `file://${at}`, ".git");
    return check(shallow, start);
  };
  const notice = `commits: this shallow clone does not reach back to ${start.slice(0, 7)}`;
  const { code, output } = await clone("broken", 1);
  expect([code, output]).toEqual([1, expect.stringContaining(notice)]);
  expect(output).toContain("input: Narrow it again");
  expect(output).not.toContain("input: feat(gke)");
  await git(at, "reset", "-q", "--soft", "HEAD^");
  expect(await clone("mended", 1)).toMatchObject({
    code: 0,
    output: expect.stringContaining(notice) as string,
  });
  expect((await clone("deep", 2)).output).toBe(`commits: 1 since ${start.slice(0, 7)} checked.\n`);
});

test("another history, or none, is not checked", async () => {
  const at = workspace("other");
  const absent = "0123456789012345678901234567890123456789";
  expect(await check(at, absent)).toEqual({
    code: 0,
    output: "commits: not checked, because this folder is not a Git clone.\n",
  });
  await history(at, ["Take over the blueprints"]);
  expect(await check(at, absent)).toEqual({
    code: 0,
    output: "commits: not checked, because 0123456, where the convention begins, is not in this history.\n",
  });
});
