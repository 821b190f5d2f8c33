export { checkConfiguration } from "./addon-configuration";
export { addonVersion } from "./addon-version";
export {
  clusterAt,
  clusterNamed,
  type EksCluster,
  findCluster,
  putCluster,
  removeCluster,
} from "./cluster-documents";
export {
  accessEntries,
  addons,
  type EksAccessEntry,
  type EksAddon,
  type EksNodegroup,
  type EksPodIdentity,
  nodegroups,
  partNamed,
  partsOf,
  placeIn,
  podIdentities,
  putPart,
  removePart,
} from "./cluster-parts";
