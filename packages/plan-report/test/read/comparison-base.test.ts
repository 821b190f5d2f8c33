import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readBase } from "../../src/read/comparison-base";
import { removeScratch, scratch, writeFiles } from "../scratch";

const repository = resolve(__dirname, "../../../..");
const plan = readFileSync(join(repository, "addresses.yaml"), "utf8");
const lock = readFileSync(join(repository, "addresses.lock.json"), "utf8");
const entry = "- {environment: prod, stack: n, address: a.b, action: destroy, reason: drained on Monday}\n";

let root: string;
beforeEach(() => {
  root = scratch();
});
afterEach(removeScratch);

const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@example.org", ...args], {
    ...{ cwd: root, encoding: "utf8", stdio: "pipe" },
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
  });

test("a folder holds the plan, its lock and what was acknowledged", () => {
  writeFiles(root, { "addresses.yaml": plan, "addresses.lock.json": lock, "acknowledgements.yaml": entry });
  const base = readBase(root, root);
  expect(base.addresses?.clusters.map(({ name }) => name)).toContain("prod-payments");
  expect(base.acknowledgements).toMatchObject([{ address: "a.b" }]);
  expect(base.problem).toBeUndefined();
});

test("a commit does, whatever the working tree holds now", () => {
  git("init", "-q");
  writeFiles(root, { "README.md": "nothing yet" });
  git("add", ".");
  git("commit", "-q", "-m", "first");
  writeFiles(root, { "addresses.yaml": plan, "addresses.lock.json": lock });
  git("add", ".");
  git("commit", "-q", "-m", "second");
  writeFiles(root, { "addresses.yaml": "organisation: later" });

  expect(readBase("HEAD", root).addresses?.clusters).toHaveLength(4);
  expect(readBase("HEAD~1", root)).toEqual({ name: "HEAD~1", acknowledgements: [] });
  for (const ref of ["main-of-nobody", "--output=/tmp/x", "HEAD:addresses.yaml"])
    expect(() => readBase(ref, root)).toThrow(
      `--base ${ref}: neither a folder nor a commit of this repository`,
    );
});

test("a base that is broken does not keep the change that mends it from being reviewed", () => {
  writeFiles(root, {
    "addresses.yaml": plan,
    "addresses.lock.json": lock.replace("10.208.0.0/23", "10.0.0.0/23"),
  });
  const base = readBase(root, root);
  expect(base.addresses).toBeUndefined();
  expect(base.problem).toMatch(/^addresses.lock.json: aws\/eu-central-1\/prod\/eks\/prod-payments: /);
});
