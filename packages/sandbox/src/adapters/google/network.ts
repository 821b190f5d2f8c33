import { deleteNetwork, insertNetwork, networkOf } from "@cluster-ipam/cloud-model/google";
import { ConfigReader } from "../config-reader";
import { type ResourceModel } from "../resource-model";

/** `google_compute_network`. */
export const network: ResourceModel = {
  create(context, planned) {
    const config = new ConfigReader(planned);
    insertNetwork(context, {
      name: config.text("name"),
      autoCreateSubnetworks: config.flag("auto_create_subnetworks"),
    });
    return {};
  },
  delete(context, state) {
    const id = String(state["id"]);
    if (networkOf(context.transaction, id)) deleteNetwork(context, id);
  },
  read: ({ transaction }, state) => (networkOf(transaction, String(state["id"])) ? {} : null),
};
