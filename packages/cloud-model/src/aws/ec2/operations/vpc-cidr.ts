import {
  type AssociateVpcCidrBlockRequest,
  type AssociateVpcCidrBlockResult,
  type DisassociateVpcCidrBlockRequest,
  type DisassociateVpcCidrBlockResult,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { readCidr } from "../rules/cidr";
import { releaseFor } from "../documents/ipam-allocation";
import { subnets } from "../documents/subnet";
import { tagsOf } from "../documents/tags";
import { type Vpc, vpcs } from "../documents/vpc";
import { sampleLast, sampleNew } from "../rules/address-history";
import { importResources } from "../rules/auto-import";
import {
  checkAdditionalCidr,
  checkNoRouteInside,
  newVpcCidr,
  newVpcIpv6Cidr,
  takeVpcCidr,
} from "../rules/vpc-cidr";

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
  checkAdditionalCidr(vpc, space.cidr);
  checkNoRouteInside(context, vpc, space.cidr);
  const association = takeVpcCidr(context, vpc.VpcId, space);
  context.transaction.put(vpcs, vpc.VpcId, { ...vpc, Cidrs: [...vpc.Cidrs, association] });
  importResources(context.transaction);
  const { VpcId } = vpc;
  sampleNew(context, { ResourceCidr: association.CidrBlock, ResourceId: VpcId, ResourceType: "vpc", VpcId });
  return {
    VpcId: vpc.VpcId,
    CidrBlockAssociation: { ...association, CidrBlockState: { State: "associating" } },
  };
}

/** Removes a secondary CIDR without subnets from its VPC. */
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
  sampleLast(context, VpcId, cidr.CidrBlock);
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
