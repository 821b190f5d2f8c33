import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import "./absent-terraform";
import { DataResource } from "cdktf";
import { BlueprintApp, BlueprintStack } from "../../src";

const folder = mkdtempSync(join(tmpdir(), "terraform-version-check-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("terraform_data is synthesized without running Terraform, whose version the stack requires", () => {
  const app = new BlueprintApp({
    backend: { type: "local", directory: "../../../state" },
    outdir: join(folder, "cdktf.out"),
  });
  const stack = new BlueprintStack(app, "stack");
  const data = new DataResource(stack, "data");
  expect(data.node.validate()).toEqual([]);
  expect(stack.toHclTerraform().hcl).toMatch(/required_version\s+= ">= 1\.8"/);
});
