import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EC2Client, DescribeIpamPoolsCommand, ModifyIpamPoolCommand } from "@aws-sdk/client-ec2";
import { type Sandbox, startSandbox } from "@cluster-ipam/sandbox";
import { FakeGitHub } from "../../.github/automation/test/github/fake-github";
import { Checkout } from "../checkout";
import { type Expressions, Runner } from "./runner";

jest.setTimeout(300_000);

const secret = "c2VjcmV0LW9mLXRoZS13b3JrZmxvd3MtaW4tdGVzdHM=";
const environment = "network";
const stack = "address-space";
const account = "111122223333";

let checkout: Checkout;
let sandbox: Sandbox;
let github: FakeGitHub;
/** Head of the pull request, and its merge commit. */
let head: string;
let merge: string;

beforeAll(async () => {
  checkout = await Checkout.make();
  checkout.append("apps/network/src/main.ts", "\n// A change to the network.\n");
  head = await checkout.commit("feat: change the network");
  checkout.append("README.md", "\n");
  merge = await checkout.commit("Merge the pull request");
  sandbox = await startSandbox({ folders: [checkout.folder], state: checkout.path(".sandbox") });
  github = await FakeGitHub.start();
});
afterAll(async () => {
  await github.stop();
  await sandbox.stop();
  checkout.remove();
});

/** A job with values for the workflow's expressions. */
function job(workflow: string, name: string, expressions: Expressions = {}): Runner {
  const env = {
    ...{ ...sandbox.env, ...github.env, GITHUB_SERVER_URL: "https://github.com", NX_DAEMON: "false" },
    ...{ TF_IN_AUTOMATION: "1", CI: "true" },
  };
  return new Runner(checkout.folder, workflow, name, env, {
    ...{
      "matrix.environment": environment,
      "matrix.stack": stack,
      "github.token": github.env["GITHUB_TOKEN"]!,
    },
    ...{ "secrets.PLAN_SEAL_SECRET": secret, "toJSON(vars)": `{"NETWORK_AWS_ACCOUNT_ID":"${account}"}` },
    ...{
      "github.server_url": "https://github.com",
      "github.repository": github.repository,
      "github.run_id": "1",
    },
    "github.event.pull_request.head.sha || github.sha": head,
    "github.event_name == 'pull_request' && 'HEAD^1' || 'HEAD'": "HEAD^1",
    ...expressions,
  });
}

const names = (folder: string) => readdirSync(checkout.path(folder)).sort();

test("plan: only affected environments are planned", async () => {
  const affected = async (base: string) =>
    (
      await job("plan.yml", "affected", {
        "github.event_name == 'pull_request' && 'HEAD^1' || ''": base,
      }).run("affected")
    ).outputs;
  expect(await affected("HEAD^1")).toEqual({ environments: "[]", projects: "" });
  expect(await affected("HEAD~2")).toEqual({
    environments: '["network"]',
    projects: "@cluster-ipam/network-app",
  });
  expect(JSON.parse((await affected(""))["environments"]!)).toEqual(["network", "dev", "prod"]);
});

test("plan: a change to the lock or to a package affects every environment that uses it", async () => {
  const affected = async () => {
    const runner = job("plan.yml", "affected", {
      "github.event_name == 'pull_request' && 'HEAD^1' || ''": "HEAD^1",
    });
    return JSON.parse((await runner.run("affected")).outputs["environments"]!) as string[];
  };
  checkout.append("addresses.lock.json", "\n");
  await checkout.commit("lock");
  expect(await affected()).toEqual(["network", "dev", "prod"]);
  checkout.append("packages/gke/src/index.ts", "\n");
  await checkout.commit("gke");
  expect(await affected()).toEqual(["dev", "prod"]);
  await checkout.git("reset", "-q", "--hard", merge);
});

