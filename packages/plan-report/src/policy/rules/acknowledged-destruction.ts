import { type Finding, type Rule } from "../policy";

/** Losing one of these loses allocations, or everything that runs on their addresses. */
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

/** Requires an acknowledgement for destroying or replacing a pool, network, subnet or cluster. */
export const acknowledgedDestruction: Rule = {
  name: "acknowledged-destruction",
  description:
    "Destroying or replacing an IPAM pool, VPC, subnet or cluster needs an entry in acknowledgements.yaml in the same change.",
  check: ({ environment, resources, acknowledgements }) =>
    resources.flatMap(({ stack, address, type, action, replacedBy }): Finding[] => {
      const noun = Object.hasOwn(PROTECTED, type) ? PROTECTED[type] : undefined;
      if (noun === undefined || (action !== "delete" && action !== "replace")) return [];
      const entry = {
        ...{ environment, stack, address },
        action: action === "delete" ? ("destroy" as const) : action,
      };
      const acknowledged = acknowledgements.some(
        (other) => other.stack === stack && other.address === address && other.action === entry.action,
      );
      if (acknowledged) return [];
      const because = replacedBy.length === 0 ? "" : ` because ${replacedBy.join(", ")} changes`;
      const verb = action === "delete" ? "destroyed" : "replaced";
      return [
        {
          ...{ stack, address },
          message: `this ${noun} will be ${verb}${because}; keep it, or acknowledge it in this change`,
          acknowledgeAs: entry,
        },
      ];
    }),
};
