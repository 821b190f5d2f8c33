import {
  type CreateNetworkAclEntryRequest,
  type CreateNetworkAclRequest,
  type CreateNetworkAclResult,
  type DeleteNetworkAclEntryRequest,
  type DeleteNetworkAclRequest,
  type DescribeNetworkAclsRequest,
  type DescribeNetworkAclsResult,
  type NetworkAcl as NetworkAclShape,
  type NetworkAclEntry as NetworkAclEntryShape,
  type ReplaceNetworkAclAssociationRequest,
  type ReplaceNetworkAclAssociationResult,
} from "@aws-sdk/client-ec2";
import { Kind } from "../../store/kind";
import { type Transaction } from "../../store/transaction";
import { ServiceError } from "../../service-error";
import { type RequestContext } from "../../request-context";
import { Ec2Kind } from "./ec2-kind";
import { list, type Listing } from "./listing";
import { hasDependants, invalidValue, required } from "./refusals";
import { type Located, locationOf } from "./located";
import { type Subnet } from "./subnet";
import { addTags, removeTags, tagsFor, tagsOf } from "./tags";
import { vpcs } from "./vpc";

/** A rule of a network ACL; the sandbox does not check protocol and ports. */
export type NetworkAclEntry = Readonly<NetworkAclEntryShape>;

/** A network ACL. */
export interface NetworkAcl extends Located {
  readonly NetworkAclId: string;
  readonly VpcId: string;
  readonly IsDefault: boolean;
  readonly Entries: readonly NetworkAclEntry[];
}

/** Which network ACL a subnet uses: every subnet has exactly one. */
export interface NetworkAclAssociation extends Located {
  readonly NetworkAclAssociationId: string;
  readonly NetworkAclId: string;
  readonly SubnetId: string;
}

/** All network ACLs. */
export const networkAcls = new Ec2Kind<NetworkAcl>("network-acl", "acl", [
  "InvalidNetworkAclID.NotFound",
  "networkAcl ID",
]);

const networkAclAssociations = new Kind<NetworkAclAssociation>("ec2/network-acl-association");

const everything = { Protocol: "-1", CidrBlock: "0.0.0.0/0" } as const;
const both = (entry: NetworkAclEntry): readonly NetworkAclEntry[] => [
  { ...entry, Egress: false },
  { ...entry, Egress: true },
];

/** Makes a network ACL, unchecked: the default one allows everything, another one nothing. */
export function makeNetworkAcl(context: RequestContext, VpcId: string, IsDefault: boolean): NetworkAcl {
  const NetworkAclId = networkAcls.newId(context);
  const acl: NetworkAcl = {
    ...locationOf(context),
    NetworkAclId,
    VpcId,
    IsDefault,
    Entries: [
      ...(IsDefault ? both({ ...everything, RuleNumber: 100, RuleAction: "allow" }) : []),
      ...both({ ...everything, RuleNumber: 32767, RuleAction: "deny" }),
    ],
  };
  return context.transaction.put(networkAcls, NetworkAclId, acl);
}

/** Takes a network ACL away. */
export function removeNetworkAcl(context: RequestContext, id: string): void {
  context.transaction.remove(networkAcls, id);
  removeTags(context, id);
}

/** The default network ACL of a VPC. */
export const defaultAclOf = (transaction: Transaction, vpcId: string): NetworkAcl | undefined =>
  transaction.find(networkAcls, ({ VpcId, IsDefault }) => IsDefault && VpcId === vpcId);

/** The association of a subnet. */
export const aclAssociationOf = (
  transaction: Transaction,
  subnetId: string,
): NetworkAclAssociation | undefined =>
  transaction.find(networkAclAssociations, ({ SubnetId }) => SubnetId === subnetId);

/** Gives a new subnet the default network ACL of its VPC. */
export function associateWithDefaultAcl(context: RequestContext, { VpcId, SubnetId }: Subnet): void {
  const acl = defaultAclOf(context.transaction, VpcId);
  if (acl) putAssociation(context, acl.NetworkAclId, SubnetId);
}

/** Drops the association of a subnet that goes. */
export function removeAclAssociation({ transaction }: RequestContext, subnetId: string): void {
  const association = aclAssociationOf(transaction, subnetId);
  if (association) transaction.remove(networkAclAssociations, association.NetworkAclAssociationId);
}

/** Creates a network ACL that denies everything. */
export function createNetworkAcl(
  context: RequestContext,
  input: CreateNetworkAclRequest,
): CreateNetworkAclResult {
  const acl = makeNetworkAcl(context, vpcs.get(context, input.VpcId).VpcId, false);
  addTags(context, acl.NetworkAclId, "network-acl", tagsFor("network-acl", input.TagSpecifications));
  return { NetworkAcl: shown(context, acl) };
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
  const { NetworkAclId: _, DryRun: _dryRun, ...entry } = input;
  if (entryOf(acl, input))
    throw new ServiceError(
      "NetworkAclEntryAlreadyExists",
      `The network acl entry identified by ${input.RuleNumber} already exists.`,
    );
  context.transaction.put(networkAcls, acl.NetworkAclId, { ...acl, Entries: [...acl.Entries, entry] });
}

/** Takes a rule away. */
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

/** Gives a subnet another network ACL of its VPC. The association gets a new id. */
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
  const { documents, NextToken } = list(
    context,
    networkAcls.all(context),
    listingIn(context),
    input,
    input.NetworkAclIds,
  );
  return { NetworkAcls: documents.map((acl) => shown(context, acl)), NextToken };
}

const entryOf = (
  { Entries }: NetworkAcl,
  { RuleNumber, Egress }: { readonly RuleNumber: number | undefined; readonly Egress: boolean | undefined },
): NetworkAclEntry | undefined =>
  Entries.find((entry) => entry.RuleNumber === RuleNumber && entry.Egress === Egress);

const associationsOf = (transaction: Transaction, id: string): readonly NetworkAclAssociation[] =>
  transaction.filter(networkAclAssociations, ({ NetworkAclId }) => NetworkAclId === id);

function putAssociation(
  context: RequestContext,
  NetworkAclId: string,
  SubnetId: string,
): NetworkAclAssociation {
  const NetworkAclAssociationId = `aclassoc-${context.transaction.hex(17)}`;
  return context.transaction.put(networkAclAssociations, NetworkAclAssociationId, {
    ...locationOf(context),
    NetworkAclAssociationId,
    NetworkAclId,
    SubnetId,
  });
}

const listingIn = ({ transaction }: RequestContext): Listing<NetworkAcl> => {
  const associations = ({ NetworkAclId }: NetworkAcl) => associationsOf(transaction, NetworkAclId);
  return {
    idOf: ({ NetworkAclId }) => NetworkAclId,
    missing: (id) => networkAcls.notFound(id),
    filters: {
      "association.association-id": (acl) =>
        associations(acl).map(({ NetworkAclAssociationId }) => NetworkAclAssociationId),
      "association.network-acl-id": (acl) => associations(acl).map(({ NetworkAclId }) => NetworkAclId),
      "association.subnet-id": (acl) => associations(acl).map(({ SubnetId }) => SubnetId),
      default: ({ IsDefault }) => IsDefault,
      "network-acl-id": ({ NetworkAclId }) => NetworkAclId,
      "owner-id": ({ OwnerId }) => OwnerId,
      "vpc-id": ({ VpcId }) => VpcId,
    },
  };
};

function shown({ transaction }: RequestContext, { Region: _, ...acl }: NetworkAcl): NetworkAclShape {
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
