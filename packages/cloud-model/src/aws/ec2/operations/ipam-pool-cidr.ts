import {
  type DeprovisionIpamPoolCidrRequest,
  type DeprovisionIpamPoolCidrResult,
  type GetIpamPoolCidrsRequest,
  type GetIpamPoolCidrsResult,
  type IpamPoolCidr as IpamPoolCidrShape,
  type ProvisionIpamPoolCidrRequest,
  type ProvisionIpamPoolCidrResult,
} from "@aws-sdk/client-ec2";
import { type Prefix } from "@cluster-ipam/address-plan/prefix";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { readCidr } from "../rules/cidr";
import {
  allocationsIn,
  cidrsIn,
  ipamAllocations,
  type IpamPoolCidr,
  ipamPoolCidrs,
  prefixOf,
  putAllocation,
} from "../documents/ipam-allocation";
import { type IpamPool, ipamPools, visiblePool } from "../documents/ipam-pool";
import { invalidCombination, invalidValue } from "../documents/refusals";
import { vpcs } from "../documents/vpc";
import { importResources } from "../rules/auto-import";
import { nextSpace } from "../rules/ipam-space";
import { filterAndPage, type Listing } from "./filter-and-page";

/** Source: Amazon VPC IPAM quotas. */
const cidrsPerPool = 50;

/**
 * Provisions a CIDR to a pool: to a top-level pool any CIDR that overlaps no other top-level pool of the scope, otherwise
 * a free part of the source pool. EC2 responds first and fails later; here the response says so.
 */
export function provisionIpamPoolCidr(
  context: RequestContext,
  input: ProvisionIpamPoolCidrRequest,
): ProvisionIpamPoolCidrResult {
  const pool = ipamPools.get(context, input.IpamPoolId);
  if (cidrsIn(context.transaction, pool.IpamPoolId).length >= cidrsPerPool)
    throw new ServiceError("ResourceLimitExceeded", "The maximum number of CIDRs per pool has been reached.");
  const source = pool.SourceIpamPoolId
    ? context.transaction.get(ipamPools, pool.SourceIpamPoolId)
    : undefined;
  if (input.Cidr !== undefined && input.NetmaskLength !== undefined)
    throw invalidCombination("The request cannot contain both a CIDR and a Netmask Length.");
  const [cidr, SourceAllocationId] = source
    ? fromSource(context, pool, source, input)
    : [atTheTop(context, pool, input), undefined];
  if (!cidr)
    return {
      IpamPoolCidr: {
        Cidr: input.Cidr,
        State: "failed-provision",
        FailureReason: { Code: "cidr-not-available", Message: `The CIDR ${input.Cidr} is not available.` },
      },
    };
  const document: IpamPoolCidr = {
    IpamPoolCidrId: `ipam-pool-cidr-${context.transaction.hex(32)}`,
    IpamPoolId: pool.IpamPoolId,
    Cidr: cidr.toString(),
    State: "provisioned",
    SourceAllocationId,
  };
  context.transaction.put(ipamPoolCidrs, document.IpamPoolCidrId, document);
  importResources(context.transaction);
  return { IpamPoolCidr: toShape(document) };
}

/** Deprovisions an unused CIDR. If it has allocations, the state in the response is `failed-deprovision`. */
export function deprovisionIpamPoolCidr(
  context: RequestContext,
  input: DeprovisionIpamPoolCidrRequest,
): DeprovisionIpamPoolCidrResult {
  const { transaction } = context;
  const { IpamPoolId } = ipamPools.get(context, input.IpamPoolId);
  const found = cidrsIn(transaction, IpamPoolId).find(({ Cidr }) => Cidr === input.Cidr);
  if (!found) throw invalidValue(`The CIDR ${input.Cidr} is not provisioned to the pool ${IpamPoolId}.`);
  if (allocationsIn(transaction, IpamPoolId).some((taken) => prefixOf(found).contains(prefixOf(taken)))) {
    const FailureReason = { Message: "The CIDR has one or more allocations." };
    const failed: IpamPoolCidr = { ...found, State: "failed-deprovision", FailureReason };
    return { IpamPoolCidr: toShape(transaction.put(ipamPoolCidrs, found.IpamPoolCidrId, failed)) };
  }
  transaction.remove(ipamPoolCidrs, found.IpamPoolCidrId);
  if (found.SourceAllocationId) transaction.remove(ipamAllocations, found.SourceAllocationId);
  return { IpamPoolCidr: { ...toShape(found), State: "deprovisioned" } };
}

/** Lists the CIDRs of a pool. */
export function getIpamPoolCidrs(
  context: RequestContext,
  input: GetIpamPoolCidrsRequest,
): GetIpamPoolCidrsResult {
  const { IpamPoolId } = visiblePool(context, input.IpamPoolId);
  const { documents, NextToken } = filterAndPage(
    context,
    cidrsIn(context.transaction, IpamPoolId),
    listing,
    input,
  );
  return { IpamPoolCidrs: documents.map(toShape), NextToken };
}

