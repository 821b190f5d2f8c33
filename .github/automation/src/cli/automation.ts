import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  type Environment,
  environments,
  PlanFolder,
  runCommand,
  stacksInOrder,
  workspaceRoot,
} from "@cluster-ipam/plan-report";
import { Command } from "commander";
import { affectedEnvironments, stackJobs } from "../plan/affected";
import { changedRecords, copyRecords, recordsIn } from "../addresses/records";
import { proposeAddresses } from "../addresses/proposal";
import { AutomationError } from "../automation-error";
import { deployReviewed } from "../deploy/deployment";
import { driftOf } from "../drift/drift";
import { reconcileDriftIssue } from "../drift/drift-issue";
import { reconcileRealityIssue } from "../drift/reality-issue";
import { connect } from "../github/repository-api";
import { writeRepositoryUrl } from "../release/repository-url";
import { reviewedRun } from "../deploy/reviewed-run";
import { writeOutputs, writeSummary } from "../github/runner-file";
import { openPlans, sealPlan } from "../plan/sealed-plan";
import { settings } from "../plan/settings";
import { stickyComment } from "../github/sticky-comment";
import { commitVariable, variable } from "../github/variable";

const { env } = process;
const root = () => workspaceRoot(process.cwd());
const print = (line: string) => void process.stdout.write(`${line}\n`);

const program = new Command("automation")
  .description("The commands of the workflows in this repository; see .github/automation/README.md.")
  .allowExcessArguments(false);

/** Adds a command. Its input comes from environment variables, and an error is one sentence. */
function command(name: string, description: string, main: (abort: AbortSignal) => Promise<void>): void {
  program
    .command(name)
    .description(description)
    .action(() => runCommand(name, async (abort) => (await main(abort), 0)));
}

/** The environment named in `ENVIRONMENT`. */
const environment = (): Environment => {
  const name = variable(env, "ENVIRONMENT", "a folder under apps/");
  const [found] = environments(root(), [name]);
  if (found === undefined) throw new AutomationError(`ENVIRONMENT=${name}: there is no app in apps/${name}`);
  return found;
};
const stackName = () => variable(env, "STACK", "the id of a stack");
const sealSecret = () => variable(env, "PLAN_SEAL_SECRET", "the secret for sealing plans");
const repositoryName = () => variable(env, "GITHUB_REPOSITORY", "owner/name, set by GitHub's runner");
const sealContext = () => ({
  repository: repositoryName(),
  commit: commitVariable(env, "COMMIT"),
  environment: environment().name,
});

command("affected-environments", "BASE (default: all) → outputs environments, projects", async () => {
  const affected = await affectedEnvironments(root(), env["BASE"] || undefined);
  writeOutputs(env, "GITHUB_OUTPUT", {
    environments: JSON.stringify(affected.map(({ name }) => name)),
    projects: affected.map(({ project }) => project).join(","),
  });
});

command(
  "stack-jobs",
  "ENVIRONMENTS, a JSON list → output jobs, a matrix of environment and stack",
  async () => {
    const names = JSON.parse(variable(env, "ENVIRONMENTS", "a JSON list of environments")) as string[];
    const selected = names.length === 0 ? [] : environments(root(), names);
    writeOutputs(env, "GITHUB_OUTPUT", { jobs: JSON.stringify(stackJobs(selected)) });
  },
);

command("settings", "VARIABLES, toJSON(vars) → accounts, projects and backends in GITHUB_ENV", async () => {
  writeOutputs(env, "GITHUB_ENV", settings(variable(env, "VARIABLES", "`toJSON(vars)`")));
});

command(
  "seal-plan",
  "ENVIRONMENT, STACK, COMMIT, PLAN_SEAL_SECRET: plan.out → sealed/<stack>.sealed",
  async () => {
    await sealPlan(environment().app, resolve("sealed"), sealSecret(), {
      ...sealContext(),
      stack: stackName(),
    });
  },
);

command(
  "open-plans",
  "ENVIRONMENT, COMMIT, PLAN_SEAL_SECRET: sealed/ → opened/<environment>/plan.out",
  async () => {
    const { app, name } = environment();
    await openPlans(
      resolve("opened", name),
      resolve("sealed"),
      stacksInOrder(app).map((stack) => stack.name),
      sealSecret(),
      sealContext(),
    );
  },
);

