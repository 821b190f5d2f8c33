import { type ResourceModels } from "../../resource-model";
import { eksAccessEntry, eksAccessPolicy } from "./access";
import { eksAddon } from "./addon";
import { eksCluster } from "./cluster";
import { eksNodegroup } from "./nodegroup";
import { eksPodIdentity } from "./pod-identity";

export { eksLookups } from "./lookups";

/** The modelled types of EKS. */
export const eksModels: ResourceModels = {
  aws_eks_access_entry: eksAccessEntry,
  aws_eks_access_policy_association: eksAccessPolicy,
  aws_eks_addon: eksAddon,
  aws_eks_cluster: eksCluster,
  aws_eks_node_group: eksNodegroup,
  aws_eks_pod_identity_association: eksPodIdentity,
};
