import { networkInterfaces, routeTables, subnets, vpcs } from "@cluster-ipam/cloud-model/aws/ec2";
import { ConfigReader } from "../../config-reader";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { attachServiceInterface, deleteInterfaces } from "./interface";

/** `aws_vpc_endpoint`: one of type Interface takes an address in each subnet. */
export const vpcEndpoint: ResourceModel = {
  create(context, planned) {
    const asked = new ConfigReader(planned);
    vpcs.get(context, asked.text("vpc_id"));
    for (const id of asked.texts("route_table_ids")) routeTables.get(context, id);
    const id = `vpce-${context.transaction.hex(17)}`;
    return { id, network_interface_ids: [...placed(context, id, asked, [])] };
  },

  update(context, prior, planned) {
    const [before, asked] = [new ConfigReader(prior), new ConfigReader(planned)];
    for (const id of asked.texts("route_table_ids")) routeTables.get(context, id);
    return {
      network_interface_ids: [
        ...placed(context, before.text("id"), asked, before.texts("network_interface_ids")),
      ],
    };
  },

  delete(context, state) {
    deleteInterfaces(context, new ConfigReader(state).texts("network_interface_ids"));
  },
};

/** The endpoint's interfaces, in the subnets that are asked for. @param standing those it has */
function placed(
  context: ResourceContext,
  id: string,
  asked: ConfigReader,
  standing: readonly string[],
): readonly string[] {
  const wanted = asked.texts("subnet_ids").map((subnet) => subnets.get(context, subnet).SubnetId);
  const groups = asked.texts("security_group_ids");
  const kept = standing.filter((interfaceId) => wanted.includes(subnetOf(context, interfaceId)));
  deleteInterfaces(
    context,
    standing.filter((interfaceId) => !kept.includes(interfaceId)),
  );
  const covered = kept.map((interfaceId) => subnetOf(context, interfaceId));
  const added = wanted
    .filter((subnet) => !covered.includes(subnet))
    .map((subnet) =>
      attachServiceInterface(context, subnet, {
        description: `VPC Endpoint Interface ${id}`,
        groups,
        type: "vpc_endpoint",
      }),
    );
  return [...kept, ...added];
}

const subnetOf = (context: ResourceContext, interfaceId: string): string =>
  networkInterfaces.find(context, interfaceId)?.SubnetId ?? "";
