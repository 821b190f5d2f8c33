import { type Transaction } from "../../../store/transaction";
import {
  allocationsIn,
  cidrsIn,
  type IpamAllocation,
  prefixOf,
  putAllocation,
} from "../documents/ipam-allocation";
import { type IpamPool, ipamPools } from "../documents/ipam-pool";
import { subnets } from "../documents/subnet";
import { vpcs } from "../documents/vpc";
import { readCidr } from "./cidr";

type Resource = Pick<
  IpamAllocation,
  "Cidr" | "ResourceId" | "ResourceOwner" | "ResourceRegion" | "ResourceType"
>;

/**
 * Imports existing resources into pools with auto-import: VPC CIDRs in the pool's locale, and subnets into a resource
 * planning pool. EC2 takes minutes; the model does it at once. Of CIDRs that overlap, the largest is imported; one that overlaps an allocation is
 * skipped.
 */
export function importResources(transaction: Transaction): void {
  for (const pool of transaction.filter(ipamPools, ({ AutoImport }) => AutoImport)) {
    const spaces = cidrsIn(transaction, pool.IpamPoolId).map(prefixOf);
    for (const { cidr, ...resource } of largestFirst(resourcesFor(transaction, pool))) {
      if (!spaces.some((space) => space.contains(cidr))) continue;
      if (allocationsIn(transaction, pool.IpamPoolId).some((taken) => prefixOf(taken).overlaps(cidr)))
        continue;
      putAllocation(transaction, { IpamPoolId: pool.IpamPoolId, ...resource });
    }
  }
}

const largestFirst = (resources: readonly Resource[]) =>
  resources
    .map((resource) => ({ ...resource, cidr: readCidr(resource.Cidr) }))
    .sort((a, b) => a.cidr.length - b.cidr.length);

function resourcesFor(transaction: Transaction, { SourceResource, Locale }: IpamPool): readonly Resource[] {
  if (SourceResource)
    return transaction
      .filter(subnets, ({ VpcId }) => VpcId === SourceResource.ResourceId)
      .map(({ SubnetId, CidrBlock, OwnerId, Region }) => ({
        Cidr: CidrBlock,
        ResourceId: SubnetId,
        ResourceOwner: OwnerId,
        ResourceRegion: Region,
        ResourceType: "subnet",
      }));
  return transaction
    .filter(vpcs, ({ Region }) => Region === Locale)
    .flatMap(({ VpcId, OwnerId, Region, Cidrs }) =>
      Cidrs.map(({ CidrBlock }) => ({
        Cidr: CidrBlock,
        ResourceId: VpcId,
        ResourceOwner: OwnerId,
        ResourceRegion: Region,
        ResourceType: "vpc",
      })),
    );
}
