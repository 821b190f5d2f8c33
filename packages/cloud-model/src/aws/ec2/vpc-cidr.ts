import {
  type AssociateVpcCidrBlockRequest,
  type AssociateVpcCidrBlockResult,
  type CreateVpcRequest,
  type DisassociateVpcCidrBlockRequest,
  type DisassociateVpcCidrBlockResult,
  type Tag,
} from "@aws-sdk/client-ec2";
import { Prefix } from "@cluster-ipam/address-plan";
import { ServiceError } from "../../service-error";
import { type RequestContext } from "../../request-context";
import { importResources } from "./auto-import";
import { readCidr } from "./cidr";
import { allocateTo, spaceForResource } from "./ipam-allocation";
import { type IpamPool, visiblePool } from "./ipam-pool";
import { releaseFor } from "./ipam-space";
import { invalidCombination, missing } from "./refusals";
import { subnets } from "./subnet";
import { tagsOf } from "./tags";
import { type Vpc, type VpcCidr, type VpcIpv6Cidr, vpcs } from "./vpc";

/** A CIDR on its way into a VPC, and the pool it comes from. */
interface NewCidr {
  readonly cidr: Prefix;
  readonly pool: IpamPool | undefined;
}

type WantedCidr = Pick<CreateVpcRequest, "CidrBlock" | "Ipv4IpamPoolId" | "Ipv4NetmaskLength">;

/** The CIDR for a VPC with these tags. @throws ServiceError `InvalidVpc.Range` beyond /16 to /28 */
export function newVpcCidr(context: RequestContext, wanted: WantedCidr, tags: readonly Tag[]): NewCidr {
  const { CidrBlock, Ipv4IpamPoolId, Ipv4NetmaskLength } = wanted;
  if (CidrBlock === undefined && Ipv4IpamPoolId === undefined) throw missing("cidrBlock");
  if (Ipv4NetmaskLength !== undefined && Ipv4IpamPoolId === undefined)
    throw invalidCombination("The parameter Ipv4NetmaskLength needs the parameter Ipv4IpamPoolId.");
  const pool = Ipv4IpamPoolId === undefined ? undefined : visiblePool(context, Ipv4IpamPoolId);
  const cidr = pool
    ? spaceForResource(context, pool, { cidr: CidrBlock, netmaskLength: Ipv4NetmaskLength }, tags)
    : readCidr(CidrBlock ?? "");
  if (cidr.family !== 4 || cidr.length < 16 || cidr.length > 28)
    throw new ServiceError("InvalidVpc.Range", `The CIDR '${cidr}' is invalid.`);
  return { cidr, pool };
}

/** Makes a CIDR the VPC's: IPAM keeps the allocation. */
export function takeVpcCidr(context: RequestContext, vpcId: string, { cidr, pool }: NewCidr): VpcCidr {
  if (pool) allocateTo(context, pool, cidr, "vpc", vpcId);
  return { AssociationId: newAssociationId(context), CidrBlock: cidr.toString() };
}

/** A /56 of Amazon's, the next one of the account in the Region. */
export function newVpcIpv6Cidr(context: RequestContext): VpcIpv6Cidr {
  const taken = new Set(
    vpcs.all(context).flatMap(({ Ipv6Cidrs }) => Ipv6Cidrs.map((cidr) => cidr.Ipv6CidrBlock)),
  );
  const amazons = Prefix.parse("2600:1f00::/24");
  const size = 1n << 72n;
  let block = Prefix.of(6, amazons.first, 56);
  while (taken.has(block.toString())) block = Prefix.of(6, block.first + size, 56);
  return { AssociationId: newAssociationId(context), Ipv6CidrBlock: block.toString() };
}

/** Adds a CIDR to a VPC, up to the quota. */
export function associateVpcCidrBlock(
  context: RequestContext,
  input: AssociateVpcCidrBlockRequest,
): AssociateVpcCidrBlockResult {
  const vpc = vpcs.get(context, input.VpcId);
  if (input.AmazonProvidedIpv6CidrBlock) return associateIpv6(context, vpc);
  if (vpc.Cidrs.length >= context.quotas.cidrsPerVpc)
    throw new ServiceError(
      "CidrLimitExceeded",
      `This network '${vpc.VpcId}' has met its maximum number of allowed CIDRs: ${context.quotas.cidrsPerVpc}`,
    );
  const space = newVpcCidr(context, input, tagsOf(context.transaction, vpc.VpcId));
  checkBeside(vpc, space.cidr);
  const association = takeVpcCidr(context, vpc.VpcId, space);
  context.transaction.put(vpcs, vpc.VpcId, { ...vpc, Cidrs: [...vpc.Cidrs, association] });
  importResources(context.transaction);
  return {
    VpcId: vpc.VpcId,
    CidrBlockAssociation: { ...association, CidrBlockState: { State: "associating" } },
  };
}

