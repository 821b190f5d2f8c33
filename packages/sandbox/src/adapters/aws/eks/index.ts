import { type ResourceModels } from "../../resource-model";
import { eksAccessEntry } from "./access-entry";
import { eksAccessPolicyAssociation } from "./access-policy-association";
import { eksAddon } from "./addon";
import { eksCluster } from "./cluster";
import { eksFargateProfile } from "./fargate-profile";
import { eksNodeGroup } from "./node-group";
import { eksPodIdentityAssociation } from "./pod-identity-association";

/** The modeled types of EKS. */
export const eksModels: ResourceModels = {
  aws_eks_access_entry: eksAccessEntry,
  aws_eks_access_policy_association: eksAccessPolicyAssociation,
  aws_eks_addon: eksAddon,
  aws_eks_cluster: eksCluster,
  aws_eks_fargate_profile: eksFargateProfile,
  aws_eks_node_group: eksNodeGroup,
  aws_eks_pod_identity_association: eksPodIdentityAssociation,
};
