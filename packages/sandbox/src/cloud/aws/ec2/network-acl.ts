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
import { Kind } from "../../../store/kind";
import { type Transaction } from "../../../store/transaction";
import { ServiceError } from "../../service-error";
import { Ec2Kind } from "./ec2-kind";
import { list, type Listing } from "./listing";
import { hasDependants, invalidValue, required } from "./refusals";
import { type Ec2Scene, locationOf, type Located } from "./scene";
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
export function makeNetworkAcl(scene: Ec2Scene, VpcId: string, IsDefault: boolean): NetworkAcl {
  const NetworkAclId = networkAcls.newId(scene);
  const acl: NetworkAcl = {
    ...locationOf(scene),
    NetworkAclId,
    VpcId,
    IsDefault,
    Entries: [
      ...(IsDefault ? both({ ...everything, RuleNumber: 100, RuleAction: "allow" }) : []),
      ...both({ ...everything, RuleNumber: 32767, RuleAction: "deny" }),
    ],
  };
  return scene.transaction.put(networkAcls, NetworkAclId, acl);
}

/** Takes a network ACL away. */
export function removeNetworkAcl(scene: Ec2Scene, id: string): void {
  scene.transaction.remove(networkAcls, id);
  removeTags(scene, id);
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
export function associateWithDefaultAcl(scene: Ec2Scene, { VpcId, SubnetId }: Subnet): void {
  const acl = defaultAclOf(scene.transaction, VpcId);
  if (acl) putAssociation(scene, acl.NetworkAclId, SubnetId);
}

/** Drops the association of a subnet that goes. */
export function forgetAclOf({ transaction }: Ec2Scene, subnetId: string): void {
  const association = aclAssociationOf(transaction, subnetId);
  if (association) transaction.remove(networkAclAssociations, association.NetworkAclAssociationId);
}

/** Creates a network ACL that denies everything. */
export function createNetworkAcl(scene: Ec2Scene, input: CreateNetworkAclRequest): CreateNetworkAclResult {
  const acl = makeNetworkAcl(scene, vpcs.get(scene, input.VpcId).VpcId, false);
  addTags(scene, acl.NetworkAclId, "network-acl", tagsFor("network-acl", input.TagSpecifications));
  return { NetworkAcl: shown(scene, acl) };
}

/** Deletes a network ACL that no subnet uses. */
export function deleteNetworkAcl(scene: Ec2Scene, input: DeleteNetworkAclRequest): void {
  const { NetworkAclId, IsDefault } = networkAcls.get(scene, input.NetworkAclId);
  if (IsDefault) throw invalidValue(`cannot delete default network ACL ${NetworkAclId}`);
  if (associationsOf(scene.transaction, NetworkAclId).length > 0)
    throw hasDependants("networkAcl", NetworkAclId);
  removeNetworkAcl(scene, NetworkAclId);
}

/** Adds a rule. */
export function createNetworkAclEntry(scene: Ec2Scene, input: CreateNetworkAclEntryRequest): void {
  const acl = networkAcls.get(scene, input.NetworkAclId);
  const { NetworkAclId: _, DryRun: _dryRun, ...entry } = input;
  if (entryOf(acl, input))
    throw new ServiceError(
      "NetworkAclEntryAlreadyExists",
      `The network acl entry identified by ${input.RuleNumber} already exists.`,
    );
  scene.transaction.put(networkAcls, acl.NetworkAclId, { ...acl, Entries: [...acl.Entries, entry] });
}

/** Takes a rule away. */
export function deleteNetworkAclEntry(scene: Ec2Scene, input: DeleteNetworkAclEntryRequest): void {
  const acl = networkAcls.get(scene, input.NetworkAclId);
  const entry = entryOf(acl, input);
  if (!entry)
    throw new ServiceError(
      "InvalidNetworkAclEntry.NotFound",
      `The network acl entry identified by ${input.RuleNumber} does not exist.`,
    );
  const Entries = acl.Entries.filter((one) => one !== entry);
  scene.transaction.put(networkAcls, acl.NetworkAclId, { ...acl, Entries });
}

/** Gives a subnet another network ACL of its VPC. The association gets a new id. */
export function replaceNetworkAclAssociation(
  scene: Ec2Scene,
  input: ReplaceNetworkAclAssociationRequest,
): ReplaceNetworkAclAssociationResult {
  const { transaction } = scene;
  const acl = networkAcls.get(scene, input.NetworkAclId);
  const before = transaction.get(networkAclAssociations, required(input.AssociationId, "AssociationId"));
  const used = before && networkAcls.find(scene, before.NetworkAclId);
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
    NewAssociationId: putAssociation(scene, acl.NetworkAclId, before.SubnetId).NetworkAclAssociationId,
  };
}

/** Lists network ACLs with their associations. */
export function describeNetworkAcls(
  scene: Ec2Scene,
  input: DescribeNetworkAclsRequest,
): DescribeNetworkAclsResult {
  const { documents, NextToken } = list(
    scene,
    networkAcls.all(scene),
    listingIn(scene),
    input,
    input.NetworkAclIds,
  );
  return { NetworkAcls: documents.map((acl) => shown(scene, acl)), NextToken };
}

const entryOf = (
  { Entries }: NetworkAcl,
  { RuleNumber, Egress }: { readonly RuleNumber: number | undefined; readonly Egress: boolean | undefined },
): NetworkAclEntry | undefined =>
  Entries.find((entry) => entry.RuleNumber === RuleNumber && entry.Egress === Egress);

const associationsOf = (transaction: Transaction, id: string): readonly NetworkAclAssociation[] =>
  transaction.filter(networkAclAssociations, ({ NetworkAclId }) => NetworkAclId === id);

function putAssociation(scene: Ec2Scene, NetworkAclId: string, SubnetId: string): NetworkAclAssociation {
  const NetworkAclAssociationId = `aclassoc-${scene.transaction.hex(17)}`;
  return scene.transaction.put(networkAclAssociations, NetworkAclAssociationId, {
    ...locationOf(scene),
    NetworkAclAssociationId,
    NetworkAclId,
    SubnetId,
  });
}

const listingIn = ({ transaction }: Ec2Scene): Listing<NetworkAcl> => {
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

function shown({ transaction }: Ec2Scene, { Region: _, ...acl }: NetworkAcl): NetworkAclShape {
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
