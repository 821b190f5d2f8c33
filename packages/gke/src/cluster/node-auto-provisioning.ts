import { type ContainerClusterClusterAutoscaling } from "@cdktf/provider-google/lib/container-cluster";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";
import { checkKnown } from "./known-number";
import { type NodeAddressBudget } from "./node-address-budget";

/**
 * Node pools that GKE creates and deletes for the pods that wait. The limits are for the nodes of the whole cluster, your own
 * pools included, and bound how many addresses such pools may take.
 */
export interface NodeAutoProvisioningOptions {
  /** The most vCPUs of all nodes, at least 1. */
  readonly maxCpus: number;
  /** The most memory of all nodes in GB, at least 1. */
  readonly maxMemoryGb: number;
  /**
   * vCPUs of the smallest machine that GKE would choose. A compute class can rule out smaller ones. `maxCpus` divided by it is the
   * number of nodes that need addresses.
   * @default 2, as an e2-medium
   */
  readonly smallestMachineCpus?: number;
}

/** The nodes that a cluster has at most, if all of them are of the smallest machine. */
export function provisionedNodes({ maxCpus, smallestMachineCpus = 2 }: NodeAutoProvisioningOptions): number {
  return Math.ceil(maxCpus / smallestMachineCpus);
}

/**
 * The cluster's autoscaling, with the addresses of all nodes that it may add allocated in the cluster's default range.
 *
 * @param serviceAccount email of the nodes' service account
 * @throws ValidationError for limits that are no whole numbers, and for more nodes than the addresses support
 */
export function nodeAutoProvisioning(
  where: Construct,
  options: NodeAutoProvisioningOptions,
  serviceAccount: string,
  { budget, maxPodsPerNode }: { readonly budget: NodeAddressBudget; readonly maxPodsPerNode: number },
): ContainerClusterClusterAutoscaling {
  const { maxCpus, maxMemoryGb, smallestMachineCpus = 2 } = options;
  checkKnown(where, "nodeAutoProvisioning", maxCpus, maxMemoryGb, smallestMachineCpus);
  const wrong = Object.entries({ maxCpus, maxMemoryGb, smallestMachineCpus }).find(
    ([, value]) => !Number.isInteger(value) || value < 1,
  );
  if (wrong !== undefined)
    throw new ValidationError(
      where,
      `nodeAutoProvisioning.${wrong[0]} is ${wrong[1]}; use a whole number of at least 1`,
    );
  budget.allocate(where, budget.rangesFor(where, {}), {
    maxNodes: provisionedNodes(options),
    upgrade: {},
    maxPodsPerNode,
  });
  return {
    enabled: true,
    resourceLimits: [
      { resourceType: "cpu", minimum: 0, maximum: maxCpus },
      { resourceType: "memory", minimum: 0, maximum: maxMemoryGb },
    ],
    autoProvisioningDefaults: {
      serviceAccount,
      oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
      imageType: "COS_CONTAINERD",
      management: { autoRepair: true, autoUpgrade: true },
      shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
      upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 },
    },
  };
}
