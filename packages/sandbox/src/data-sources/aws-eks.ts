import { addonVersion } from "@cluster-ipam/cloud-model/aws/eks";
import { findResource, stateOf } from "../resource-store/resource-store";
import { type Lookups } from "../adapters/resource-model";

/** The EKS data sources that are answered from the modeled cloud. */
export const eksLookups: Lookups = {
  aws_eks_cluster({ transaction, caller, terraformType }, config) {
    const cluster = findResource(transaction, "aws_eks_cluster", caller, String(config["name"]));
    return cluster && stateOf(cluster, terraformType);
  },
  aws_eks_addon_version: (_context, config) => ({
    id: String(config["addon_name"]),
    version: addonVersion(String(config["addon_name"])),
  }),
};
