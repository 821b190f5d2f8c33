export { seedEksCluster, type SeedEksClusterProps } from "./adapters/aws/eks/seed-cluster";
export {
  addPodRange,
  gkeAddresses,
  type GkeClusterName,
  growNodePool,
  type NodePoolName,
  seedGkeCluster,
  type ProvisionedPool,
  provisionNodePool,
  removeProvisionedPool,
  type SeedGkeClusterProps,
} from "./adapters/google";
export { inventory, resourceCounts } from "./inventory/inventory";
export { type BlockUse, type AllocatedBlock } from "./inventory/allocated-block";
export { type Sandbox, type SandboxProps, startSandbox, withSandbox } from "./sandbox";
export { checkTerraform, oldestTerraform, TerraformVersionError } from "./terraform-version";
