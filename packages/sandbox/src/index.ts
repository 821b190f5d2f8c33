export { type Sandbox, type SandboxProps, startSandbox, withSandbox } from "./sandbox";
export { checkTerraform, oldestTerraform, TerraformVersionError } from "./terraform-version";