test("plan: one job per stack seals its plan, and the report becomes a single comment", async () => {
  const jobs = job("plan.yml", "affected", {
    "steps.affected.outputs.environments": '["network"]',
    "steps.affected.outputs.projects": "@cluster-ipam/network-app",
  });
  for (const step of ["settings", "synth", "committed"]) await jobs.run(step);
  expect(JSON.parse((await jobs.run("jobs")).outputs["jobs"]!)).toEqual([{ environment, stack }]);

  const plan = job("plan.yml", "plan");
  for (const step of ["settings", "synth", "plan", "seal"]) await plan.run(step);
  expect(names("sealed")).toEqual([`${stack}.sealed`]);
  expect(readFileSync(checkout.path("sealed", `${stack}.sealed`)).includes("aws_vpc_ipam")).toBe(false);
  rmSync(checkout.path("apps/network/plan.out"), { recursive: true });

  const pullRequest = github.issue({ number: 12, pull_request: {} });
  const report = job("plan.yml", "report", { "github.event.pull_request.number": "12" });
  for (const step of ["settings", "synth", "open", "report", "comment", "summary"]) await report.run(step);
  const [comment] = pullRequest.comments;
  expect(comment!.body).toMatch(/^<!-- cluster-ipam:plan-report:network -->/);
  expect(comment!.body).toContain("10.0.0.0/8");
  expect(report.summary).toContain(comment!.body.trim());
  expect((await report.run("comment")).output).toContain("the comment on network is unchanged");
  expect(pullRequest.comments).toHaveLength(1);
});

test("plan: a commit without what the synthesis writes fails", async () => {
  const record = checkout.path("apps/network/stacks.lock.json");
  const committed = readFileSync(record, "utf8");
  rmSync(record);
  const affected = job("plan.yml", "affected", {
    "steps.affected.outputs.projects": "@cluster-ipam/network-app",
  });
  expect(await affected.try("committed")).toMatchObject({
    code: 1,
    output: expect.stringContaining(
      "apps/network/stacks.lock.json: the commit lacks what `npm run addresses` and the synthesis write",
    ) as string,
  });
  writeFileSync(record, committed);
  await affected.run("committed");
});

test("plan: the verdict fails if any job fails", async () => {
  const verdict = async (broken: string) => {
    const results = "contains(needs.*.result, 'failure') || contains(needs.*.result, 'cancelled')";
    return (await job("plan.yml", "verdict", { [results]: broken }).try("verdict")).code;
  };
  expect([await verdict("false"), await verdict("true")]).toEqual([0, 1]);
});

test("deploy: a reviewed plan is deployed, and then there is nothing to do", async () => {
  github.pulls[merge] = [{ head: { sha: head }, merged_at: "2026-01-02T00:00:00Z" }];
  github.runs.push({
    ...{
      id: 77,
      head_sha: head,
      event: "pull_request",
      status: "success",
      created_at: "2026-01-01T00:00:00Z",
    },
    head_repository: { full_name: github.repository },
  });
  const reviewed = await job("deploy.yml", "deploy", { "github.sha": merge }).run("reviewed");
  expect(reviewed.outputs).toEqual({ "run-id": "77", commit: head });

  const deploy = job("deploy.yml", "deploy", { "github.sha": merge, "steps.reviewed.outputs.commit": head });
  for (const step of ["settings", "synth", "open"]) await deploy.run(step);
  expect((await deploy.run("deploy")).output).toContain(`${stack}: deployed`);
  expect((await deploy.run("deploy")).output).toContain(`${stack}: nothing to do`);
});

test("deploy: what the states prove to be free becomes a pull request", async () => {
  const branch = { "github.ref_name": "main", "github.sha": merge };
  const propose = () => job("deploy.yml", "propose", branch).run("propose");
  const deploy = job("deploy.yml", "deploy", branch);
  await deploy.run("addresses");
  expect((await propose()).output).toContain("frees addresses of network: none");

  const record = checkout.path("apps/network/stacks.lock.json");
  const committed = readFileSync(record, "utf8");
  writeFileSync(record, committed.replace(/"stacks": \[[^]*\]/, '"stacks": []'));
  const freed = readFileSync(record, "utf8");
  expect((await deploy.run("addresses")).output).toContain("apps/network/stacks.lock.json");
  expect((await propose()).output).toContain("frees addresses of network: created");
  expect(github.proposals).toMatchObject([{ head: "addresses/freed-network", base: "main" }]);
  const { parents, files } = github.commits[github.refs["refs/heads/addresses/freed-network"]!]!;
  expect({ parents, files }).toEqual({
    parents: [merge],
    files: { "apps/network/stacks.lock.json": freed },
  });
  writeFileSync(record, committed);
  rmSync(checkout.path("freed"), { recursive: true });
});

