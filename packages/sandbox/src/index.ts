export { type Sandbox, type SandboxProps, startSandbox, withSandbox } from "./sandbox";
export { checkTerraform, oldestTerraform, TerraformVersionError } from "./terraform-version";
export { standing, standingCounts } from "./standing/standing";
export { type BlockUse, type StandingBlock } from "./standing/standing-block";