command(
  "comment",
  "ENVIRONMENT, PULL_REQUEST: report.out/<environment>.md → the pull-request comment",
  async () => {
    const { name } = environment();
    const pullRequest = Number(variable(env, "PULL_REQUEST", "the number of a pull request"));
    if (!Number.isSafeInteger(pullRequest) || pullRequest < 1)
      throw new AutomationError(
        `PULL_REQUEST=${env["PULL_REQUEST"]} is not a pull-request number; use a positive integer`,
      );
    const result = await stickyComment(await connect(env), pullRequest, report(name));
    print(`the comment on ${name} is ${result}`);
  },
);

command("summary", "ENVIRONMENT: report.out/<environment>.md → the run's summary page", async () => {
  writeSummary(env, report(environment().name));
});

command("reviewed-run", "COMMIT → outputs run-id and commit of its reviewed plan", async () => {
  const { runId, commit } = await reviewedRun(await connect(env), commitVariable(env, "COMMIT"));
  writeOutputs(env, "GITHUB_OUTPUT", { "run-id": String(runId), commit });
});

command("deploy", "ENVIRONMENT: cdktf deploy, each stack only if its plan matches opened/", (abort) => {
  const { app, name } = environment();
  return deployReviewed({
    root: root(),
    app,
    reviewed: resolve("opened", name),
    env,
    abort,
    onProgress: print,
  });
});

command(
  "committed",
  "fails if addresses.lock.json or a stacks.lock.json differs from the commit",
  async () => {
    const [changed] = await changedRecords(root());
    if (changed === undefined) return;
    throw new AutomationError(
      `${changed}: the commit lacks what \`npm run addresses\` and the synthesis write; run \`npm run addresses\` and ` +
        `\`npx nx run-many -t synth\`, and commit addresses.lock.json and apps/*/stacks.lock.json`,
    );
  },
);

command("freed-addresses", "copies a changed lock and changed records → freed/", async () => {
  for (const file of await copyRecords(root(), resolve("freed"))) print(file);
});

command(
  "propose-addresses",
  "ENVIRONMENT, COMMIT: freed/ → the pull request addresses/freed-<environment>",
  async () => {
    const { name } = environment();
    const result = await proposeAddresses(await connect(env), {
      environment: name,
      commit: commitVariable(env, "COMMIT"),
      base: variable(env, "BASE_BRANCH", "the branch that is deployed"),
      files: recordsIn(resolve("freed")),
    });
    print(`the pull request that frees addresses of ${name}: ${result}`);
  },
);

command(
  "drift",
  "ENVIRONMENT, STACK: the refresh-only plan in plan.out → the stack's drift issue",
  async () => {
    const { app, name } = environment();
    const stack = stackName();
    const drift = driftOf(new PlanFolder(app).readPlan(stack));
    for (const { address, tolerances } of drift.tolerated)
      print(`${address}: tolerated, ${tolerances.join(", ")}`);
    for (const { address, kind } of drift.resources) print(`${address}: ${kind}`);
    print(
      `the issue of ${stack}: ${await reconcileDriftIssue(await connect(env), { environment: name, stack }, drift)}`,
    );
  },
);

command(
  "reality",
  "ENVIRONMENT, EXIT_CODE: what `addresses reality --markdown` printed to reality.out/<environment>.md → its issue",
  async () => {
    const { name } = environment();
    const exitCode = variable(env, "EXIT_CODE", "the exit code of addresses reality");
    const markdown = readFileSync(resolve("reality.out", `${name}.md`), "utf8");
    print(
      `the issue of ${name}'s addresses: ${await reconcileRealityIssue(await connect(env), name, exitCode, markdown)}`,
    );
  },
);

command("repository-url", "GITHUB_REPOSITORY → the `repository` field of every public package", async () => {
  for (const name of await writeRepositoryUrl(root(), env)) print(name);
});

const report = (name: string) => readFileSync(resolve("report.out", `${name}.md`), "utf8");

void program.parseAsync();
