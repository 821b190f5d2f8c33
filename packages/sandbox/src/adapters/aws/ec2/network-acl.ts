import { type RuleAction } from "@aws-sdk/client-ec2";
import { type ObjectValue, protocolNumber } from "@cluster-ipam/terraform-provider";
import {
  aclAssociationOf,
  arnOf,
  createNetworkAcl,
  createNetworkAclEntry,
  defaultAclOf,
  deleteNetworkAcl,
  deleteNetworkAclEntry,
  type NetworkAcl,
  networkAcls,
  replaceNetworkAclAssociation,
  subnets,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { numberAt, objectsAt, stringAt, stringsAt } from "../../arguments";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_network_acl`. */
export const networkAcl: ResourceModel = {
  create(context, planned) {
    const { NetworkAcl: made } = createNetworkAcl(context, {
      VpcId: stringAt(planned, "vpc_id"),
      TagSpecifications: tagSpecifications("network-acl", planned),
    });
    const acl = networkAcls.get(context, made?.NetworkAclId);
    setEntries(context, acl, planned);
    setSubnets(context, acl, stringsAt(planned, "subnet_ids"));
    return toTerraformState(context, networkAcls.get(context, acl.NetworkAclId));
  },
  update(context, prior, planned) {
    const acl = networkAcls.get(context, String(prior["id"]));
    setEntries(context, acl, planned);
    setSubnets(context, acl, stringsAt(planned, "subnet_ids"));
    updateTags(context, acl.NetworkAclId, prior, planned);
    return toTerraformState(context, networkAcls.get(context, acl.NetworkAclId));
  },
  delete(context, state) {
    const acl = networkAcls.get(context, String(state["id"]));
    setSubnets(context, acl, []);
    deleteNetworkAcl(context, { NetworkAclId: acl.NetworkAclId });
  },
  read(context, state) {
    const found = networkAcls.find(context, String(state["id"]));
    return found
      ? { ...toTerraformState(context, found), ...tagMembers(context, found.NetworkAclId, state) }
      : null;
  },
  find(context, id) {
    const found = networkAcls.find(context, id);
    return found && { ...toTerraformState(context, found), ...tagMembers(context, id, {}) };
  },
};

/** Number of the rule that EC2 adds to every network ACL: deny the rest. */
const lastRule = 32767;

function setEntries(
  context: ResourceContext,
  { NetworkAclId, Entries }: NetworkAcl,
  planned: ObjectValue,
): void {
  for (const { RuleNumber = 0, Egress } of Entries)
    if (RuleNumber < lastRule) deleteNetworkAclEntry(context, { NetworkAclId, RuleNumber, Egress });
  for (const [direction, Egress] of [
    ["ingress", false],
    ["egress", true],
  ] as const)
    for (const rule of objectsAt(planned, direction))
      createNetworkAclEntry(context, {
        NetworkAclId,
        Egress,
        RuleNumber: numberAt(rule, "rule_no"),
        Protocol: String(protocolNumber(rule["protocol"] ?? null)),
        RuleAction: stringAt(rule, "action")?.toLowerCase() as RuleAction | undefined,
        CidrBlock: stringAt(rule, "cidr_block"),
        Ipv6CidrBlock: stringAt(rule, "ipv6_cidr_block"),
        IcmpTypeCode: { Code: numberAt(rule, "icmp_code") ?? 0, Type: numberAt(rule, "icmp_type") ?? 0 },
        PortRange: { From: numberAt(rule, "from_port"), To: numberAt(rule, "to_port") },
      });
}

/** Associates the wanted subnets; the other subnets return to the default network ACL. */
function setSubnets(context: ResourceContext, acl: NetworkAcl, wanted: readonly string[]): void {
  const fallback = defaultAclOf(context.transaction, acl.VpcId)?.NetworkAclId;
  const move = (subnetId: string, NetworkAclId: string | undefined) =>
    replaceNetworkAclAssociation(context, {
      AssociationId: aclAssociationOf(context.transaction, subnetId)?.NetworkAclAssociationId,
      NetworkAclId,
    });
  const before = subnetsOf(context, acl);
  for (const id of before) if (!wanted.includes(id)) move(id, fallback);
  for (const id of wanted)
    if (!before.includes(id)) move(subnets.get(context, id).SubnetId, acl.NetworkAclId);
}

const subnetsOf = (context: ResourceContext, { NetworkAclId }: NetworkAcl): readonly string[] =>
  subnets
    .all(context)
    .map(({ SubnetId }) => SubnetId)
    .filter((id) => aclAssociationOf(context.transaction, id)?.NetworkAclId === NetworkAclId);

/** The rules of a direction. EC2 answers with the numbers of protocols. */
const rulesOf = ({ Entries }: NetworkAcl, isEgress: boolean): ObjectValue[] =>
  Entries.filter(({ RuleNumber = 0, Egress = false }) => RuleNumber < lastRule && Egress === isEgress).map(
    (entry) => ({
      action: entry.RuleAction ?? "",
      cidr_block: entry.CidrBlock ?? "",
      from_port: entry.PortRange?.From ?? 0,
      icmp_code: entry.IcmpTypeCode?.Code ?? 0,
      icmp_type: entry.IcmpTypeCode?.Type ?? 0,
      ipv6_cidr_block: entry.Ipv6CidrBlock ?? "",
      protocol: entry.Protocol ?? "",
      rule_no: entry.RuleNumber ?? 0,
      to_port: entry.PortRange?.To ?? 0,
    }),
  );

const toTerraformState = (context: ResourceContext, found: NetworkAcl): ObjectValue => ({
  id: found.NetworkAclId,
  arn: arnOf(found, `network-acl/${found.NetworkAclId}`),
  egress: rulesOf(found, true),
  ingress: rulesOf(found, false),
  owner_id: found.OwnerId,
  region: found.Region,
  subnet_ids: subnetsOf(context, found),
  vpc_id: found.VpcId,
});
