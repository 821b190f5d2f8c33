import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journal, Store } from "@cluster-ipam/cloud-model";
import { startSandbox } from "../src";
import { listResources } from "../src/resource-store/resource-store";
import { Workspace } from "./workspace";

const configuration = `
provider "aws" { region = "eu-west-1" }
resource "aws_kms_key" "twin" { count = 3 }
resource "aws_iam_role" "named" {
  name               = "named"
  assume_role_policy = "{}"
}
resource "aws_kms_key" "own" { description = "own" }
resource "aws_kms_alias" "own" {
  name          = "alias/own"
  target_key_id = aws_kms_key.own.key_id
}`;

describe("what Terraform did not keep", () => {
  const state = mkdtempSync(join(tmpdir(), "killed-"));
  const spaces: Workspace[] = [];

  afterAll(() => {
    for (const folder of [state, ...spaces.map((space) => space.folder)]) rmSync(folder, { recursive: true });
  });

  /** A run of Terraform without a state file, in a sandbox of its own. */
  async function run(interrupted: boolean): Promise<string> {
    const sandbox = await startSandbox({ folders: [], state });
    const workspace = new Workspace(sandbox).write(configuration);
    spaces.push(workspace);
    const { stdout, stderr } = await workspace.terraform("apply", "-no-color", "-auto-approve");
    await sandbox.stop(interrupted);
    return `${stdout}${stderr}`.replace(/[\s│]+/g, " ");
  }

  const keys = () =>
    new Store({ journal: new Journal(state) }).view((look) =>
      listResources(look, "aws_kms_key").map(({ id }) => id),
    );

  it("is answered again after a kill, and refused after a run that ended well", async () => {
    expect(await run(true)).toContain("Resources: 6 added");
    const made = keys();
    expect(await run(false)).toContain("Resources: 6 added");
    expect(made).toHaveLength(4);
    expect(keys()).toEqual(made);

    const output = await run(false);
    expect(output).toMatch(
      /Error: creating IAM Role \(named\): operation error IAM: CreateRole, https response error StatusCode: 409, RequestID: \S+, EntityAlreadyExists: Role with name named already exists\./,
    );
    expect(keys()).toHaveLength(8);
  }, 60_000);
});
