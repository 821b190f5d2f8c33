import { type EksClusterAddresses, type SubnetSet, type ZoneSubnet } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";

/** Which of the cluster's node subnets a group uses. */
export interface NodePlacementOptions {
  /**
   * The node subnets: the name of a set in the address plan, for example "nodes-2". A group keeps the subnets that it was
   * created with: EKS cannot change them, and Terraform would destroy the group and its nodes before it creates the next.
   * So a set that is added later is for a new group. That costs nothing, and the old group can be drained at your pace.
   * @default "nodes", the set that the cluster was created with
   */
  readonly nodeSubnets?: string;
  /** Zones of the set, at least one. Fixed at creation, like the subnets. @default all zones of the set */
  readonly zones?: readonly string[];
  /**
   * Lets the group stay in node subnets that the plan drains while its successor starts. Its nodes are not counted against
   * the plan. Remove the group in the next deployment.
   * @default false
   */
  readonly retiring?: boolean;
}

/** Where a node group's nodes are. */
export interface NodePlacement {
  readonly set: SubnetSet;
  /** The subnets of the set in the group's zones, in the order of the plan's zones. */
  readonly subnets: readonly ZoneSubnet[];
}

/**
 * The node subnets of a group, or of a Fargate profile.
 *
 * @throws ValidationError for a set or zone that the plan does not have, and for one that it drains
 */
export function nodePlacement(
  where: Construct,
  group: NodePlacementOptions & { readonly name: string },
  addresses: EksClusterAddresses,
  kind: "node group" | "Fargate profile" = "node group",
): NodePlacement {
  const { name, nodeSubnets = "nodes", zones, retiring = false } = group;
  const set = addresses.nodes.find((candidate) => candidate.name === nodeSubnets);
  if (!set) {
    throw new ValidationError(
      where,
      `${kind} ${name} uses the node subnets ${nodeSubnets}, which the plan does not have; set nodeSubnets to ${addresses.nodes.map((one) => one.name).join(" or ")} in a new ${lastWord(kind)}`,
    );
  }
  const all = set.subnets.map(({ zone }) => zone);
  const foreign = zones?.find((zone, index) => !all.includes(zone) || zones.indexOf(zone) !== index);
  if (foreign !== undefined || zones?.length === 0) {
    throw new ValidationError(
      where,
      `${kind} ${name} has the zones ${zones!.join(", ") || "[]"}; use each of ${all.join(", ")} at most once, which are the zones of ${set.name}, and at least one`,
    );
  }
  const subnets = set.subnets.filter(({ zone }) => zones === undefined || zones.includes(zone));
  if (!retiring) checkInUse(where, { name, set, subnets }, addresses, kind);
  return { set, subnets };
}

/** A group keeps the subnets that it was created with, so only another group can leave a draining one. */
function checkInUse(
  where: Construct,
  { name, set, subnets }: NodePlacement & { readonly name: string },
  addresses: EksClusterAddresses,
  kind: string,
): void {
  const draining = subnets.filter(({ state }) => state === "draining").map(({ zone }) => zone);
  if (draining.length === 0) return;
  const inUse = (candidate: SubnetSet) =>
    candidate.subnets.filter(({ state }) => state !== "draining").map(({ zone }) => zone);
  const target = [set, ...addresses.nodes].find((candidate) => inUse(candidate).length > 0);
  const fix = target
    ? `add a ${lastWord(kind)} with nodeSubnets "${target.name}" and zones ${inUse(target).join(", ")}, set retiring: true here for that deployment, then remove ${name}`
    : "run npm run addresses to plan other node subnets";
  throw new ValidationError(
    where,
    `${kind} ${name} has ${kind === "node group" ? "nodes" : "pods"} in ${draining.join(", ")} of ${set.name}, which the address plan drains; ${fix}`,
  );
}

const lastWord = (kind: string): string => kind.split(" ").at(-1)!;
