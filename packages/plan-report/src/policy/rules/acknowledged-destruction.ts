import { type PlannedResource } from "../../terraform/planned-resource";
import { type LeavingCluster } from "../leaving-cluster";
import { type Finding, isAcknowledged, type PolicyContext, type Rule } from "../policy";

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

/**
 * Requires an acknowledgement for destroying or replacing a pool, network, subnet or cluster, and one for each cluster
 * that is retired. The latter covers everything in the cluster's retired stacks.
 */
export const acknowledgedDestruction: Rule = {
  name: "acknowledged-destruction",
  description:
    "Retiring a cluster, and destroying or replacing an IPAM pool, VPC, subnet or cluster, needs an entry in acknowledgements.yaml in the same change.",
  check: (context) => {
    const retired = new Set(context.leaving.flatMap(({ stacks }) => stacks));
    return [
      ...context.leaving.flatMap((leaving) => retirementFindings(leaving, context)),
      ...context.resources
        .filter(({ stack }) => !retired.has(stack))
        .flatMap((resource) => resourceFindings(resource, context)),
    ];
  },
};

/** Whether destroying a resource loses addresses or what runs on them. */
const nounOf = ({ type }: PlannedResource) => (Object.hasOwn(PROTECTED, type) ? PROTECTED[type] : undefined);

function resourceFindings(resource: PlannedResource, context: PolicyContext): Finding[] {
  const { stack, address, action, replacedBy } = resource;
  const noun = nounOf(resource);
  if (noun === undefined || (action !== "delete" && action !== "replace")) return [];
  const acknowledgeAs = {
    ...{ environment: context.environment, stack, address },
    action: action === "delete" ? ("destroy" as const) : action,
  };
  if (isAcknowledged(acknowledgeAs, context)) return [];
  const because = replacedBy.length === 0 ? "" : ` because ${replacedBy.join(", ")} changes`;
  const verb = action === "delete" ? "destroyed" : "replaced";
  const cluster = context.clusterOf.get(stack);
  const owner = cluster === undefined ? "" : ` of cluster ${cluster}`;
  const message = `this ${noun}${owner} will be ${verb}${because}; keep it, or acknowledge it in this change`;
  return [{ stack, address, message, acknowledgeAs }];
}

/** One finding per cluster, whatever its stacks destroy. The change that retired it has decided about that already. */
function retirementFindings(leaving: LeavingCluster, context: PolicyContext): Finding[] {
  const { cluster, stacks, decision } = leaving;
  const destroyed = context.resources.filter(
    (resource) => stacks.includes(resource.stack) && resource.action === "delete",
  );
  const loses = destroyed.some((resource) => nounOf(resource) !== undefined);
  if (decision === "decided" || (decision === "stacks-only" && !loses)) return [];
  const acknowledgeAs = { environment: context.environment, cluster, action: "retire" as const };
  if (isAcknowledged(acknowledgeAs, context)) return [];
  const where = stacks.length === 0 ? "its stacks have" : `${stacks.join(", ")} have`;
  const what =
    destroyed.length === 0 ? `everything that ${where} in their states` : summaryOf(destroyed, stacks);
  const protection = destroyed.some(isDeletionProtected)
    ? " (its deletion protection is on: the deployment turns it off first)"
    : "";
  const keep = decision === "new" ? "keep it in addresses.yaml and in the app" : "compose its stacks again";
  const message =
    `cluster ${cluster} is retired, and the deployment destroys ${what}${protection}; ` +
    `${keep}, or acknowledge it in this change`;
  return [{ message, acknowledgeAs }];
}

/** `34 resources of dev-apps, dev-apps-network: 1 VPC, 6 subnet, 27 other`. */
function summaryOf(destroyed: readonly PlannedResource[], stacks: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const resource of destroyed) {
    const noun = nounOf(resource) ?? "other";
    counts.set(noun, (counts.get(noun) ?? 0) + 1);
  }
  const parts = [...counts]
    .sort(([a], [b]) => Number(a === "other") - Number(b === "other"))
    .map(([noun, count]) => `${count} ${noun}`);
  const noun = destroyed.length === 1 ? "resource" : "resources";
  return `${destroyed.length} ${noun} of ${stacks.join(", ")}: ${parts.join(", ")}`;
}

/** Whether the state has a cluster that refuses to be deleted. */
export const isDeletionProtected = ({ type, before }: Pick<PlannedResource, "type" | "before">) =>
  (type === "aws_eks_cluster" || type === "google_container_cluster") &&
  before?.["deletion_protection"] === true;