test("deploy: a plan that was not reviewed is not deployed", async () => {
  const deploy = job("deploy.yml", "deploy", { "steps.reviewed.outputs.commit": head });
  const other = await job("deploy.yml", "deploy", { "steps.reviewed.outputs.commit": merge }).try("open");
  expect(other).toMatchObject({
    code: 1,
    output: expect.stringContaining(`belongs to a commit other than ${merge}`) as string,
  });

  const file = checkout.path("apps/network/cdktf.out/stacks", stack, "cdk.tf");
  const kept = checkout.path("kept.tf");
  cpSync(file, kept);
  writeFileSync(file, `${readFileSync(file, "utf8")}\noutput "unreviewed" {\n  value = "1"\n}\n`);
  const { code, output } = await deploy.try("deploy");
  expect({ code, output }).toEqual({
    code: 1,
    output: expect.stringMatching(/the plan differs from the reviewed one; run the plan workflow/) as string,
  });
  expect(output).toContain("output.unreviewed: reviewed: nothing, now: create");
  cpSync(kept, file);
});

test("drift: an issue opens on drift and closes without it", async () => {
  const drift = job("drift.yml", "drift");
  for (const step of ["settings", "synth"]) await drift.run(step);
  const night = async () => {
    await drift.run("plan");
    return (await drift.run("issue")).output;
  };
  expect(await night()).toContain(`the issue of ${stack}: none`);

  const { endpoint } = sandbox;
  const ec2 = new EC2Client({
    ...{ endpoint: endpoint.url, region: "eu-central-1" },
    credentials: { accessKeyId: account, secretAccessKey: "test" },
  });
  const { IpamPools: [pool] = [] } = await ec2.send(new DescribeIpamPoolsCommand({}));
  const describe = (Description: string) =>
    ec2.send(new ModifyIpamPoolCommand({ IpamPoolId: pool!.IpamPoolId, Description }));
  await describe("changed by hand");
  expect(await night()).toContain(`the issue of ${stack}: opened`);
  expect(github.issues.find(({ title }) => title === `Drift in network: ${stack}`)).toMatchObject({
    state: "open",
    body: expect.stringMatching(/has a different `description`/) as string,
  });
  await describe(pool!.Description ?? "");
  expect(await night()).toContain(`the issue of ${stack}: closed`);
});

test("release: the version is pushed with its tag, and no token is stored", async () => {
  const server = checkout.path(".git/server");
  const remote = join(server, `${github.repository}.git`);
  await checkout.git("init", "-q", "--bare", remote);
  await checkout.git("tag", "v0.1.0");
  checkout.append("packages/gke/README.md", "\n");
  await checkout.commit("fix(gke): mend the fences");
  const version = job("release.yml", "version");
  await version.run("version");
  expect((await version.run("tag")).outputs).toEqual({ tag: "v0.1.1" });
  const push = new Runner(
    checkout.folder,
    "release.yml",
    "version",
    { ...github.env, GITHUB_SERVER_URL: `file://${server}` },
    { "secrets.RELEASE_TOKEN || github.token": "token-of-the-run" },
  );
  await push.run("push");
  expect(await checkout.git("-C", remote, "log", "-1", "--format=%H %D", "main")).toMatch(
    /^[0-9a-f]{40} .*tag: v0\.1\.1/,
  );
  expect(readFileSync(checkout.path(".git/config"), "utf8")).not.toContain("token");
});