function atTheTop(
  context: RequestContext,
  pool: IpamPool,
  { Cidr }: ProvisionIpamPoolCidrRequest,
): Prefix | undefined {
  if (Cidr === undefined)
    throw invalidCombination("The request must contain a CIDR for a pool without a source pool.");
  const cidr = familyChecked(pool, readCidr(Cidr, "cidr"));
  if (pool.SourceResource) return ofItsVpc(context, pool, cidr) ? cidr : undefined;
  const others = context.transaction.filter(
    ipamPools,
    ({ IpamScopeId, SourceIpamPoolId, SourceResource }) =>
      IpamScopeId === pool.IpamScopeId && SourceIpamPoolId === undefined && SourceResource === undefined,
  );
  const taken = others.flatMap(({ IpamPoolId }) => cidrsIn(context.transaction, IpamPoolId));
  return taken.some((other) => prefixOf(other).overlaps(cidr)) ? undefined : cidr;
}

type FromSource = readonly [cidr: Prefix | undefined, sourceAllocation: string | undefined];

function fromSource(
  context: RequestContext,
  pool: IpamPool,
  source: IpamPool,
  { Cidr, NetmaskLength }: ProvisionIpamPoolCidrRequest,
): FromSource {
  if (pool.SourceResource) {
    if (Cidr === undefined)
      throw invalidCombination("The request must contain the CIDR of the VPC for a resource planning pool.");
    const cidr = readCidr(Cidr, "cidr");
    if (!ofItsVpc(context, pool, cidr)) return [undefined, undefined];
    const vpcHasIt = allocationsIn(context.transaction, source.IpamPoolId).some(
      (taken) => taken.ResourceId === pool.SourceResource?.ResourceId && taken.Cidr === cidr.toString(),
    );
    if (vpcHasIt) return [cidr, undefined];
  }
  const cidr = freeInSource(context, source, { Cidr, NetmaskLength });
  if (!cidr) return [undefined, undefined];
  const { IpamPoolAllocationId } = putAllocation(context.transaction, {
    IpamPoolId: source.IpamPoolId,
    Cidr: cidr.toString(),
    ResourceId: pool.IpamPoolId,
    ResourceOwner: pool.OwnerId,
    ResourceRegion: pool.Region,
    ResourceType: "ipam-pool",
  });
  return [cidr, IpamPoolAllocationId];
}

/** A free part of the source pool; undefined if the requested CIDR is not free in it. */
function freeInSource(
  context: RequestContext,
  source: IpamPool,
  { Cidr, NetmaskLength }: Pick<ProvisionIpamPoolCidrRequest, "Cidr" | "NetmaskLength">,
): Prefix | undefined {
  const { transaction } = context;
  if (Cidr === undefined) return nextSpace(context, source, { netmaskLength: NetmaskLength, ruled: false });
  const cidr = familyChecked(source, readCidr(Cidr, "cidr"));
  const inside = cidrsIn(transaction, source.IpamPoolId).some((space) => prefixOf(space).contains(cidr));
  const taken = allocationsIn(transaction, source.IpamPoolId).some((other) => prefixOf(other).overlaps(cidr));
  return inside && !taken ? cidr : undefined;
}

/** Whether a CIDR belongs to the VPC of the resource planning pool, and no other pool plans it. */
function ofItsVpc({ transaction }: RequestContext, { SourceResource }: IpamPool, cidr: Prefix): boolean {
  const vpcId = SourceResource?.ResourceId ?? "";
  const planned = transaction
    .filter(ipamPools, (pool) => pool.SourceResource?.ResourceId === vpcId)
    .flatMap(({ IpamPoolId }) => cidrsIn(transaction, IpamPoolId));
  const text = cidr.toString();
  const has = transaction.get(vpcs, vpcId)?.Cidrs.some(({ CidrBlock }) => CidrBlock === text) ?? false;
  return has && !planned.some(({ Cidr }) => Cidr === text);
}

function familyChecked({ AddressFamily }: IpamPool, cidr: Prefix): Prefix {
  if (`ipv${cidr.family}` !== AddressFamily)
    throw invalidValue(`The CIDR ${cidr} is not of the pool's address family, ${AddressFamily}.`);
  return cidr;
}

const listing: Listing<IpamPoolCidr> = {
  action: "GetIpamPoolCidrs",
  idOf: ({ IpamPoolCidrId }) => IpamPoolCidrId,
  missing: invalidValue,
  filters: {
    cidr: ({ Cidr }) => Cidr,
    "ipam-pool-cidr-id": ({ IpamPoolCidrId }) => IpamPoolCidrId,
    state: ({ State }) => State,
  },
};

const toShape = (document: IpamPoolCidr): IpamPoolCidrShape => ({
  IpamPoolCidrId: document.IpamPoolCidrId,
  Cidr: document.Cidr,
  State: document.State,
  FailureReason: document.FailureReason,
  NetmaskLength: prefixOf(document).length,
});
