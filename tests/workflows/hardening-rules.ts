import { type Job, jobsOf, type Step, type Workflow } from "./workflow";

/** What every workflow has to keep. It returns what is wrong, in one sentence each. */
export type HardeningRule = (workflow: Workflow) => readonly string[];

const perJob =
  (check: (job: Job, workflow: Workflow) => readonly string[]): HardeningRule =>
  (workflow) =>
    jobsOf(workflow).flatMap(([name, job]) => check(job, workflow).map((wrong) => `${name}: ${wrong}`));

const perStep = (check: (step: Step) => readonly string[]): HardeningRule =>
  perJob(({ steps }) => steps.flatMap(check));

const isTriggeredBy = ({ on }: Workflow, event: string) => Object.keys(on).includes(event);
const writes = ({ permissions = {} }: Job) =>
  Object.entries(permissions).flatMap(([name, access]) => (access === "write" ? [name] : []));
const hasSecret = (value: unknown) => /\bsecrets\b/.test(JSON.stringify(value ?? null));

/** The rules by their names. */
export const hardeningRules: Readonly<Record<string, HardeningRule>> = {
  // A tag can be moved to other code; a commit cannot. The comment is for people and for Dependabot.
  "actions are pinned by commit": ({ text }) =>
    [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].flatMap(([, used = ""]) =>
      used.startsWith("./") || /^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used) ? [] : [used],
    ),

  "workflows may read contents, jobs ask for more": ({ permissions }) =>
    JSON.stringify(permissions) === '{"contents":"read"}' ? [] : [JSON.stringify(permissions)],

  "no credentials stay in the checkout": perStep(({ uses, with: inputs }) =>
    uses?.startsWith("actions/checkout@") && inputs?.["persist-credentials"] !== false ? [uses] : [],
  ),

  // An expression is pasted into the script before the shell reads it, quotes and all.
  "no expression in a script": perStep(({ run, uses, with: inputs }) => [
    ...(run?.includes("${{") ? [run] : []),
    ...(uses?.startsWith("actions/github-script@") ? [`${uses} ${JSON.stringify(inputs)}`] : []),
  ]),

  // These run with the repository's secrets on what a stranger has written.
  "no trigger that gives strangers secrets": ({ on }) =>
    Object.keys(on).filter((event) =>
      ["pull_request_target", "workflow_run", "issue_comment"].includes(event),
    ),

  "what strangers start gets neither secrets nor rights": perJob((job, workflow) =>
    isTriggeredBy(workflow, "pull_request") &&
    (writes(job).length > 0 || hasSecret(job)) &&
    !job.if?.includes(".outputs.trusted == 'true'")
      ? [
          `${[...writes(job), ...(hasSecret(job) ? ["secrets"] : [])].join(", ")} without asking who is trusted`,
        ]
      : [],
  ),

  // Roles trust the environment in the token's subject, and protection rules guard the environment.
  "an identity belongs to an environment": perJob((job) =>
    writes(job).includes("id-token") && job.environment === undefined
      ? ["id-token without an environment"]
      : [],
  ),

  // A secret in the environment of a job is in the environment of every action it uses.
  "secrets go to the one command that needs them": perJob((job) => [
    ...(hasSecret(job.env) ? ["a secret in the job's env"] : []),
    ...job.steps.flatMap((step) => (hasSecret(step.with) ? [`a secret in the inputs of ${step.uses}`] : [])),
  ]),

  "jobs end, on an image that does not change under them": perJob((job) => [
    ...(job["timeout-minutes"] === undefined ? ["no timeout-minutes"] : []),
    ...(job["runs-on"].endsWith("-latest") ? [job["runs-on"]] : []),
  ]),

  "runs do not race": ({ concurrency }) => (concurrency === undefined ? ["no concurrency"] : []),

  // A deployment that is broken off leaves a locked state and half of the change.
  "deployments are not broken off": ({ name, concurrency }) =>
    ["deploy.yml", "release.yml", "drift.yml"].includes(name) &&
    (concurrency as { "cancel-in-progress"?: unknown })?.["cancel-in-progress"] !== false
      ? ["cancel-in-progress"]
      : [],
};
