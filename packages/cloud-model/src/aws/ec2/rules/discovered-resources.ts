import { type Tag } from "@aws-sdk/client-ec2";
import { type Prefix } from "@cluster-ipam/address-plan/prefix";
import { type Transaction } from "../../../store/transaction";
import { type IpamAllocation, ipamAllocations } from "../documents/ipam-allocation";
import { type Ipam } from "../documents/ipam";
import { type IpamPool, ipamPools } from "../documents/ipam-pool";
import { subnets } from "../documents/subnet";
import { tagsOf } from "../documents/tags";
import { vpcs } from "../documents/vpc";
import { readCidr } from "./cidr";
import { freeAddresses } from "./subnet-space";

/** A CIDR of a VPC or subnet, as IPAM sees it. */
export interface DiscoveredResource {
  readonly ResourceCidr: string;
  readonly ResourceId: string;
  readonly ResourceOwnerId: string;
  readonly ResourceRegion: string;
  readonly ResourceType: "vpc" | "subnet";
  readonly ResourceTags: Tag[];
  readonly VpcId: string;
  /** Of a subnet. */
  readonly SubnetId?: string;
  readonly AvailabilityZoneId?: string;
  /** Share of the addresses in use, 0 to 1: of a VPC, those in its subnets. */
  readonly IpUsage: number;
}

/**
 * The IPv4 CIDRs that an IPAM discovers: of all VPCs and subnets in its operating Regions. Organizations are not modeled:
 * all accounts count as the IPAM's organization.
 */
export function discoveredBy(
  transaction: Transaction,
  { OperatingRegions }: Pick<Ipam, "OperatingRegions">,
): readonly DiscoveredResource[] {
  const isSeen = ({ Region }: { readonly Region: string }) => OperatingRegions.includes(Region);
  const inside = transaction.filter(subnets, isSeen);
  const ofVpcs = transaction.filter(vpcs, isSeen).flatMap(({ VpcId, OwnerId, Region, Cidrs }) =>
    Cidrs.map(({ CidrBlock }): DiscoveredResource => {
      const cidr = readCidr(CidrBlock);
      const own = inside
        .filter((subnet) => subnet.VpcId === VpcId)
        .map((subnet) => readCidr(subnet.CidrBlock));
      return {
        ResourceCidr: CidrBlock,
        ResourceId: VpcId,
        ResourceOwnerId: OwnerId,
        ResourceRegion: Region,
        ResourceType: "vpc",
        ResourceTags: tagsOf(transaction, VpcId),
        VpcId,
        IpUsage: shareOf(cidr, sizeOf(own.filter((block) => cidr.contains(block)))),
      };
    }),
  );
  const ofSubnets = inside.map((subnet): DiscoveredResource => {
    const cidr = readCidr(subnet.CidrBlock);
    return {
      ResourceCidr: subnet.CidrBlock,
      ResourceId: subnet.SubnetId,
      ResourceOwnerId: subnet.OwnerId,
      ResourceRegion: subnet.Region,
      ResourceType: "subnet",
      ResourceTags: tagsOf(transaction, subnet.SubnetId),
      VpcId: subnet.VpcId,
      SubnetId: subnet.SubnetId,
      AvailabilityZoneId: subnet.AvailabilityZoneId,
      IpUsage: shareOf(cidr, Number(cidr.size) - freeAddresses(transaction, subnet)),
    };
  });
  return [...ofVpcs, ...ofSubnets];
}

const sizeOf = (blocks: readonly Prefix[]): number => blocks.reduce((sum, { size }) => sum + Number(size), 0);

const shareOf = ({ size }: Prefix, used: number): number => used / Number(size);

/** The allocation of a discovered CIDR and its pool, of a given IPAM; undefined if no pool of it manages the CIDR. */
export function managedBy(
  transaction: Transaction,
  ipamId: string,
  { ResourceId, ResourceCidr }: DiscoveredResource,
): { readonly allocation: IpamAllocation; readonly pool: IpamPool } | undefined {
  for (const allocation of transaction.all(ipamAllocations)) {
    if (allocation.ResourceId !== ResourceId || allocation.Cidr !== ResourceCidr) continue;
    const pool = transaction.get(ipamPools, allocation.IpamPoolId);
    if (pool?.IpamId === ipamId) return { allocation, pool };
  }
  return undefined;
}
