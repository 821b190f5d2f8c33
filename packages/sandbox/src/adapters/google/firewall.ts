import { deleteFirewall, firewallOf, insertFirewall, patchFirewall } from "@cluster-ipam/cloud-model/google";
import { ConfigReader } from "../config-reader";
import { type ResourceModel } from "../resource-model";

/** `google_compute_firewall`, of which the cloud knows only the network. */
export const firewall: ResourceModel = {
  create(context, planned) {
    const config = new ConfigReader(planned);
    insertFirewall(context, { name: config.text("name"), network: config.text("network") });
    return {};
  },
  update(context, prior, planned) {
    const config = new ConfigReader(planned);
    patchFirewall(context, String(prior["id"]), { network: config.text("network") });
    return {};
  },
  delete(context, state) {
    const id = String(state["id"]);
    if (firewallOf(context.transaction, id)) deleteFirewall(context, id);
  },
  read: ({ transaction }, state) => (firewallOf(transaction, String(state["id"])) ? {} : null),
};
