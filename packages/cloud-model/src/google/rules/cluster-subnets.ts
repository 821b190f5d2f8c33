import { GKE_ADDITIONAL_SUBNETS } from "@cluster-ipam/address-plan/cloud";
import { type Transaction } from "../../store/transaction";
import { type Cluster, type NodeSubnet } from "../documents/cluster";
import { poolsOn } from "../documents/node-pool";
import { subnetworkPath } from "../documents/resource-path";
import { type Subnetwork, subnetworkOf } from "../documents/subnetwork";
import { type AdditionalIpRanges, type IpAllocationPolicy } from "../requests/container";
import { badRequest } from "./refusals";

type ClusterPlace = Pick<Cluster, "project" | "network" | "region">;

/** The subnetwork of that name in a cluster's network and region. @throws ServiceError badRequest */
export function clusterSubnetwork(
  transaction: Transaction,
  { project, network, region }: ClusterPlace,
  name: string,
): Subnetwork {
  const id = subnetworkPath.expand(name, { project, region });
  const found = id === undefined ? undefined : subnetworkOf(transaction, id);
  if (found?.network === network && found.region === region) return found;
  throw badRequest(`Subnetwork "${id ?? name}" is not valid for Network "${network.split("/").at(-1)}".`);
}

/** The additional subnetworks of a request. @throws ServiceError badRequest */
export function additionalSubnets(
  transaction: Transaction,
  cluster: ClusterPlace,
  configs: readonly AdditionalIpRanges[],
): readonly NodeSubnet[] {
  if (configs.length > GKE_ADDITIONAL_SUBNETS)
    throw badRequest(`The cluster can have at most ${GKE_ADDITIONAL_SUBNETS} additional subnetworks.`);
  return configs.map(({ subnetwork: name, podIpv4RangeNames: podRanges }) => {
    const subnetwork = clusterSubnetwork(transaction, cluster, name);
    for (const range of podRanges) checkSecondary("Pod", cluster, subnetwork, range);
    return { subnetwork: subnetwork.id, podRanges };
  });
}

/** Checks that a subnetwork has a secondary range. @throws ServiceError badRequest */
export function checkSecondary(
  purpose: "Pod" | "Services",
  { network }: Pick<Cluster, "network">,
  subnetwork: Subnetwork,
  name: string,
): void {
  if (subnetwork.secondary.some((range) => range.name === name)) return;
  throw badRequest(
    `${purpose} secondary range "${name}" not found in network "https://www.googleapis.com/compute/v1/${network}", subnetwork "${subnetwork.name}".`,
  );
}

/** Checks that pods and Services have different ranges. @throws ServiceError badRequest */
export function checkRangeNames(policy: IpAllocationPolicy): void {
  const pods = policy.clusterSecondaryRangeName;
  if (pods && pods === policy.servicesSecondaryRangeName)
    throw badRequest(
      `Pod secondary range name (${pods}) should not be the same as service secondary range name.`,
    );
}

/**
 * Checks that no node pool uses a range or subnetwork that a change detaches from its cluster (GKE API,
 * `AdditionalIPRangesConfig.Status`: "IP ranges can be removed regardless of its status, as long as no node pools are
 * using them"; the same for `AdditionalPodRangesConfig`).
 *
 * @throws ServiceError badRequest
 */
export function checkDetached(
  transaction: Transaction,
  { id, subnets }: Cluster,
  after: readonly NodeSubnet[],
): void {
  for (const { subnetwork, podRanges } of subnets) {
    const left = after.find((subnet) => subnet.subnetwork === subnetwork)?.podRanges;
    for (const pool of poolsOn(transaction, subnetwork)) {
      if (pool.cluster !== id) continue;
      if (!left)
        throw badRequest(
          `Subnetwork "${subnetwork}" cannot be removed: it is in use by node pool "${pool.name}".`,
        );
      if (pool.podRange === undefined) continue;
      if (podRanges.includes(pool.podRange) && !left.includes(pool.podRange))
        throw badRequest(
          `Pod range "${pool.podRange}" of subnetwork "${subnetwork}" cannot be removed: it is in use by node pool "${pool.name}".`,
        );
    }
  }
}
