import { stateOf, kept } from "../../kept-resource";
import { type Lookups } from "../../resource-model";
import { addonVersion } from "./addon-version";

/** The data sources of EKS that are answered from what stands. */
export const eksLookups: Lookups = {
  aws_eks_cluster({ transaction, place, subject }, config) {
    const cluster = kept(transaction, "aws_eks_cluster", place, String(config["name"]));
    return cluster && stateOf(cluster, subject);
  },
  aws_eks_addon_version: (_scene, config) => ({
    id: String(config["addon_name"]),
    version: addonVersion(String(config["addon_name"])),
  }),
};
