import { rmSync } from "node:fs";
import { type Sandbox, startSandbox } from "../src";
import { type Faults, noAnswer, ServiceError } from "@cluster-ipam/cloud-model";
import { Workspace } from "./workspace";

let faults: { -readonly [Fault in keyof Faults]: Faults[Fault] };
let sandbox: Sandbox;
let workspace: Workspace;

beforeEach(async () => {
  faults = {};
  sandbox = await startSandbox({ folders: [], faults });
  workspace = new Workspace(sandbox);
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(workspace.folder, { recursive: true });
});

const vpcs = (count: number) => `
provider "aws" { region = "eu-west-1" }
resource "aws_vpc" "one" {
  count      = ${count}
  cidr_block = "10.\${count.index}.0.0/16"
}`;

async function apply(count = 1): Promise<string> {
  workspace.write(vpcs(count));
  const { stdout, stderr } = await workspace.terraform("apply", "-no-color", "-auto-approve");
  return `${stdout}${stderr}`.replace(/[\s│]+/g, " ");
}

// Each runs the real Terraform several times.
jest.setTimeout(60_000);

test("Terraform is throttled before anything happens, and succeeds later", async () => {
  faults.before = ({ action }) =>
    action === "create aws_vpc"
      ? new ServiceError("RequestLimitExceeded", "Request limit exceeded.")
      : undefined;
  expect(await apply()).toContain("RequestLimitExceeded: Request limit exceeded.");
  faults.before = undefined;
  expect(await apply()).toContain("1 added");
});

test("a lost response leaves a resource that Terraform does not know", async () => {
  faults.after = ({ action }) => (action === "create aws_vpc" ? noAnswer() : undefined);
  expect(await apply()).toContain("The connection closed before a response arrived.");
  Object.assign(faults, { after: undefined, quotas: { vpcsPerRegion: 1 } });
  expect(await apply()).toContain("VpcLimitExceeded");
});

test("Terraform reaches a quota", async () => {
  faults.quotas = { vpcsPerRegion: 1 };
  expect(await apply(2)).toContain("VpcLimitExceeded: The maximum number of VPCs has been reached.");
});

test("Terraform reads what lies behind, and plans again what it made", async () => {
  await apply();
  faults.staleness = ({ action }) => (action === "read aws_vpc" ? 64 : 0);
  const { stdout } = await workspace.terraform("plan", "-no-color");
  expect(stdout).toContain("1 to add, 0 to change, 0 to destroy");
});