/** Takes a secondary CIDR without subnets from its VPC. */
export function disassociateVpcCidrBlock(
  context: RequestContext,
  { AssociationId }: DisassociateVpcCidrBlockRequest,
): DisassociateVpcCidrBlockResult {
  const { transaction } = context;
  const vpc = vpcs
    .all(context)
    .find(({ Cidrs, Ipv6Cidrs }) =>
      [...Cidrs, ...Ipv6Cidrs].some((cidr) => cidr.AssociationId === AssociationId),
    );
  if (!vpc)
    throw new ServiceError(
      "InvalidVpcCidrBlockAssociationID.NotFound",
      `The vpc CIDR block association ID '${AssociationId}' does not exist`,
    );
  const { VpcId } = vpc;
  const cidr = vpc.Cidrs.find((one) => one.AssociationId === AssociationId);
  if (!cidr) return disassociateIpv6(context, vpc, AssociationId);
  if (cidr === vpc.Cidrs[0])
    throw new ServiceError(
      "OperationNotPermitted",
      `The vpc CIDR block with association ID ${AssociationId} may not be disassociated. It is the primary IPv4 CIDR block of the VPC`,
    );
  const space = readCidr(cidr.CidrBlock);
  const inside = transaction.find(
    subnets,
    (subnet) => subnet.VpcId === VpcId && space.contains(readCidr(subnet.CidrBlock)),
  );
  if (inside)
    throw new ServiceError(
      "InvalidCidrBlock.InUse",
      `The vpc ${VpcId} currently has a subnet within CIDR block ${cidr.CidrBlock}`,
    );
  transaction.put(vpcs, VpcId, { ...vpc, Cidrs: vpc.Cidrs.filter((one) => one !== cidr) });
  releaseFor(transaction, VpcId, cidr.CidrBlock);
  return { VpcId, CidrBlockAssociation: { ...cidr, CidrBlockState: { State: "disassociating" } } };
}

function associateIpv6(context: RequestContext, vpc: Vpc): AssociateVpcCidrBlockResult {
  if (vpc.Ipv6Cidrs.length >= context.quotas.cidrsPerVpc)
    throw new ServiceError(
      "CidrLimitExceeded",
      `This network '${vpc.VpcId}' has met its maximum number of allowed CIDRs: ${context.quotas.cidrsPerVpc}`,
    );
  const association = newVpcIpv6Cidr(context);
  context.transaction.put(vpcs, vpc.VpcId, { ...vpc, Ipv6Cidrs: [...vpc.Ipv6Cidrs, association] });
  return {
    VpcId: vpc.VpcId,
    Ipv6CidrBlockAssociation: { ...association, Ipv6CidrBlockState: { State: "associating" } },
  };
}

function disassociateIpv6(
  { transaction }: RequestContext,
  vpc: Vpc,
  associationId: string | undefined,
): DisassociateVpcCidrBlockResult {
  const { VpcId } = vpc;
  const [association] = vpc.Ipv6Cidrs.filter((one) => one.AssociationId === associationId);
  const used = transaction.find(
    subnets,
    (subnet) =>
      subnet.VpcId === VpcId &&
      subnet.Ipv6CidrBlock !== undefined &&
      readCidr(association?.Ipv6CidrBlock ?? "").contains(readCidr(subnet.Ipv6CidrBlock)),
  );
  if (used)
    throw new ServiceError(
      "InvalidCidrBlock.InUse",
      `The vpc ${VpcId} currently has a subnet within CIDR block ${association?.Ipv6CidrBlock}`,
    );
  transaction.put(vpcs, VpcId, { ...vpc, Ipv6Cidrs: vpc.Ipv6Cidrs.filter((one) => one !== association) });
  return {
    VpcId,
    Ipv6CidrBlockAssociation: association && {
      ...association,
      Ipv6CidrBlockState: { State: "disassociating" },
    },
  };
}

const newAssociationId = ({ transaction }: RequestContext): string => `vpc-cidr-assoc-${transaction.hex(17)}`;

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((cidr) => Prefix.parse(cidr));
const awsInternal = Prefix.parse("198.19.0.0/16");

/**
 * Whether a CIDR may stand beside those of a VPC. Source: Amazon VPC user guide, IPv4 CIDR block
 * association restrictions: no other private range than the primary CIDR's, not 198.19.0.0/16 beside
 * another range, and two carve-outs.
 */
function checkBeside(vpc: Vpc, cidr: Prefix): void {
  const [primary = cidr] = vpc.Cidrs.map(({ CidrBlock }) => readCidr(CidrBlock));
  const overlapping = vpc.Cidrs.find(({ CidrBlock }) => readCidr(CidrBlock).overlaps(cidr));
  if (overlapping)
    throw new ServiceError(
      "CidrConflict",
      `The CIDR '${cidr}' conflicts with the CIDR '${overlapping.CidrBlock}' of the VPC '${vpc.VpcId}'.`,
    );
  const families = [...privateRanges, awsInternal];
  const [own, other] = [primary, cidr].map((block) => families.findIndex((range) => range.overlaps(block)));
  const carvedOut = (range: string, reserved: string) =>
    Prefix.parse(range).contains(primary) && Prefix.parse(reserved).overlaps(cidr);
  const restricted =
    (other !== -1 && other !== own) ||
    carvedOut("10.0.0.0/15", "10.0.0.0/16") ||
    carvedOut("172.16.0.0/12", "172.31.0.0/16");
  if (restricted)
    throw new ServiceError(
      "InvalidVpc.Range",
      `The CIDR '${cidr}' is restricted. Use a CIDR from the same private address range as the current VPC CIDR, or use a publicly-routable CIDR. For additional restrictions, see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html`,
    );
}
