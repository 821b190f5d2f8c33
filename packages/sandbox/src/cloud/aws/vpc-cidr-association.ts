import { type ObjectValue } from "../../plugin/value";
import { type ResourceModel, type Scene } from "../resource-model";
import { numberAt, textAt } from "../arguments";
import { vpcs } from "./ec2/vpc";
import { associateVpcCidrBlock, disassociateVpcCidrBlock } from "./ec2/vpc-cidr";

/** `aws_vpc_ipv4_cidr_block_association`. */
export const vpcCidrAssociation: ResourceModel = {
  create(scene, planned) {
    const { CidrBlockAssociation: made } = associateVpcCidrBlock(scene, {
      VpcId: textAt(planned, "vpc_id"),
      CidrBlock: textAt(planned, "cidr_block"),
      Ipv4IpamPoolId: textAt(planned, "ipv4_ipam_pool_id"),
      Ipv4NetmaskLength: numberAt(planned, "ipv4_netmask_length"),
    });
    return { id: made?.AssociationId ?? "", cidr_block: made?.CidrBlock ?? "" };
  },
  delete(scene, state) {
    disassociateVpcCidrBlock(scene, { AssociationId: String(state["id"]) });
  },
  read: (scene, state) => membersOf(scene, String(state["id"])) ?? null,
  find: membersOf,
};

function membersOf(scene: Scene, id: string): ObjectValue | undefined {
  for (const { VpcId, Cidrs } of vpcs.all(scene))
    for (const { AssociationId, CidrBlock } of Cidrs)
      if (AssociationId === id)
        return { id, cidr_block: CidrBlock, vpc_id: VpcId, region: scene.place.region };
  return undefined;
}
