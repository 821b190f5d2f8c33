import { execFile } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = join(__dirname, "../..");
let repository: string;

const git = async (...args: string[]): Promise<string> => {
  const identity = ["-c", "user.name=Release", "-c", "user.email=release@example.com"];
  return (await run("git", [...identity, ...args], { cwd: repository })).stdout;
};

/** First commit of the fixture's history. */
let start: string;

/** A repository of its own with this one's files and one released version. */
beforeAll(async () => {
  repository = mkdtempSync(join(realpathSync(tmpdir()), "cluster-ipam-release-"));
  const listed = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { stdout } = await run("git", listed, { cwd: root, maxBuffer: 16 * 1024 * 1024 });
  for (const file of stdout.split("\0").filter(Boolean))
    cpSync(join(root, file), join(repository, file), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(repository, "node_modules"));
  await git("init", "-q");
  appendFileSync(join(repository, ".git/info/exclude"), "node_modules\n.nx\n");
  await git("add", "-A");
  await git("commit", "-qm", "Start");
  start = (await git("rev-parse", "HEAD")).trim();
  await git("tag", "v0.1.0");
});
afterAll(() => rmSync(repository, { recursive: true, force: true }));

/** Commits a change of the package's page. */
async function change(name: string, ...paragraphs: string[]): Promise<void> {
  appendFileSync(join(repository, "packages", name, "README.md"), "\n");
  await git("commit", "-qa", ...paragraphs.flatMap((paragraph) => ["-m", paragraph]));
}

/** What the workflow runs. */
async function release(): Promise<void> {
  const [name, email] = ["Release", "release@example.com"];
  const author = { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email };
  const committer = { GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email };
  const env = { ...process.env, NX_DAEMON: "false", ...author, ...committer };
  await run("npx", ["nx", "release", "--skip-publish"], { cwd: repository, env });
}

const read = (...path: string[]) => readFileSync(join(repository, "packages", ...path), "utf8");
/** Entries of the newest version in a package's changelog, without its authors. */
const newest = (name: string) =>
  read(name, "CHANGELOG.md")
    .split(/^## /m)[1]!
    .replace(/^### ❤️[^]*/m, "")
    .split("\n")
    .filter((line) => /^(### |- |\s+\S)/.test(line));

test("refactorings and documentation alone release nothing", async () => {
  await change("gke", "refactor(gke): move the fences into a folder");
  await change("ipam", "docs(ipam): say what a scope is");
  await release();
  expect((await git("tag")).trim()).toBe("v0.1.0");
  expect(JSON.parse(read("gke", "package.json")).version).toBe("0.1.0");
  expect(await git("status", "--short")).toBe("");
});

test("features and fixes raise every version, and each package lists its own", async () => {
  await change("gke", "feat(gke): widen the fences");
  await change("ipam", "fix(ipam): share a pool once");
  await change("ipam", "test(ipam): share a pool twice");
  await release();

  const gke = JSON.parse(read("gke", "package.json"));
  expect([gke.version, gke.dependencies["@cluster-ipam/ipam"]]).toEqual(["0.1.1", "0.1.1"]);
  expect(newest("gke")).toEqual([
    "### 🚀 Features",
    "- **gke:** widen the fences",
    "### 💅 Refactors",
    "- **gke:** move the fences into a folder",
  ]);
  expect(newest("ipam")).toEqual(["### 🩹 Fixes", "- **ipam:** share a pool once"]);
  expect(await git("log", "-1", "--format=%s %D")).toContain("chore(release): 0.1.1 [skip ci] HEAD");
  expect(await git("tag")).toContain("v0.1.1");
  expect(await git("status", "--short")).toBe("");
});

test("a breaking change raises the minor version below 1.0, with its reason in the changelog", async () => {
  await change(
    "eks-cni",
    "refactor(eks-cni)!: take addresses, not a cluster",
    "BREAKING CHANGE: pass `addresses:` where `cluster:` was.",
  );
  await release();
  expect(JSON.parse(read("gke", "package.json")).version).toBe("0.2.0");
  expect(newest("eks-cni")).toEqual([
    "### 💅 Refactors",
    "- ⚠️  **eks-cni:** take addresses, not a cluster",
    "### ⚠️  Breaking Changes",
    "- **eks-cni:** take addresses, not a cluster",
    "  pass `addresses:` where `cluster:` was.",
  ]);
});

test("this history, releases included, passes the check of the commits", async () => {
  const { stdout } = await run("bash", [".ci/commits", start], { cwd: repository });
  expect(stdout).toContain(`commits: 8 since ${start.slice(0, 7)} checked.`);
});
