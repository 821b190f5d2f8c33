import { type RuleAction } from "@aws-sdk/client-ec2";
import { type ObjectValue } from "../../plugin/value";
import { type ResourceModel, type Scene } from "../resource-model";
import { numberAt, objectsAt, textAt, textsAt } from "../arguments";
import {
  aclAssociationOf,
  createNetworkAcl,
  createNetworkAclEntry,
  defaultAclOf,
  deleteNetworkAcl,
  deleteNetworkAclEntry,
  type NetworkAcl,
  networkAcls,
  replaceNetworkAclAssociation,
} from "./ec2/network-acl";
import { arnOf } from "./ec2/scene";
import { subnets } from "./ec2/subnet";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_network_acl`. Changes of its rules by others are not shown. */
export const networkAcl: ResourceModel = {
  create(scene, planned) {
    const { NetworkAcl: made } = createNetworkAcl(scene, {
      VpcId: textAt(planned, "vpc_id"),
      TagSpecifications: tagSpecifications("network-acl", planned),
    });
    const acl = networkAcls.get(scene, made?.NetworkAclId);
    setEntries(scene, acl, planned);
    setSubnets(scene, acl, textsAt(planned, "subnet_ids"));
    return membersOf(scene, acl);
  },
  update(scene, prior, planned) {
    const acl = networkAcls.get(scene, String(prior["id"]));
    setEntries(scene, acl, planned);
    setSubnets(scene, acl, textsAt(planned, "subnet_ids"));
    updateTags(scene, acl.NetworkAclId, prior, planned);
    return membersOf(scene, acl);
  },
  delete(scene, state) {
    const acl = networkAcls.get(scene, String(state["id"]));
    setSubnets(scene, acl, []);
    deleteNetworkAcl(scene, { NetworkAclId: acl.NetworkAclId });
  },
  read(scene, state) {
    const found = networkAcls.find(scene, String(state["id"]));
    return found ? { ...membersOf(scene, found), ...tagMembers(scene, found.NetworkAclId, state) } : null;
  },
};

function setEntries(scene: Scene, { NetworkAclId, Entries }: NetworkAcl, planned: ObjectValue): void {
  for (const { RuleNumber = 0, Egress } of Entries)
    if (RuleNumber < 32767) deleteNetworkAclEntry(scene, { NetworkAclId, RuleNumber, Egress });
  for (const [direction, Egress] of [
    ["ingress", false],
    ["egress", true],
  ] as const)
    for (const rule of objectsAt(planned, direction))
      createNetworkAclEntry(scene, {
        NetworkAclId,
        Egress,
        RuleNumber: numberAt(rule, "rule_no"),
        Protocol: textAt(rule, "protocol"),
        RuleAction: textAt(rule, "action") as RuleAction | undefined,
        CidrBlock: textAt(rule, "cidr_block"),
        Ipv6CidrBlock: textAt(rule, "ipv6_cidr_block"),
        PortRange: { From: numberAt(rule, "from_port"), To: numberAt(rule, "to_port") },
      });
}

/** Subnets that are no longer named fall back to the default network ACL. */
function setSubnets(scene: Scene, acl: NetworkAcl, wanted: readonly string[]): void {
  const fallback = defaultAclOf(scene.transaction, acl.VpcId)?.NetworkAclId;
  const move = (subnetId: string, NetworkAclId: string | undefined) =>
    replaceNetworkAclAssociation(scene, {
      AssociationId: aclAssociationOf(scene.transaction, subnetId)?.NetworkAclAssociationId,
      NetworkAclId,
    });
  const before = subnetsOf(scene, acl);
  for (const id of before) if (!wanted.includes(id)) move(id, fallback);
  for (const id of wanted) if (!before.includes(id)) move(subnets.get(scene, id).SubnetId, acl.NetworkAclId);
}

const subnetsOf = (scene: Scene, { NetworkAclId }: NetworkAcl): readonly string[] =>
  subnets
    .all(scene)
    .map(({ SubnetId }) => SubnetId)
    .filter((id) => aclAssociationOf(scene.transaction, id)?.NetworkAclId === NetworkAclId);

const membersOf = (scene: Scene, found: NetworkAcl): ObjectValue => ({
  id: found.NetworkAclId,
  arn: arnOf(found, `network-acl/${found.NetworkAclId}`),
  owner_id: found.OwnerId,
  region: found.Region,
  subnet_ids: subnetsOf(scene, found),
  vpc_id: found.VpcId,
});
