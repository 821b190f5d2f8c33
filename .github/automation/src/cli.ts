import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  type Environment,
  environments,
  PlanFolder,
  runCommand,
  workspaceRoot,
} from "@cluster-ipam/plan-report";
import { Command } from "commander";
import { affectedEnvironments, stackJobs, stacksInOrder } from "./plan/affected";
import { AutomationError } from "./automation-error";
import { deployReviewed } from "./deploy/deployment";
import { driftOf } from "./drift/drift";
import { keepDriftIssue } from "./drift/drift-issue";
import { connect } from "./github/repository-api";
import { writeRepositoryUrl } from "./release/repository-url";
import { reviewedRun } from "./deploy/reviewed-run";
import { handOver, summarize } from "./github/runner-file";
import { openPlans, sealPlan } from "./plan/sealed-plan";
import { settings } from "./plan/settings";
import { stickyComment } from "./github/sticky-comment";
import { commitVariable, variable } from "./github/variable";

const { env } = process;
const root = () => workspaceRoot(process.cwd());
const say = (line: string) => void process.stdout.write(`${line}\n`);

const program = new Command("automation")
  .description("What the workflows of this repository decide and do; see .github/automation/README.md.")
  .allowExcessArguments(false);

/** A command whose errors are one sentence; the arguments come from the environment where they are not the user's. */
function command(name: string, description: string, main: (abort: AbortSignal) => Promise<void>): void {
  program
    .command(name)
    .description(description)
    .action(() => runCommand(name, async (abort) => (await main(abort), 0)));
}

/** The environment a job is about: `ENVIRONMENT`. */
const environment = (): Environment => {
  const name = variable(env, "ENVIRONMENT", "a folder under apps/");
  const [found] = environments(root(), [name]);
  if (found === undefined) throw new AutomationError(`ENVIRONMENT=${name}: there is no app in apps/${name}`);
  return found;
};
const stackName = () => variable(env, "STACK", "the id of a stack");
const sealSecret = () => variable(env, "PLAN_SEAL_SECRET", "the secret that plans are sealed with");
const repositoryName = () => variable(env, "GITHUB_REPOSITORY", "owner/name, set by GitHub's runner");
const purpose = () => ({
  repository: repositoryName(),
  commit: commitVariable(env, "COMMIT"),
  environment: environment().name,
});

command("affected-environments", "BASE (all without it) → outputs environments, projects", async () => {
  const affected = await affectedEnvironments(root(), env["BASE"] || undefined);
  handOver(env, "GITHUB_OUTPUT", {
    environments: JSON.stringify(affected.map(({ name }) => name)),
    projects: affected.map(({ project }) => project).join(","),
  });
});

command(
  "stack-jobs",
  "ENVIRONMENTS, a JSON list → output jobs: a matrix of environment and stack",
  async () => {
    const names = JSON.parse(variable(env, "ENVIRONMENTS", "a JSON list of environments")) as string[];
    const chosen = names.length === 0 ? [] : environments(root(), names);
    handOver(env, "GITHUB_OUTPUT", { jobs: JSON.stringify(stackJobs(chosen)) });
  },
);

command("settings", "VARIABLES, toJSON(vars) → accounts, projects and backends in GITHUB_ENV", async () => {
  handOver(env, "GITHUB_ENV", settings(variable(env, "VARIABLES", "`toJSON(vars)`")));
});

command(
  "seal-plan",
  "ENVIRONMENT, STACK, COMMIT, PLAN_SEAL_SECRET: plan.out → sealed/<stack>.sealed",
  async () => {
    await sealPlan(environment().app, resolve("sealed"), sealSecret(), { ...purpose(), stack: stackName() });
  },
);

command(
  "open-plans",
  "ENVIRONMENT, COMMIT, PLAN_SEAL_SECRET: sealed/ → opened/<environment>/plan.out",
  async () => {
    const { app, name } = environment();
    await openPlans(resolve("opened", name), resolve("sealed"), stacksInOrder(app), sealSecret(), purpose());
  },
);

command("comment", "ENVIRONMENT, PULL_REQUEST: report.out/<environment>.md → the one comment", async () => {
  const { name } = environment();
  const pullRequest = Number(variable(env, "PULL_REQUEST", "the number of a pull request"));
  if (!Number.isSafeInteger(pullRequest) || pullRequest < 1)
    throw new AutomationError(`PULL_REQUEST=${env["PULL_REQUEST"]} is not the number of a pull request`);
  const done = await stickyComment(await connect(env), pullRequest, report(name));
  say(`the comment on ${name} is ${done}`);
});

command("summary", "ENVIRONMENT: report.out/<environment>.md → the page of the run", async () => {
  summarize(env, report(environment().name));
});

command("reviewed-run", "COMMIT → outputs run-id, commit of the plan that was reviewed for it", async () => {
  const { runId, commit } = await reviewedRun(await connect(env), commitVariable(env, "COMMIT"));
  handOver(env, "GITHUB_OUTPUT", { "run-id": String(runId), commit });
});

command("deploy", "ENVIRONMENT: cdktf deploy, each stack only as opened/ says it was reviewed", (abort) => {
  const { app, name } = environment();
  return deployReviewed({
    root: root(),
    app,
    reviewed: resolve("opened", name),
    env,
    abort,
    onProgress: say,
  });
});

command(
  "drift",
  "ENVIRONMENT, STACK: the refresh-only plan in plan.out → the stack's one issue",
  async () => {
    const { app, name } = environment();
    const stack = stackName();
    const drift = driftOf(new PlanFolder(app).readPlan(stack));
    for (const { address, tolerances } of drift.tolerated)
      say(`${address}: tolerated, ${tolerances.join(", ")}`);
    for (const { address, fate } of drift.objects) say(`${address}: ${fate}`);
    say(
      `the issue of ${stack}: ${await keepDriftIssue(await connect(env), { environment: name, stack }, drift)}`,
    );
  },
);

command("repository-url", "GITHUB_REPOSITORY → the `repository` of every package", async () => {
  for (const name of await writeRepositoryUrl(root(), env)) say(name);
});

const report = (name: string) => readFileSync(resolve("report.out", `${name}.md`), "utf8");

void program.parseAsync();
