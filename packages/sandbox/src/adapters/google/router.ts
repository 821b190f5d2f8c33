import { deleteRouter, insertRouter, routerOf } from "@cluster-ipam/cloud-model/google";
import { ConfigReader } from "../config-reader";
import { type ResourceModel } from "../resource-model";

/** `google_compute_router`, of which the cloud knows only the network. */
export const router: ResourceModel = {
  create(context, planned) {
    const config = new ConfigReader(planned);
    insertRouter(context, { name: config.text("name"), network: config.text("network") });
    return {};
  },
  delete(context, state) {
    const id = String(state["id"]);
    if (routerOf(context.transaction, id)) deleteRouter(context, id);
  },
  read: ({ transaction }, state) => (routerOf(transaction, String(state["id"])) ? {} : null),
};
