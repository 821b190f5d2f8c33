import { type NetworkAclEntry as NetworkAclEntryShape } from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { Kind } from "../../../store/kind";
import { type Transaction } from "../../../store/transaction";
import { Ec2Kind } from "./ec2-kind";
import { type Located, locationOf } from "./located";
import { type Subnet } from "./subnet";
import { removeTags } from "./tags";

/** A rule of a network ACL. Protocol and ports are not checked. */
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

export const networkAclAssociations = new Kind<NetworkAclAssociation>("ec2/network-acl-association");

const everything = { Protocol: "-1", CidrBlock: "0.0.0.0/0" } as const;

const both = (entry: NetworkAclEntry): readonly NetworkAclEntry[] => [
  { ...entry, Egress: false },
  { ...entry, Egress: true },
];

/** Makes a network ACL, unchecked. The default one allows all traffic, any other none. */
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

/** Removes a network ACL, unchecked. */
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

/** Removes the association of a subnet that is deleted. */
export function removeAclAssociation({ transaction }: RequestContext, subnetId: string): void {
  const association = aclAssociationOf(transaction, subnetId);
  if (association) transaction.remove(networkAclAssociations, association.NetworkAclAssociationId);
}

export const associationsOf = (transaction: Transaction, id: string): readonly NetworkAclAssociation[] =>
  transaction.filter(networkAclAssociations, ({ NetworkAclId }) => NetworkAclId === id);

export function putAssociation(
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
