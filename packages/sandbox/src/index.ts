export { placeCluster, type StandingClusterProps } from "./cloud/aws/eks/standing-cluster";
export type { Call, Faults } from "./cloud/faults";
export { noAnswer, ServiceError } from "./cloud/service-error";
export { DirectEc2, type DirectEc2Props, type Ec2Command } from "./endpoint/direct-ec2";
export { type Endpoint, type EndpointProps, startEndpoint } from "./endpoint/endpoint";
export type { BusEvent } from "./endpoint/event-bus";
export {
  addPodRange,
  gkeAddresses,
  type GkeClusterName,
  growNodePool,
  type NodePoolName,
  placeGkeCluster,
  type ProvisionedPool,
  provisionNodePool,
  removeProvisionedPool,
  type StandingGkeClusterProps,
} from "./cloud/google";
export { type Sandbox, type SandboxProps, startSandbox, withSandbox } from "./sandbox";
export { Journal } from "./store/journal";
export { Store, type StoreProps } from "./store/store";
export { checkTerraform, oldestTerraform, TerraformVersionError } from "./terraform-version";
export { standing, standingCounts } from "./standing/standing";
export { type BlockUse, type StandingBlock } from "./standing/standing-block";
export type { ProviderName } from "./schema/bindings";
export { loadSchema } from "./schema/generated";
export {
  type PrintedProvider,
  schemaDifferences,
  type SchemaDifferences,
  type UsedTypeNames,
} from "./schema/schema-difference";
