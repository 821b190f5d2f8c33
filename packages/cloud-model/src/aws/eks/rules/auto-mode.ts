import { type CreateClusterRequest, type UpdateClusterConfigRequest } from "@aws-sdk/client-eks";
import { type ClusterSettings } from "../documents/cluster";
import { invalidParameter } from "./refusals";

/**
 * Checks that compute, block storage and load balancing of EKS Auto Mode are on or off together (EKS user guide: "Enable EKS
 * Auto Mode on existing EKS clusters").
 *
 * @param before what the cluster has, for what the request leaves out
 * @throws ServiceError if some are on
 */
export function checkAutoMode(
  request: CreateClusterRequest | UpdateClusterConfigRequest,
  before: ClusterSettings,
): void {
  const parts = [
    request.computeConfig?.enabled ?? before.computeConfig?.enabled ?? false,
    request.storageConfig?.blockStorage?.enabled ?? before.storageConfig?.blockStorage?.enabled ?? false,
    request.kubernetesNetworkConfig?.elasticLoadBalancing?.enabled ?? before.loadBalancing?.enabled ?? false,
  ];
  if (new Set(parts).size > 1)
    throw invalidParameter(
      "For EKS Auto Mode, please ensure that all required configs, including computeConfig, kubernetesNetworkConfig, and blockStorage are all either fully enabled or fully disabled.",
    );
}
