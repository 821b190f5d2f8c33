import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type Program, Workspace } from "./workspace";

interface BadInput {
  readonly program: Program;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Makes the input bad. */
  readonly prepare?: (workspace: Workspace) => void;
  /** What is wrong and what to do about it, in the one sentence on standard error. */
  readonly says: readonly [problem: string, fix: string];
}

const nowhere = { PATH: "/nowhere" };
const tooOld = (workspace: Workspace) =>
  workspace.terraform(
    'case "$*" in',
    `*-json*) echo '{"terraform_version":"1.5.7"}' ;;`,
    '*) echo "Terraform v1.5.7" ;;',
    "esac",
  );
const inPlan = (from: string, to: string) => (workspace: Workspace) =>
  workspace.edit("addresses.yaml", from, to);
const inLock = (from: string, to: string) => (workspace: Workspace) =>
  workspace.edit("addresses.lock.json", from, to);
const check = { program: "addresses", args: ["--check"] } as const;
const sandbox = { program: "sandbox", args: ["--", "terraform", "plan"] } as const;
const asFolder = (file: string) => (workspace: Workspace) => {
  rmSync(workspace.path(file));
  mkdirSync(workspace.path(file));
};
const halfLock = inLock("\n  ]\n}\n", "");
const stale = inPlan("nodes: 60", "nodes: 57");
const restore = "restore the file from version control, then run npm run addresses";
const commit = "run npm run addresses and commit the lock";

