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
  await git("commit", "-qm", "chore: start");
  await git("tag", "v0.1.0");
});
afterAll(() => rmSync(repository, { recursive: true, force: true }));

test("a release raises every version by what the commits say, and writes the changelogs", async () => {
  appendFileSync(join(repository, "packages/gke/README.md"), "\n");
  await git("commit", "-qam", "feat(gke): widen the fences");
  const env = {
    ...process.env,
    NX_DAEMON: "false",
    GIT_AUTHOR_NAME: "Release",
    GIT_AUTHOR_EMAIL: "release@example.com",
    GIT_COMMITTER_NAME: "Release",
    GIT_COMMITTER_EMAIL: "release@example.com",
  };
  await run("npx", ["nx", "release", "--skip-publish"], { cwd: repository, env });

  const gke = JSON.parse(readFileSync(join(repository, "packages/gke/package.json"), "utf8"));
  expect([gke.version, gke.dependencies["@cluster-ipam/ipam"]]).toEqual(["0.1.1", "0.1.1"]);
  expect(readFileSync(join(repository, "packages/gke/CHANGELOG.md"), "utf8")).toContain(
    "- **gke:** widen the fences",
  );
  expect(await git("log", "-1", "--format=%s %D")).toContain("chore(release): 0.1.1 [skip ci] HEAD");
  expect(await git("tag")).toContain("v0.1.1");
  expect(await git("status", "--short")).toBe("");
});
