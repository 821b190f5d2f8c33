import { readFileSync } from "node:fs";
import { join } from "node:path";

import { stringify } from "yaml";

import { type AddressLock, parseLock, type PlanDefinitionInput } from "../../src";
import { checkLock } from "../../src/update";
import { examplePlan } from "../example-plan";
import { Repository } from "../example-repository";

type Change = (plan: PlanDefinitionInput) => void;

/** What the main branch changes: a cluster joins, one grows, one leaves. */
const onMain: Change = ({ clusters }) => {
  clusters["dev-billing"] = { ...clusters["dev-apps"]! };
  Object.assign(clusters["prod-search"]!, { nodes: 300 });
  delete clusters["dev-search"];
};

/** What the other branch changes: a cluster joins, one grows, one is renamed. */
const onBranch: Change = ({ clusters }) => {
  clusters["dev-catalog"] = { ...clusters["dev-apps"]! };
  Object.assign(clusters["prod-payments"]!, { nodes: 300, vpcCidrQuota: 6 });
  clusters["dev-store"] = { ...clusters["dev-apps"]!, renamedFrom: "dev-apps" };
  delete clusters["dev-apps"];
};

let repository: Repository;
let locks: { readonly main: AddressLock; readonly branch: AddressLock };

const lockNow = (): AddressLock =>
  parseLock(readFileSync(join(repository.directory, "addresses.lock.json"), "utf8"));
const commitAll = (message: string): string =>
  repository.git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "-qam", message);

/** Two branches that each change the plan and its lock. */
beforeEach(async () => {
  repository = new Repository(examplePlan());
  await repository.commit();
  repository.git("config", "user.name", "test");
  repository.git("config", "user.email", "test@example.com");
  const change = async (...changes: readonly Change[]): Promise<AddressLock> => {
    repository.plan.clusters = examplePlan().clusters;
    changes.forEach((apply) => apply(repository.plan));
    await repository.update();
    commitAll("change");
    return lockNow();
  };
  repository.git("checkout", "-qb", "branch");
  const branch = await change(onBranch);
  repository.git("checkout", "-q", "main");
  locks = { main: await change(onMain), branch };
});
afterEach(() => repository.remove());

/** The plan after a person has merged it. */
function mergePlan(): void {
  repository.plan.clusters = examplePlan().clusters;
  const { clusters } = repository.plan;
  onMain(repository.plan);
  onBranch(repository.plan);
  expect(Object.keys(clusters).sort()).toEqual([
    "dev-billing",
    "dev-catalog",
    "dev-store",
    "prod-payments",
    "prod-search",
  ]);
  repository.write("addresses.yaml", stringify(repository.plan));
}

/** Git's exit, which fails if there are conflicts. */
function gitConflicts(...args: readonly string[]): boolean {
  try {
    repository.git(...args);
    return false;
  } catch {
    return true;
  }
}

/** The primary range that main widens in place. */
const widened = "google/europe-west3/prod/gke/prod-search/nodes";

/** The merged lock is correct: nothing of main moves, and nothing of the branch but what main took. */
async function expectMerged(): Promise<void> {
  await repository.update();
  expect(checkLock(repository.directory)).toBeGreaterThan(0);
  expect(repository.load().clusters.map(({ key, name }) => [key, name])).toEqual([
    ["dev-billing", "dev-billing"],
    ["dev-catalog", "dev-catalog"],
    ["dev-store", "dev-apps"],
    ["prod-payments", "prod-payments"],
    ["prod-search", "prod-search"],
  ]);
  const merged = new Map(lockNow().allocations.map((entry) => [entry.key, entry]));
  for (const { key, cidr } of locks.main.allocations)
    expect([key, merged.get(key.replace("/dev-apps", "/dev-store"))?.cidr]).toEqual([key, cidr]);
  for (const { key, cidr } of locks.branch.allocations)
    if (!key.includes("/dev-catalog") && key !== widened)
      expect([key, merged.get(key)?.cidr]).toEqual([key, cidr]);
  expect(merged.get(widened)?.cidr).toBe("10.241.0.0/23");
  expect(merged.get("google/europe-west3/dev/gke/dev-search/pods")?.state).toBe("retired");
  expect([...merged.keys()].filter((key) => key.includes("/dev-apps"))).toEqual([]);
}

const directions: readonly (readonly [string, string, readonly string[]])[] = [
  ["the branch into main", "main", ["merge", "branch"]],
  ["main into the branch", "branch", ["merge", "main"]],
  ["a rebase of the branch", "branch", ["rebase", "main"]],
];

test.each(directions)("npm run addresses merges the conflict markers: %s", async (_, on, command) => {
  repository.git("checkout", "-q", on);
  expect(gitConflicts(...command)).toBe(true);
  expect(readFileSync(join(repository.directory, "addresses.lock.json"), "utf8")).toContain("<<<<<<<");
  mergePlan();
  await expectMerged();
});

test.each(directions)("the merge driver leaves no conflict in the lock: %s", async (_, on, command) => {
  const program = `require("${join(__dirname, "../from-sources.js")}"); require("${join(__dirname, "../../src/cli/addresses-command.ts")}").main(process.argv)`;
  repository.git(
    "config",
    "merge.addresses.driver",
    `${process.execPath} -e '${program}' -- addresses merge %O %A %B`,
  );
  repository.write(".git/info/attributes", "addresses.lock.json merge=addresses\n");
  repository.git("checkout", "-q", on);
  gitConflicts(...command);
  expect(readFileSync(join(repository.directory, "addresses.lock.json"), "utf8")).not.toContain("<<<<<<<");
  mergePlan();
  await expectMerged();
});
