import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { missing, subnetworkOf } from "@cluster-ipam/cloud-model/google";
import { kept } from "../../resource-store/resource-store";
import { type ResourceContext, type ResourceModel } from "../resource-model";
import { ConfigReader } from "../config-reader";
import { networkNamed } from "./network";
import { pathDefaults, routerPath, subnetworkPath } from "./resource-path";

/** google_compute_firewall: its network stands. */
export const firewall: ResourceModel = {
  create(context: ResourceContext, planned: ObjectValue): ObjectValue {
    const asked = new ConfigReader(planned);
    networkNamed(context.transaction, context.caller, asked.text("network"));
    return {};
  },
};

/** google_compute_router: its network stands. */
export const router: ResourceModel = {
  create(context: ResourceContext, planned: ObjectValue): ObjectValue {
    const { transaction, caller } = context;
    const asked = new ConfigReader(planned);
    if (asked.text("network") !== "") networkNamed(transaction, caller, asked.text("network"));
    return {};
  },
};

/** google_compute_router_nat: its router stands. */
export const routerNat: ResourceModel = {
  create(context: ResourceContext, planned: ObjectValue): ObjectValue {
    const { transaction, caller, terraformType } = context;
    const asked = new ConfigReader(planned);
    const values = routerPath.read(asked.text("router"), pathDefaults(terraformType, caller));
    const id = values ? routerPath.of(values) : asked.text("router");
    if (
      !values ||
      !kept(transaction, "google_compute_router", { owner: values.project, region: values.region }, id)
    )
      throw missing(id);
    return {};
  },
};

/** google_compute_subnetwork_iam_member: its subnetwork stands. */
export const subnetworkMember: ResourceModel = {
  create({ transaction, caller, terraformType }: ResourceContext, planned: ObjectValue): ObjectValue {
    const text = new ConfigReader(planned).text("subnetwork");
    const values = subnetworkPath.read(text, pathDefaults(terraformType, caller));
    const id = values ? subnetworkPath.of(values) : text;
    if (!subnetworkOf(transaction, id)) throw missing(id);
    return {};
  },
};
