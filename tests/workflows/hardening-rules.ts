import { type Job, jobsOf, type Step, type Workflow } from "./workflow";

/** A rule for every workflow. Returns one sentence per violation. */
export type HardeningRule = (workflow: Workflow) => readonly string[];

const perJob =
  (check: (job: Job, workflow: Workflow) => readonly string[]): HardeningRule =>
  (workflow) =>
    jobsOf(workflow).flatMap(([name, job]) =>
      check(job, workflow).map((violation) => `${name}: ${violation}`),
    );

const perStep = (check: (step: Step) => readonly string[]): HardeningRule =>
  perJob(({ steps }) => steps.flatMap(check));

const isTriggeredBy = ({ on }: Workflow, event: string) => Object.keys(on).includes(event);
const writes = ({ permissions = {} }: Job) =>
  Object.entries(permissions).flatMap(([name, access]) => (access === "write" ? [name] : []));
const hasSecret = (value: unknown) => /\bsecrets\b/.test(JSON.stringify(value ?? null));

/** The rules by name. */
export const hardeningRules: Readonly<Record<string, HardeningRule>> = {
  // A tag can be moved to other code, a commit cannot. The comment is for readers and Dependabot.
  "actions are pinned by commit": ({ text }) =>
    [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].flatMap(([, used = ""]) =>
      used.startsWith("./") || /^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used) ? [] : [used],
    ),

  "workflows may only read contents, jobs request more": ({ permissions }) =>
    JSON.stringify(permissions) === '{"contents":"read"}' ? [] : [JSON.stringify(permissions)],

  "no credentials persist in the checkout": perStep(({ uses, with: inputs }) =>
    uses?.startsWith("actions/checkout@") && inputs?.["persist-credentials"] !== false ? [uses] : [],
  ),

  // Expressions are inserted into the script before the shell parses it, so their value can contain commands.
  "no expression in a script": perStep(({ run, uses, with: inputs }) => [
    ...(run?.includes("${{") ? [run] : []),
    ...(uses?.startsWith("actions/github-script@") ? [`${uses} ${JSON.stringify(inputs)}`] : []),
  ]),

  // These triggers run with the repository's secrets on input from anyone.
  "no trigger that exposes secrets to untrusted input": ({ on }) =>
    Object.keys(on).filter((event) =>
      ["pull_request_target", "workflow_run", "issue_comment"].includes(event),
    ),

  "pull requests get secrets and write permissions only if trusted": perJob((job, workflow) =>
    isTriggeredBy(workflow, "pull_request") &&
    (writes(job).length > 0 || hasSecret(job)) &&
    !job.if?.includes(".outputs.trusted == 'true'")
      ? [
          `${[...writes(job), ...(hasSecret(job) ? ["secrets"] : [])].join(", ")} without a check of outputs.trusted`,
        ]
      : [],
  ),

  // Roles trust the environment in the token's subject, and protection rules apply to the environment.
  "cloud credentials require an environment": perJob((job) =>
    writes(job).includes("id-token") && job.environment === undefined
      ? ["id-token without an environment"]
      : [],
  ),

  // Every action in a job can read the job's environment variables.
  "secrets are passed only to the step that needs them": perJob((job) => [
    ...(hasSecret(job.env) ? ["a secret in the job's env"] : []),
    ...job.steps.flatMap((step) => (hasSecret(step.with) ? [`a secret in the inputs of ${step.uses}`] : [])),
  ]),

  "jobs have a timeout and a fixed image": perJob((job) => [
    ...(job["timeout-minutes"] === undefined ? ["no timeout-minutes"] : []),
    ...(job["runs-on"].endsWith("-latest") ? [job["runs-on"]] : []),
  ]),

  "runs do not overlap": ({ concurrency }) => (concurrency === undefined ? ["no concurrency"] : []),

  // A canceled deployment leaves a locked state and a partial change.
  "deployments are not canceled": ({ name, concurrency }) =>
    ["deploy.yml", "release.yml", "drift.yml"].includes(name) &&
    (concurrency as { "cancel-in-progress"?: unknown })?.["cancel-in-progress"] !== false
      ? ["cancel-in-progress"]
      : [],
};
