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
 * planning pool. EC2 takes minutes; the model does it at once. A CIDR that overlaps an allocation is skipped, and of
 * CIDRs that overlap each other the largest is imported. Organizations are not modeled: the VPCs of all accounts count as
 * those of the IPAM's organization.
 */
export function importResources(transaction: Transaction): void {
  for (const pool of transaction.filter(ipamPools, ({ AutoImport }) => AutoImport)) {
    const spaces = cidrsIn(transaction, pool.IpamPoolId).map(prefixOf);
    const found = resourcesFor(transaction, pool).map(
      (resource) => [readCidr(resource.Cidr), resource] as const,
    );
    for (const [cidr, resource] of [...found].sort(([a], [b]) => a.length - b.length)) {
      if (!spaces.some((space) => space.contains(cidr))) continue;
      if (allocationsIn(transaction, pool.IpamPoolId).some((taken) => prefixOf(taken).overlaps(cidr)))
        continue;
      putAllocation(transaction, { IpamPoolId: pool.IpamPoolId, ...resource });
    }
  }
}

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
