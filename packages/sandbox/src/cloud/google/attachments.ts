import { type ObjectValue } from "../../plugin/value";
import { kept } from "../kept-resource";
import { type ResourceModel, type Scene } from "../resource-model";
import { Asked } from "../asked";
import { networkNamed } from "./network";
import { missing } from "./refusals";
import { pathDefaults, routerPath, subnetworkPath } from "./resource-path";
import { subnetworkOf } from "./subnetwork-store";

/** google_compute_firewall: its network stands. */
export const firewall: ResourceModel = {
  create(scene: Scene, planned: ObjectValue): ObjectValue {
    const asked = new Asked(planned);
    networkNamed(scene.transaction, scene.place, asked.text("network"));
    return {};
  },
};

/** google_compute_router: its network stands. */
export const router: ResourceModel = {
  create(scene: Scene, planned: ObjectValue): ObjectValue {
    const { transaction, place } = scene;
    const asked = new Asked(planned);
    if (asked.text("network") !== "") networkNamed(transaction, place, asked.text("network"));
    return {};
  },
};

/** google_compute_router_nat: its router stands. */
export const routerNat: ResourceModel = {
  create(scene: Scene, planned: ObjectValue): ObjectValue {
    const { transaction, place, subject } = scene;
    const asked = new Asked(planned);
    const values = routerPath.read(asked.text("router"), pathDefaults(subject, place));
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
  create({ transaction, place, subject }: Scene, planned: ObjectValue): ObjectValue {
    const text = new Asked(planned).text("subnetwork");
    const values = subnetworkPath.read(text, pathDefaults(subject, place));
    const id = values ? subnetworkPath.of(values) : text;
    if (!subnetworkOf(transaction, id)) throw missing(id);
    return {};
  },
};
