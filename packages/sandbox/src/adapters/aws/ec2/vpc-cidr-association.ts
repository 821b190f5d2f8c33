import { DiagnosticError, type ObjectValue } from "@cluster-ipam/terraform-provider";
import { associateVpcCidrBlock, disassociateVpcCidrBlock, vpcs } from "@cluster-ipam/cloud-model/aws/ec2";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { numberAt, stringAt } from "../../arguments";

/** `aws_vpc_ipv4_cidr_block_association`, imported by `association[,pool[,netmask length]]`. */
export const vpcCidrAssociation: ResourceModel = {
  unread: ["ipv4_ipam_pool_id", "ipv4_netmask_length"],
  create(context, planned) {
    const { CidrBlockAssociation: made } = associateVpcCidrBlock(context, {
      VpcId: stringAt(planned, "vpc_id"),
      CidrBlock: stringAt(planned, "cidr_block"),
      Ipv4IpamPoolId: stringAt(planned, "ipv4_ipam_pool_id"),
      Ipv4NetmaskLength: numberAt(planned, "ipv4_netmask_length"),
    });
    return { id: made?.AssociationId ?? "", cidr_block: made?.CidrBlock ?? "" };
  },
  delete(context, state) {
    disassociateVpcCidrBlock(context, { AssociationId: String(state["id"]) });
  },
  read: (context, state) => toTerraformState(context, String(state["id"])) ?? null,
  find(context, id) {
    const [association = "", pool, length, ...rest] = id.split(",");
    if (rest.length > 0) throw new DiagnosticError({ summary: `invalid import ID (${id})` });
    const found = toTerraformState(context, association);
    return (
      found && {
        ...found,
        ipv4_ipam_pool_id: pool ?? null,
        ipv4_netmask_length: length === undefined ? null : Number(length),
      }
    );
  },
};

function toTerraformState(context: ResourceContext, id: string): ObjectValue | undefined {
  for (const { VpcId, Cidrs } of vpcs.all(context))
    for (const { AssociationId, CidrBlock } of Cidrs)
      if (AssociationId === id)
        return { id, cidr_block: CidrBlock, vpc_id: VpcId, region: context.caller.region };
  return undefined;
}
