import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { defaultBase, readComparisonBase } from "../../src/read/comparison-base";
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

test("reads plan, lock and acknowledgements from a folder", () => {
  writeFiles(root, { "addresses.yaml": plan, "addresses.lock.json": lock, "acknowledgements.yaml": entry });
  const base = readComparisonBase(root, root);
  expect(base.addresses?.clusters.map(({ name }) => name)).toContain("prod-payments");
  expect(base.acknowledgements).toMatchObject([{ address: "a.b" }]);
  expect(base.problem).toBeUndefined();
});

test("reads them from a commit, whatever is in the working tree", () => {
  git("init", "-q");
  writeFiles(root, { "README.md": "nothing yet" });
  git("add", ".");
  git("commit", "-q", "-m", "first");
  writeFiles(root, { "addresses.yaml": plan, "addresses.lock.json": lock });
  git("add", ".");
  git("commit", "-q", "-m", "second");
  writeFiles(root, { "addresses.yaml": "organisation: later" });

  expect(readComparisonBase("HEAD", root).addresses?.clusters.map(({ name }) => name)).toContain(
    "prod-payments",
  );
  expect(readComparisonBase("HEAD~1", root)).toEqual({ name: "HEAD~1", acknowledgements: [] });
  for (const ref of ["no-such-branch", "--output=/tmp/x", "HEAD:addresses.yaml"])
    expect(() => readComparisonBase(ref, root)).toThrow(
      `--base ${ref}: neither a folder nor a commit of this repository`,
    );
});

test("an invalid base does not prevent a review of the change that repairs it", () => {
  writeFiles(root, {
    "addresses.yaml": plan,
    "addresses.lock.json": lock.replace("10.208.0.0/23", "10.0.0.0/23"),
  });
  const base = readComparisonBase(root, root);
  expect(base.addresses).toBeUndefined();
  expect(base.lock?.allocations.length).toBeGreaterThan(20);
  expect(base.problem).toMatch(/^addresses.lock.json: aws\/eu-central-1\/prod\/eks\/prod-payments: /);
});

test("a lock is read even if its plan is of another version, and nothing else is if the lock is damaged", () => {
  writeFiles(root, { "addresses.yaml": "later: true", "addresses.lock.json": lock });
  expect(readComparisonBase(root, root)).toMatchObject({ problem: expect.any(String) as string });
  expect(readComparisonBase(root, root).lock).toBeDefined();
  writeFiles(root, { "addresses.lock.json": lock.replace("{", "<<<<<<< ours\n{") });
  expect(readComparisonBase(root, root)).toEqual({
    ...{ name: root, acknowledgements: [] },
    problem: expect.stringMatching(/^addresses.lock.json:1: merge conflict/) as string,
  });
});

test("the default base is HEAD, once it has a lock", () => {
  writeFiles(root, { "addresses.yaml": plan });
  expect(defaultBase(root)).toBeUndefined();
  git("init", "-q");
  expect(defaultBase(root)).toBeUndefined();
  git("add", ".");
  git("commit", "-q", "-m", "first");
  expect(defaultBase(root)).toBeUndefined();
  writeFiles(root, { "addresses.lock.json": lock });
  git("add", ".");
  git("commit", "-q", "-m", "second");
  expect(defaultBase(root)).toBe("HEAD");
});

test("reads the records of the base's apps, from a folder or a commit, except damaged ones", () => {
  const stack = {
    id: "shop",
    cluster: "prod-shop",
    after: [],
    terraform: { required_providers: {}, provider: {} },
  };
  const record = JSON.stringify({ version: 1, backend: "local:state", variables: [], stacks: [stack] });
  writeFiles(root, {
    "apps/prod/stacks.lock.json": record,
    "apps/dev/stacks.lock.json": "{",
    "apps/dev/x/y": "",
  });
  const recorded = new Map([["prod", new Map([["shop", "prod-shop"]])]]);
  expect(readComparisonBase(root, root).recorded).toEqual(recorded);
  git("init", "-q");
  git("add", ".");
  git("commit", "-q", "-m", "first");
  expect(readComparisonBase("HEAD", root).recorded).toEqual(recorded);
});
