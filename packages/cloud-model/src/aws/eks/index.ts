export { type EksCluster, findCluster } from "./documents/cluster";
export {
  accessEntries,
  addons,
  type EksAccessEntry,
  type EksAddon,
  type EksFargateProfile,
  type EksNodegroup,
  fargateProfiles,
  nodegroups,
  partNamed,
} from "./documents/cluster-part";
export {
  associateAccessPolicy,
  createAccessEntry,
  deleteAccessEntry,
  disassociateAccessPolicy,
} from "./operations/access-entry";
export { createAddon, deleteAddon, updateAddon } from "./operations/addon";
export {
  createCluster,
  deleteCluster,
  setClusterTags,
  updateClusterConfig,
  updateClusterVersion,
} from "./operations/cluster";
export { createFargateProfile, deleteFargateProfile } from "./operations/fargate-profile";
export {
  createNodegroup,
  deleteNodegroup,
  updateNodegroupConfig,
  updateNodegroupVersion,
} from "./operations/node-group";
export {
  createPodIdentityAssociation,
  deletePodIdentityAssociation,
  findAssociation,
  updatePodIdentityAssociation,
} from "./operations/pod-identity-association";
export { seedEksCluster, type SeedEksClusterProps } from "./operations/seed-cluster";
export { addonVersion } from "./rules/addon-version";
export { ProvisioningError } from "./rules/provisioning-error";
