import { type VpcEndpointType } from "@aws-sdk/client-ec2";
import {
  createVpcEndpoint,
  deleteVpcEndpoints,
  modifyVpcEndpoint,
  type VpcEndpoint,
  vpcEndpoints,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { stringAt } from "../../arguments";
import { ConfigReader } from "../../config-reader";
import { type ResourceModel } from "../../resource-model";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_vpc_endpoint`. */
export const vpcEndpoint: ResourceModel = {
  create(context, planned) {
    const config = new ConfigReader(planned);
    const { VpcEndpoint: made } = createVpcEndpoint(context, {
      VpcEndpointType: stringAt(planned, "vpc_endpoint_type") as VpcEndpointType | undefined,
      VpcId: stringAt(planned, "vpc_id"),
      ServiceName: stringAt(planned, "service_name"),
      RouteTableIds: [...config.texts("route_table_ids")],
      SubnetIds: [...config.texts("subnet_ids")],
      SecurityGroupIds: [...config.texts("security_group_ids")],
      TagSpecifications: tagSpecifications("vpc-endpoint", planned),
    });
    return toTerraformState(vpcEndpoints.get(context, made?.VpcEndpointId));
  },
  update(context, prior, planned) {
    const before = vpcEndpoints.get(context, String(prior["id"]));
    const config = new ConfigReader(planned);
    const routeTables = difference(before.RouteTableIds, config.texts("route_table_ids"));
    const subnets = difference(before.SubnetIds, config.texts("subnet_ids"));
    const groups = difference(before.GroupIds, config.texts("security_group_ids"));
    modifyVpcEndpoint(context, {
      VpcEndpointId: before.VpcEndpointId,
      AddRouteTableIds: routeTables.added,
      RemoveRouteTableIds: routeTables.removed,
      AddSubnetIds: subnets.added,
      RemoveSubnetIds: subnets.removed,
      AddSecurityGroupIds: groups.added,
      RemoveSecurityGroupIds: groups.removed,
    });
    updateTags(context, before.VpcEndpointId, prior, planned);
    return toTerraformState(vpcEndpoints.get(context, before.VpcEndpointId));
  },
  delete(context, state) {
    const id = String(state["id"]);
    if (vpcEndpoints.find(context, id)) deleteVpcEndpoints(context, { VpcEndpointIds: [id] });
  },
  read(context, state) {
    const found = vpcEndpoints.find(context, String(state["id"]));
    return found ? tagMembers(context, found.VpcEndpointId, state) : null;
  },
};

const difference = (before: readonly string[], after: readonly string[]) => ({
  added: after.filter((id) => !before.includes(id)),
  removed: before.filter((id) => !after.includes(id)),
});

const toTerraformState = ({ VpcEndpointId, NetworkInterfaceIds }: VpcEndpoint): ObjectValue => ({
  id: VpcEndpointId,
  network_interface_ids: [...NetworkInterfaceIds],
});
