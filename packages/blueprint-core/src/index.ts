import type * as awsProviderModule from "./aws/aws-provider";
import type * as subnetModule from "./aws/subnet";
import type * as vpcIpamPoolModule from "./aws/vpc-ipam-pool";
import type * as containerClusterModule from "./google/container-cluster";
import type * as containerNodePoolModule from "./google/container-node-pool";
import type * as googleProviderModule from "./google/google-provider";

export type { Backend } from "./backend";
export { BlueprintApp, type BlueprintAppProps } from "./blueprint-app";
export { BlueprintStack, type BlueprintStackProps } from "./blueprint-stack";
export { main } from "./main";
export { type NamedResource, resourceName } from "./names";
export { type ProviderName, providerVersions, type VersionRange } from "./provider-versions";
export { standardTags, type StandardTagsProps } from "./tags";
export { ValidationError } from "./validation-error";
export { warn } from "./warning";

export type { AwsProviderProps } from "./aws/aws-provider";
export type { SubnetConfig } from "./aws/subnet";
export type { VpcIpamPoolConfig, VpcIpamPoolSourceResource } from "./aws/vpc-ipam-pool";
export type { ContainerClusterConfig, ContainerClusterIpAllocationPolicy } from "./google/container-cluster";
export type { ContainerNodePoolConfig, ContainerNodePoolNetworkConfig } from "./google/container-node-pool";
export type { GoogleProviderProps } from "./google/google-provider";

// What extends a provider's bindings is loaded at its first use: google_container_cluster alone takes 35 ms,
// which a composition without a Google cluster need not pay.
export type Subnet = subnetModule.Subnet;
export declare const Subnet: typeof subnetModule.Subnet;
export type VpcIpamPool = vpcIpamPoolModule.VpcIpamPool;
export declare const VpcIpamPool: typeof vpcIpamPoolModule.VpcIpamPool;
export type ContainerCluster = containerClusterModule.ContainerCluster;
export declare const ContainerCluster: typeof containerClusterModule.ContainerCluster;
export type ContainerNodePool = containerNodePoolModule.ContainerNodePool;
export declare const ContainerNodePool: typeof containerNodePoolModule.ContainerNodePool;
export declare const awsProvider: typeof awsProviderModule.awsProvider;
export declare const googleProvider: typeof googleProviderModule.googleProvider;

/* eslint-disable @typescript-eslint/no-require-imports -- only require() loads at first use */
const lazy = {
  Subnet: () => (require("./aws/subnet") as typeof subnetModule).Subnet,
  VpcIpamPool: () => (require("./aws/vpc-ipam-pool") as typeof vpcIpamPoolModule).VpcIpamPool,
  ContainerCluster: () =>
    (require("./google/container-cluster") as typeof containerClusterModule).ContainerCluster,
  ContainerNodePool: () =>
    (require("./google/container-node-pool") as typeof containerNodePoolModule).ContainerNodePool,
  awsProvider: () => (require("./aws/aws-provider") as typeof awsProviderModule).awsProvider,
  googleProvider: () => (require("./google/google-provider") as typeof googleProviderModule).googleProvider,
};
for (const [name, load] of Object.entries(lazy)) {
  Object.defineProperty(exports, name, { enumerable: true, get: load });
}
