import {
  type IpamComplianceStatus,
  type IpamOverlapStatus,
  type IpamResourceType,
  type Tag,
} from "@aws-sdk/client-ec2";
import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { type RequestContext } from "../../../request-context";
import { type Ipam } from "../documents/ipam";
import { type IpamAllocation, ipamAllocations } from "../documents/ipam-allocation";
import { ipamPools } from "../documents/ipam-pool";
import { type Located } from "../documents/located";
import { interfacesIn } from "../documents/network-interface";
import { subnets } from "../documents/subnet";
import { tagsOf } from "../documents/tags";
import { vpcs } from "../documents/vpc";
import { freeAddresses } from "./subnet-space";

/** A CIDR of a VPC or a subnet, as an IPAM monitors it. */
export interface MonitoredCidr {
  readonly ResourceId: string;
  readonly ResourceName?: string | undefined;
  readonly ResourceType: Extract<IpamResourceType, "vpc" | "subnet">;
  readonly ResourceCidr: string;
  readonly ResourceOwnerId: string;
  readonly ResourceRegion: string;
  readonly ResourceTags: readonly Tag[];
  readonly VpcId: string;
  readonly AvailabilityZoneId?: string | undefined;
  /** Used part of the CIDR, 0 to 1: subnets of a VPC, addresses of a subnet. */
  readonly IpUsage: number;
  /** The allocation of the CIDR; undefined for one that no pool of the IPAM manages. */
  readonly allocation: IpamAllocation | undefined;
  readonly OverlapStatus: IpamOverlapStatus;
  readonly ComplianceStatus: IpamComplianceStatus;
}

/**
 * The IPv4 CIDRs that an IPAM monitors: of VPCs and subnets in its operating Regions. The accounts of a modeled cloud are
 * one organization.
 */
export function monitoredCidrs({ transaction }: RequestContext, ipam: Ipam): readonly MonitoredCidr[] {
  const inRegions = ({ Region }: Located) => ipam.OperatingRegions.includes(Region);
  const inside = transaction.filter(subnets, inRegions);
  const ids = new Set(
    transaction.filter(ipamPools, ({ IpamId }) => IpamId === ipam.IpamId).map(({ IpamPoolId }) => IpamPoolId),
  );
  const allocations = transaction.filter(ipamAllocations, ({ IpamPoolId }) => ids.has(IpamPoolId));
  const common = (resource: Located, id: string, cidr: string) => {
    const allocation = allocations.find(({ ResourceId, Cidr }) => ResourceId === id && Cidr === cidr);
    const tags = tagsOf(transaction, id);
    return {
      ResourceId: id,
      ResourceName: tags.find(({ Key }) => Key === "Name")?.Value,
      ResourceCidr: cidr,
      ResourceOwnerId: resource.OwnerId,
      ResourceRegion: resource.Region,
      ResourceTags: tags,
      allocation,
      ComplianceStatus: allocation ? ("compliant" as const) : ("unmanaged" as const),
    };
  };
  const networks = transaction.filter(vpcs, inRegions);
  const ranges = networks.flatMap(({ VpcId, Cidrs }) =>
    Cidrs.map(({ CidrBlock }) => ({ VpcId, prefix: Prefix.parse(CidrBlock) })),
  );
  return [
    ...networks.flatMap((vpc) =>
      vpc.Cidrs.map(({ CidrBlock }): MonitoredCidr => {
        const prefix = Prefix.parse(CidrBlock);
        const used = inside
          .filter((subnet) => subnet.VpcId === vpc.VpcId)
          .map((subnet) => Prefix.parse(subnet.CidrBlock))
          .filter((block) => prefix.contains(block));
        const overlaps = ranges.some((other) => other.VpcId !== vpc.VpcId && other.prefix.overlaps(prefix));
        return {
          ...common(vpc, vpc.VpcId, CidrBlock),
          ResourceType: "vpc",
          VpcId: vpc.VpcId,
          IpUsage: used.reduce((sum, { size }) => sum + Number(size), 0) / Number(prefix.size),
          OverlapStatus: overlaps ? "overlapping" : "nonoverlapping",
        };
      }),
    ),
    ...inside.map((subnet): MonitoredCidr => {
      const size = Number(Prefix.parse(subnet.CidrBlock).size);
      const isEmpty = interfacesIn(transaction, subnet.SubnetId).length === 0;
      return {
        ...common(subnet, subnet.SubnetId, subnet.CidrBlock),
        ResourceType: "subnet",
        VpcId: subnet.VpcId,
        AvailabilityZoneId: subnet.AvailabilityZoneId,
        IpUsage: isEmpty ? 0 : 1 - freeAddresses(transaction, subnet) / size,
        OverlapStatus: "nonoverlapping",
      };
    }),
  ];
}