const table: Record<string, BadInput> = {
  "plan without Terraform": {
    program: "plan",
    env: nowhere,
    says: ["plan: terraform: not found", "install Terraform 1.8 or later"],
  },
  "plan-stacks without the binary that TERRAFORM_BINARY_NAME names": {
    program: "plan-stacks",
    env: { TERRAFORM_BINARY_NAME: "/nowhere/tofu" },
    says: ["plan-stacks: TERRAFORM_BINARY_NAME=/nowhere/tofu: not found", "name the binary"],
  },
  "the sandbox without Terraform": {
    ...sandbox,
    env: nowhere,
    says: ["sandbox: terraform: not found on PATH", "install Terraform 1.8.0 or later"],
  },
  "plan with an old Terraform": {
    program: "plan",
    prepare: tooOld,
    says: ["plan: terraform: Terraform 1.5.7 is too old", "upgrade it"],
  },
  "the sandbox with an old Terraform": {
    ...sandbox,
    prepare: tooOld,
    says: ["sandbox: terraform: version 1.5.7 is older than 1.8.0", "install Terraform 1.8.0 or later"],
  },
  "plan of an environment that does not exist": {
    program: "plan",
    args: ["--env", "staging"],
    says: ["plan: --env staging: there is no app in apps/staging", "choose from network, dev, prod"],
  },
  "synth with half an account id": {
    program: "synth prod",
    env: { PROD_AWS_ACCOUNT_ID: "12" },
    says: ['PROD_AWS_ACCOUNT_ID: "12" is not an AWS account id', "use its 12 digits"],
  },
  "synth with a project that Google does not know": {
    program: "synth prod",
    env: { PROD_GOOGLE_PROJECT: "Prod" },
    says: ['PROD_GOOGLE_PROJECT: "Prod" is not a Google Cloud project id', "use 6 to 30"],
  },
  "synth with a bucket without its Region": {
    program: "synth prod",
    env: { PROD_BACKEND: "s3://states/prod" },
    says: ['PROD_BACKEND: "s3://states/prod" is not a backend', "s3://<bucket>/<prefix>?region=<region>"],
  },
  "synth into a format that does not exist": {
    program: "synth prod",
    env: { BLUEPRINT_OUTPUT: "yaml" },
    says: ["BLUEPRINT_OUTPUT: yaml is not an output format", "use hcl or json"],
  },
  "synth with half a lock": {
    program: "synth prod",
    prepare: halfLock,
    says: ["addresses.lock.json: not JSON", restore],
  },
  "synth with a stale lock": {
    program: "synth prod",
    prepare: stale,
    says: ["addresses.lock.json: aws/eu-central-1/prod/eks-pods/prod-payments/pods/eu-central-1a", commit],
  },
  "synth without a lock": {
    program: "synth prod",
    prepare: (workspace) => rmSync(workspace.path("addresses.lock.json")),
    says: ["addresses.lock.json: not found next to addresses.yaml", "run npm run addresses and commit it"],
  },
  "addresses --check with half a lock": {
    ...check,
    prepare: halfLock,
    says: ["addresses.lock.json: not JSON", restore],
  },
  "addresses --check with a stale lock": {
    ...check,
    prepare: stale,
    says: ['the lock records "/20: 2,000 pods on 20 nodes + 2 surge"', commit],
  },
  "addresses --check with an allocation moved by hand": {
    ...check,
    prepare: inLock("10.224.0.128/27", "10.225.0.128/27"),
    says: ["10.225.0.128/27 is outside 10.224.0.0/24", restore],
  },
  "addresses --check with a merge conflict": {
    ...check,
    prepare: inLock('  "version": 2,', '<<<<<<< HEAD\n  "version": 2,'),
    says: ["addresses.lock.json:2: merge conflict", "run npm run addresses, which merges both sides"],
  },
  "addresses with half a lock": {
    program: "addresses",
    prepare: halfLock,
    says: ["addresses.lock.json: not JSON", restore],
  },
  "addresses in a Region that does not exist": {
    program: "addresses",
    prepare: inPlan("    eu-central-1: {", "    eu-centrl-1: {"),
    says: [
      "addresses.yaml:19: regions.aws.eu-centrl-1: unknown aws region eu-centrl-1",
      "did you mean eu-central-1?",
    ],
  },
  "plan with an instance type that does not exist": {
    program: "plan",
    prepare: (workspace) => {
      workspace.terraform('echo "Terraform v1.11.4"');
      inPlan("instanceType: m7i.2xlarge", "instanceType: m7i.2xlrge")(workspace);
    },
    says: ["plan: addresses.yaml:71: clusters.prod-payments.instanceType", "did you mean m7i.2xlarge?"],
  },
  "addresses for a demand that no pool can carry": {
    program: "addresses",
    prepare: inPlan("nodes: 60", "nodes: 6000"),
    says: ["no aligned /16 is free in 100.64.0.0/15", "set environments.prod.aws.eksPods to /1"],
  },
  "addresses for a demand that outgrew the VPC's quota of CIDRs": {
    program: "addresses",
    prepare: inPlan("nodes: 60", "nodes: 240"),
    says: ["its VPC needs 6 CIDRs", "set clusters.prod-payments.vpcCidrQuota to 6"],
  },
  "addresses with a plan in UTF-16": {
    program: "addresses",
    prepare: (workspace) => {
      const text = readFileSync(workspace.path("addresses.yaml"), "utf8");
      writeFileSync(workspace.path("addresses.yaml"), `\uFEFF${text}`, "utf16le");
    },
    says: ["addresses.yaml: is UTF-16, not text in UTF-8", "save it as UTF-8"],
  },
  "addresses with a binary plan": {
    program: "addresses",
    prepare: (workspace) =>
      writeFileSync(workspace.path("addresses.yaml"), Buffer.from([0x7f, 0x45, 0xff, 0x01, 0x99])),
    says: ["addresses.yaml: is in another encoding, or binary", "restore it from version control"],
  },
  "addresses with a folder in the place of the plan": {
    program: "addresses",
    prepare: asFolder("addresses.yaml"),
    says: ["addresses.yaml: is a folder, and must be a file", "move the folder away"],
  },
  "synth with a folder in the place of the lock": {
    program: "synth prod",
    prepare: asFolder("addresses.lock.json"),
    says: ["addresses.lock.json: is a folder, and must be a file", "move the folder away"],
  },
  "addresses --check with an empty lock": {
    ...check,
    prepare: (workspace) => writeFileSync(workspace.path("addresses.lock.json"), ""),
    says: ["addresses.lock.json: not JSON", restore],
  },
  "plan with half a package.json of an app": {
    program: "plan",
    prepare: (workspace) => {
      workspace.terraform('echo "Terraform v1.11.4"');
      writeFileSync(workspace.path("apps/dev/package.json"), '{"name":');
    },
    says: ["apps/dev/package.json: not JSON", "restore it from version control"],
  },
  "plan with junk in TF_REATTACH_PROVIDERS": {
    program: "plan",
    env: { TF_REATTACH_PROVIDERS: "junk" },
    prepare: (workspace) => workspace.terraform('echo "Terraform v1.11.4"'),
    says: ['TF_REATTACH_PROVIDERS: "junk" is not a JSON object', "unset it"],
  },
  "addresses without the lock of recorded stacks": {
    program: "addresses",
    prepare: (workspace) => rmSync(workspace.path("addresses.lock.json")),
    says: ["is missing, but", "git checkout HEAD -- addresses.lock.json"],
  },
};

test.concurrent.each(Object.entries(table))("%s", async (_name, { program, args, env, prepare, says }) => {
  await Workspace.with(async (workspace) => {
    prepare?.(workspace);
    const before = workspace.files();

    const { code, stderr } = await workspace.run(program, args, env);

    expect(code).toBe(1);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    for (const part of says) expect(stderr).toContain(part);
    expect(workspace.files()).toEqual(before);
  });
});

test.concurrent.each<[Program, readonly string[]]>([
  ["synth prod", []],
  ["plan", []],
  ["addresses", ["--check"]],
])("%s shows where it happened if DEBUG is set", async (program, args) => {
  await Workspace.with(async (workspace) => {
    workspace.terraform('echo "Terraform v1.11.4"');
    halfLock(workspace);

    const { code, stderr } = await workspace.run(program, args, { DEBUG: "1" });

    expect(code).toBe(1);
    expect(stderr).toMatch(/AddressPlanError: addresses\.lock\.json: not JSON.*\n {4}at parseJson/);
  });
});
