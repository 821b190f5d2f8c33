import {
  type CreateNetworkAclEntryRequest,
  type CreateNetworkAclRequest,
  type CreateNetworkAclResult,
  type DeleteNetworkAclEntryRequest,
  type DeleteNetworkAclRequest,
  type DescribeNetworkAclsRequest,
  type DescribeNetworkAclsResult,
  type NetworkAcl as NetworkAclShape,
  type ReplaceNetworkAclAssociationRequest,
  type ReplaceNetworkAclAssociationResult,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import {
  associationsOf,
  makeNetworkAcl,
  type NetworkAcl,
  networkAclAssociations,
  type NetworkAclEntry,
  networkAcls,
  putAssociation,
  removeNetworkAcl,
} from "../documents/network-acl";
import { hasDependants, invalidValue, required } from "../documents/refusals";
import { tagsOf } from "../documents/tags";
import { vpcs } from "../documents/vpc";
import { addTags, tagsFor } from "../rules/tags";
import { readCidr } from "../rules/cidr";
import { filterAndPage, type Listing } from "./filter-and-page";

/** Creates a network ACL that denies all traffic. */
export function createNetworkAcl(
  context: RequestContext,
  input: CreateNetworkAclRequest,
): CreateNetworkAclResult {
  const acl = makeNetworkAcl(context, vpcs.get(context, input.VpcId).VpcId, false);
  addTags(context, acl.NetworkAclId, "network-acl", tagsFor("network-acl", input.TagSpecifications));
  return { NetworkAcl: toShape(context, acl) };
}

/** Deletes a network ACL that no subnet uses. */
export function deleteNetworkAcl(context: RequestContext, input: DeleteNetworkAclRequest): void {
  const { NetworkAclId, IsDefault } = networkAcls.get(context, input.NetworkAclId);
  if (IsDefault) throw invalidValue(`cannot delete default network ACL ${NetworkAclId}`);
  if (associationsOf(context.transaction, NetworkAclId).length > 0)
    throw hasDependants("networkAcl", NetworkAclId);
  removeNetworkAcl(context, NetworkAclId);
}

/** Adds a rule. */
export function createNetworkAclEntry(context: RequestContext, input: CreateNetworkAclEntryRequest): void {
  const acl = networkAcls.get(context, input.NetworkAclId);
  checkEntry(input);
  const { NetworkAclId: _, DryRun: _dryRun, ...entry } = input;
  if (entryOf(acl, input))
    throw new ServiceError(
      "NetworkAclEntryAlreadyExists",
      `The network acl entry identified by ${input.RuleNumber} already exists.`,
    );
  context.transaction.put(networkAcls, acl.NetworkAclId, { ...acl, Entries: [...acl.Entries, entry] });
}

/** @throws ServiceError for a number or a CIDR that EC2 refuses. Source: EC2 API Reference, CreateNetworkAclEntry. */
function checkEntry({
  RuleNumber = 0,
  CidrBlock,
  Ipv6CidrBlock,
  PortRange,
}: CreateNetworkAclEntryRequest): void {
  if (RuleNumber < 1 || RuleNumber > 32766)
    throw invalidValue(
      `Value (${RuleNumber}) for parameter ruleNumber is invalid. It must be from 1 to 32766.`,
    );
  if (CidrBlock !== undefined) readCidr(CidrBlock);
  if (Ipv6CidrBlock !== undefined) readCidr(Ipv6CidrBlock, "ipv6CidrBlock");
  for (const port of [PortRange?.From, PortRange?.To])
    if (port !== undefined && (port < 0 || port > 65535))
      throw invalidValue(`Value (${port}) for parameter portRange is invalid. It must be from 0 to 65535.`);
}

/** Deletes a rule. */
export function deleteNetworkAclEntry(context: RequestContext, input: DeleteNetworkAclEntryRequest): void {
  const acl = networkAcls.get(context, input.NetworkAclId);
  const entry = entryOf(acl, input);
  if (!entry)
    throw new ServiceError(
      "InvalidNetworkAclEntry.NotFound",
      `The network acl entry identified by ${input.RuleNumber} does not exist.`,
    );
  const Entries = acl.Entries.filter((one) => one !== entry);
  context.transaction.put(networkAcls, acl.NetworkAclId, { ...acl, Entries });
}

/** Associates a subnet with another network ACL of its VPC, under a new association id. */
export function replaceNetworkAclAssociation(
  context: RequestContext,
  input: ReplaceNetworkAclAssociationRequest,
): ReplaceNetworkAclAssociationResult {
  const { transaction } = context;
  const acl = networkAcls.get(context, input.NetworkAclId);
  const before = transaction.get(networkAclAssociations, required(input.AssociationId, "AssociationId"));
  const used = before && networkAcls.find(context, before.NetworkAclId);
  if (!before || !used)
    throw new ServiceError(
      "InvalidAssociationID.NotFound",
      `The association ID '${input.AssociationId}' does not exist`,
    );
  if (used.VpcId !== acl.VpcId)
    throw invalidValue(
      `Network ACL ${acl.NetworkAclId} and subnet ${before.SubnetId} belong to different networks`,
    );
  transaction.remove(networkAclAssociations, before.NetworkAclAssociationId);
  return {
    NewAssociationId: putAssociation(context, acl.NetworkAclId, before.SubnetId).NetworkAclAssociationId,
  };
}

/** Lists network ACLs with their associations. */
export function describeNetworkAcls(
  context: RequestContext,
  input: DescribeNetworkAclsRequest,
): DescribeNetworkAclsResult {
  const { documents, NextToken } = filterAndPage(
    context,
    networkAcls.all(context),
    listingIn(context),
    input,
    input.NetworkAclIds,
  );
  return { NetworkAcls: documents.map((acl) => toShape(context, acl)), NextToken };
}

const entryOf = (
  { Entries }: NetworkAcl,
  { RuleNumber, Egress }: { readonly RuleNumber: number | undefined; readonly Egress: boolean | undefined },
): NetworkAclEntry | undefined =>
  Entries.find((entry) => entry.RuleNumber === RuleNumber && entry.Egress === Egress);

const text = (value: number | undefined): string | undefined => value?.toString();

const listingIn = ({ transaction }: RequestContext): Listing<NetworkAcl> => {
  const associations = ({ NetworkAclId }: NetworkAcl) => associationsOf(transaction, NetworkAclId);
  return {
    action: "DescribeNetworkAcls",
    idOf: ({ NetworkAclId }) => NetworkAclId,
    missing: (id) => networkAcls.notFound(id),
    filters: {
      "association.association-id": (acl) =>
        associations(acl).map(({ NetworkAclAssociationId }) => NetworkAclAssociationId),
      "association.network-acl-id": (acl) => associations(acl).map(({ NetworkAclId }) => NetworkAclId),
      "association.subnet-id": (acl) => associations(acl).map(({ SubnetId }) => SubnetId),
      "entry.cidr": ({ Entries }) => Entries.map(({ CidrBlock }) => CidrBlock),
      "entry.egress": ({ Entries }) => Entries.map(({ Egress }) => String(Egress)),
      "entry.icmp.code": ({ Entries }) => Entries.map(({ IcmpTypeCode }) => text(IcmpTypeCode?.Code)),
      "entry.icmp.type": ({ Entries }) => Entries.map(({ IcmpTypeCode }) => text(IcmpTypeCode?.Type)),
      "entry.ipv6-cidr": ({ Entries }) => Entries.map(({ Ipv6CidrBlock }) => Ipv6CidrBlock),
      "entry.port-range.from": ({ Entries }) => Entries.map(({ PortRange }) => text(PortRange?.From)),
      "entry.port-range.to": ({ Entries }) => Entries.map(({ PortRange }) => text(PortRange?.To)),
      "entry.protocol": ({ Entries }) => Entries.map(({ Protocol }) => Protocol),
      "entry.rule-action": ({ Entries }) => Entries.map(({ RuleAction }) => RuleAction),
      "entry.rule-number": ({ Entries }) => Entries.map(({ RuleNumber }) => text(RuleNumber)),
      default: ({ IsDefault }) => IsDefault,
      "network-acl-id": ({ NetworkAclId }) => NetworkAclId,
      "owner-id": ({ OwnerId }) => OwnerId,
      "vpc-id": ({ VpcId }) => VpcId,
    },
  };
};

function toShape({ transaction }: RequestContext, { Region: _, ...acl }: NetworkAcl): NetworkAclShape {
  return {
    ...acl,
    Associations: associationsOf(transaction, acl.NetworkAclId).map(
      ({ NetworkAclAssociationId, NetworkAclId, SubnetId }) => ({
        NetworkAclAssociationId,
        NetworkAclId,
        SubnetId,
      }),
    ),
    Entries: [...acl.Entries],
    Tags: tagsOf(transaction, acl.NetworkAclId),
  };
}
