import { createRequire } from "node:module";

interface Validation {
  readonly ValidateTerraformVersion: { readonly prototype: { validate(): string[] } };
}

const load = createRequire(require.resolve("cdktf"));

/**
 * cdktf runs `terraform version` for every `terraform_data`, to ask for Terraform 1.4. Each stack already requires 1.8, which
 * Terraform checks itself, so a synth starts no process and needs no Terraform.
 */
function leaveTheVersionToTerraform(): void {
  const validation = load("./validations/validate-terraform-version") as Validation;
  validation.ValidateTerraformVersion.prototype.validate = () => [];
}

leaveTheVersionToTerraform();
