import { Asked } from "../../asked";
import { type ResourceModel, type Scene } from "../../resource-model";
import { networkInterfaces } from "../ec2/network-interface";
import { subnets } from "../ec2/subnet";
import { vpcs } from "../ec2/vpc";
import { routeTables } from "../ec2/route-table";
import { plugIn, unplug } from "./interface";

/** `aws_vpc_endpoint`: one of type Interface takes an address in each subnet. */
export const vpcEndpoint: ResourceModel = {
  create(scene, planned) {
    const asked = new Asked(planned);
    vpcs.get(scene, asked.text("vpc_id"));
    for (const id of asked.texts("route_table_ids")) routeTables.get(scene, id);
    const id = `vpce-${scene.transaction.hex(17)}`;
    return { id, network_interface_ids: [...placed(scene, id, asked, [])] };
  },

  update(scene, prior, planned) {
    const [before, asked] = [new Asked(prior), new Asked(planned)];
    for (const id of asked.texts("route_table_ids")) routeTables.get(scene, id);
    return {
      network_interface_ids: [
        ...placed(scene, before.text("id"), asked, before.texts("network_interface_ids")),
      ],
    };
  },

  delete(scene, state) {
    unplug(scene, new Asked(state).texts("network_interface_ids"));
  },
};

/** The endpoint's interfaces, in the subnets that are asked for. @param standing those it has */
function placed(scene: Scene, id: string, asked: Asked, standing: readonly string[]): readonly string[] {
  const wanted = asked.texts("subnet_ids").map((subnet) => subnets.get(scene, subnet).SubnetId);
  const groups = asked.texts("security_group_ids");
  const kept = standing.filter((interfaceId) => wanted.includes(subnetOf(scene, interfaceId)));
  unplug(
    scene,
    standing.filter((interfaceId) => !kept.includes(interfaceId)),
  );
  const covered = kept.map((interfaceId) => subnetOf(scene, interfaceId));
  const added = wanted
    .filter((subnet) => !covered.includes(subnet))
    .map((subnet) =>
      plugIn(scene, subnet, { description: `VPC Endpoint Interface ${id}`, groups, type: "vpc_endpoint" }),
    );
  return [...kept, ...added];
}

const subnetOf = (scene: Scene, interfaceId: string): string =>
  networkInterfaces.find(scene, interfaceId)?.SubnetId ?? "";
