import { type AddressPlan } from "@cluster-ipam/address-plan";
import { type BlueprintApp, standardTags } from "@cluster-ipam/blueprint-core";
import { EksClusterStack, EksNetworkStack } from "@cluster-ipam/eks-cni";
import { GkeClusterStack, GkeNetworkStack, GkeSystemStack } from "@cluster-ipam/gke";
import { SubnetAutoscalerDashboard, SubnetAutoscalerStack } from "@cluster-ipam/subnet-autoscaler";
import { type Environment } from "./environment";

/** Settings that the owner of prod changes in daily work. */
export interface ProdSettings {
  /** Kubernetes version of the EKS cluster, for example `1.34`. */
  readonly eksVersion: string;
  /** Maximum nodes of the EKS cluster's general group. */
  readonly eksMaxNodes: number;
  /** Minimum version of the GKE cluster, for example `1.34`. */
  readonly gkeVersion: string;
  /** Maximum pods per GKE node, 8 to 110. Changing it replaces the node pool. */
  readonly gkePodsPerNode: number;
  /** The clouds and Terraform refuse to destroy the clusters and the VPC. */
  readonly deletionProtection: boolean;
}

/** Audits ask for the logs of a year. */
const logRetentionDays = 365;

const tags = standardTags({ environment: "prod" });

/** The current settings of prod. */
export const prodSettings: ProdSettings = {
  eksVersion: "1.34",
  eksMaxNodes: 60,
  gkeVersion: "1.34",
  gkePodsPerNode: 110,
  deletionProtection: true,
};

/** Prod has three zones, a NAT gateway per zone, deletion protection, and what docs/security.md answers for. */
export function composeProd(
  app: BlueprintApp,
  addresses: AddressPlan,
  environment: Environment,
  settings: ProdSettings = prodSettings,
): void {
  const deletionProtection = settings.deletionProtection && environment.deletionProtection === "on";
  composeEks(app, addresses, environment, { ...settings, deletionProtection });
  composeGke(app, addresses, environment, { ...settings, deletionProtection });
}

function composeEks(
  app: BlueprintApp,
  addresses: AddressPlan,
  environment: Environment,
  settings: ProdSettings,
): void {
  const network = new EksNetworkStack(app, "prod-payments-network", {
    tags,
    addresses: addresses.eks("prod-payments"),
    accountId: environment.awsAccountId,
    natGateways: "per-zone",
    flowLogs: { retentionDays: logRetentionDays, kmsKey: "create" },
    deletionProtection: settings.deletionProtection,
  });
  const payments = new EksClusterStack(app, "prod-payments", {
    tags,
    network: network.contract,
    version: settings.eksVersion,
    deletionProtection: settings.deletionProtection,
    kmsKey: "create",
    controlPlaneLogs: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
    logRetentionDays,
    cni: { prefixDelegation: { warmPrefixTarget: 1 }, networkPolicy: true },
    nodeGroups: [
      {
        name: "general",
        instanceType: "m7i.2xlarge",
        size: { min: 3, desired: 6, max: settings.eksMaxNodes },
      },
    ],
  });
  const stack = new SubnetAutoscalerStack(app, "prod-payments-autoscaler", {
    tags,
    contract: payments.contract,
    leadTimeMinutes: 30,
    maxSubnets: 24,
    kmsKey: "create",
    tracing: true,
    logRetentionDays,
  });
  new SubnetAutoscalerDashboard(stack, "dashboard", { autoscalers: [stack.autoscaler] });
}

function composeGke(
  app: BlueprintApp,
  addresses: AddressPlan,
  environment: Environment,
  settings: ProdSettings,
): void {
  const network = new GkeNetworkStack(app, "prod-search-network", {
    tags,
    addresses: addresses.gke("prod-search"),
    project: environment.googleProject,
    ipam: { mode: "planned" },
    flowLogs: {},
    version: settings.gkeVersion,
  });
  const search = new GkeClusterStack(app, "prod-search", {
    tags,
    network: network.contract,
    releaseChannel: "STABLE",
    binaryAuthorization: true,
    intranodeVisibility: true,
    secretsKey: "create",
    ...(environment.rbacDomain !== "" && { rbacGroup: `gke-security-groups@${environment.rbacDomain}` }),
    deletionProtection: settings.deletionProtection,
    nodePools: [
      {
        name: "general",
        machineType: "n2-standard-8",
        size: { min: 3, max: 100 },
        maxPodsPerNode: settings.gkePodsPerNode,
      },
    ],
  });
  new GkeSystemStack(app, "prod-search-system", { tags, contract: search.contract });
}
