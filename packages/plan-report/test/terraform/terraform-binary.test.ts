import { findTerraform } from "../../src/terraform/terraform-binary";
import { removeScratch, scratch, writeScript } from "../scratch";

afterEach(removeScratch);

const named = (...lines: string[]) => ({ TERRAFORM_BINARY_NAME: writeScript(scratch(), "terraform", lines) });

test("finds Terraform, and OpenTofu if it is named", () => {
  expect(findTerraform({ PATH: process.env["PATH"] })).toMatchObject({
    command: "terraform",
    product: "Terraform",
  });
  expect(findTerraform(named('printf "OpenTofu v1.9.1\\non linux_amd64\\n"'))).toMatchObject({
    product: "OpenTofu",
    version: "1.9.1",
  });
});

test("a missing binary", () => {
  expect(() => findTerraform({ PATH: scratch() })).toThrow(
    /^terraform: not found; install Terraform 1.8 or later/,
  );
  expect(() => findTerraform({ TERRAFORM_BINARY_NAME: "/no/tofu" })).toThrow(
    /^TERRAFORM_BINARY_NAME=\/no\/tofu: not found/,
  );
});

test("a version that is too old", () => {
  expect(() => findTerraform(named('echo "Terraform v1.7.5"'))).toThrow(
    /Terraform 1.7.5 is too old; these stacks need 1.8 or later; upgrade it/,
  );
});

test("a different program", () => {
  expect(() => findTerraform(named('echo "hello"; exit 3'))).toThrow(
    /printed "hello", which is not a Terraform or OpenTofu version/,
  );
});
