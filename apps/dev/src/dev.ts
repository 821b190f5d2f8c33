import { type AddressPlan } from "@cluster-ipam/address-plan";
import { type BlueprintApp, standardTags } from "@cluster-ipam/blueprint-core";
import {
  EksClusterStack,
  EksNetworkStack,
  type KarpenterNodePoolOptions,
  type NodeGroupOptions,
} from "@cluster-ipam/eks-cni";
import { GkeClusterStack, GkeNetworkStack, GkeSystemStack } from "@cluster-ipam/gke";
import { SubnetAutoscalerStack } from "@cluster-ipam/subnet-autoscaler";
import { type Environment } from "./environment";

/** Settings that the owner of dev changes in daily work. */
export interface DevSettings {
  /** Kubernetes version of the EKS cluster, for example `1.34`. */
  readonly eksVersion: string;
  /** Node groups of the EKS cluster. */
  readonly eksNodeGroups: readonly NodeGroupOptions[];
  /** Node pools of Karpenter on the jobs cluster. */
  readonly karpenterNodePools: readonly KarpenterNodePoolOptions[];
  /** Minimum version of the GKE cluster, for example `1.34`. */
  readonly gkeVersion: string;
  /** Machine type of the GKE nodes. */
  readonly gkeMachineType: string;
}

const tags = standardTags({ environment: "dev" });

/** The current settings of dev. */
export const devSettings: DevSettings = {
  eksVersion: "1.34",
  eksNodeGroups: [
    {
      name: "general",
      instanceType: "m7i.large",
      capacityType: "SPOT",
      size: { min: 2, desired: 2, max: 6 },
    },
  ],
  karpenterNodePools: [{ name: "spot", maxNodes: 17, capacityTypes: ["spot"], labels: { workload: "jobs" } }],
  gkeVersion: "1.34",
  gkeMachineType: "e2-standard-4",
};

/** Dev is small and cheap: two zones, one NAT gateway, spot nodes and no deletion protection. */
export function composeDev(
  app: BlueprintApp,
  addresses: AddressPlan,
  environment: Environment,
  settings: DevSettings = devSettings,
): void {
  composeEks(app, addresses, environment, settings);
  composeJobs(app, addresses, environment, settings);
  composeGke(app, addresses, environment, settings);
}

function composeEks(
  app: BlueprintApp,
  addresses: AddressPlan,
  environment: Environment,
  settings: DevSettings,
): void {
  const network = new EksNetworkStack(app, "dev-apps-network", {
    tags,
    addresses: addresses.eks("dev-apps"),
    accountId: environment.awsAccountId,
    natGateways: "single",
    deletionProtection: false,
  });
  const apps = new EksClusterStack(app, "dev-apps", {
    tags,
    network: network.contract,
    version: settings.eksVersion,
    deletionProtection: false,
    nodeGroups: settings.eksNodeGroups,
  });
  if (environment.subnetAutoscaler === "off") return;
  new SubnetAutoscalerStack(app, "dev-apps-autoscaler", {
    tags,
    contract: apps.contract,
    mode: environment.subnetAutoscaler,
    logRetentionDays: 14,
  });
}

/** Jobs on nodes that Karpenter adds and removes. Its controller runs on the node group. */
function composeJobs(
  app: BlueprintApp,
  addresses: AddressPlan,
  environment: Environment,
  settings: DevSettings,
): void {
  const network = new EksNetworkStack(app, "dev-jobs-network", {
    tags,
    addresses: addresses.eks("dev-jobs"),
    accountId: environment.awsAccountId,
    natGateways: "single",
    deletionProtection: false,
  });
  new EksClusterStack(app, "dev-jobs", {
    tags,
    network: network.contract,
    version: settings.eksVersion,
    deletionProtection: false,
    nodeGroups: [{ name: "system", instanceType: "m7i.large", size: { min: 2, desired: 2, max: 3 } }],
    karpenter: { nodePools: settings.karpenterNodePools },
  });
}

function composeGke(
  app: BlueprintApp,
  addresses: AddressPlan,
  environment: Environment,
  settings: DevSettings,
): void {
  const network = new GkeNetworkStack(app, "dev-search-network", {
    tags,
    addresses: addresses.gke("dev-search"),
    project: environment.googleProject,
    ipam: { mode: "auto", acceptPreview: true },
    version: settings.gkeVersion,
  });
  const search = new GkeClusterStack(app, "dev-search", {
    tags,
    network: network.contract,
    deletionProtection: false,
    nodePools: [
      { name: "general", machineType: settings.gkeMachineType, spot: true, size: { min: 1, max: 4 } },
    ],
  });
  new GkeSystemStack(app, "dev-search-system", { tags, contract: search.contract });
}
