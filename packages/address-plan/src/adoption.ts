// What a takeover of existing networks needs to write a plan and its lock. No synthesis loads it.
export { allocatePlan } from "./allocation/allocation";
export { GKE_SURGE_PER_ZONE, nodesInRange } from "./blocks/gke-blocks";
export { clusterKey, numberedKey, parseClusterKey, poolKeys, subnetKey } from "./blocks/block-key";
export { podSubnetProblem } from "./cloud/instance-types";
export { replacePlan, type PlanTexts } from "./cli/plan-replacement";
export { eksPodsPerNode, instancesOf } from "./demand/eks-node";
export { poolSettings } from "./demand/pool-settings";
export { EMPTY_LOCK, renderLock } from "./lock/address-lock";
export { lockedPrefix } from "./lock/locked-blocks";
export type {
  AwsClusterDefinition,
  ClusterDefinition,
  GoogleClusterDefinition,
} from "./demand/plan-definition";
