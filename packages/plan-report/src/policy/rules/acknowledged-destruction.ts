import { type Finding, type Rule } from "../policy";

/** What addresses hang on: losing one loses allocations, or everything that runs on them. */
const PROTECTED: Readonly<Record<string, string>> = {
  aws_vpc_ipam: "IPAM",
  aws_vpc_ipam_pool: "IPAM pool",
  aws_vpc_ipam_pool_cidr: "CIDR of an IPAM pool",
  aws_vpc: "VPC",
  aws_vpc_ipv4_cidr_block_association: "secondary CIDR of a VPC",
  aws_subnet: "subnet",
  aws_eks_cluster: "EKS cluster",
  google_network_connectivity_internal_range: "internal range",
  google_compute_network: "VPC network",
  google_compute_subnetwork: "subnetwork",
  google_container_cluster: "GKE cluster",
};

/** No pool, network, subnet or cluster goes unless the change says that it is meant to. */
export const acknowledgedDestruction: Rule = {
  name: "acknowledged-destruction",
  description:
    "An IPAM pool, VPC, subnet or cluster is destroyed or replaced only if the same change says so in acknowledgements.yaml.",
  check: ({ environment, resources, acknowledgements }) =>
    resources.flatMap(({ stack, address, type, action, replacedBy }): Finding[] => {
      const what = Object.hasOwn(PROTECTED, type) ? PROTECTED[type] : undefined;
      if (what === undefined || (action !== "delete" && action !== "replace")) return [];
      const entry = {
        ...{ environment, stack, address },
        action: action === "delete" ? ("destroy" as const) : action,
      };
      const acknowledged = acknowledgements.some(
        (other) => other.stack === stack && other.address === address && other.action === entry.action,
      );
      if (acknowledged) return [];
      const why = replacedBy.length === 0 ? "" : ` because ${replacedBy.join(", ")} changes`;
      const fate = action === "delete" ? "destroyed" : "replaced";
      return [
        {
          ...{ stack, address },
          message: `this ${what} is ${fate}${why}; keep it, or acknowledge it in this change`,
          acknowledgeAs: entry,
        },
      ];
    }),
};
