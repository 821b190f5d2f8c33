import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { getRouter, patchRouter, routerOf, routerPath } from "@cluster-ipam/cloud-model/google";
import { ConfigReader } from "../config-reader";
import { type ResourceContext, type ResourceModel } from "../resource-model";
import { pathDefaults } from "./path-defaults";

/** `google_compute_router_nat`: a part of its router. */
export const routerNat: ResourceModel = {
  create(context, planned) {
    const id = routerOfNat(context, planned);
    const { nats } = getRouter(context, id);
    patchRouter(context, id, { nats: [...nats, { name: nameOf(planned) }] });
    return {};
  },
  delete(context, state) {
    const found = routerOf(context.transaction, routerOfNat(context, state));
    if (!found) return;
    patchRouter(context, found.id, { nats: found.nats.filter(({ name }) => name !== nameOf(state)) });
  },
  read(context, state) {
    const found = routerOf(context.transaction, routerOfNat(context, state));
    return found?.nats.some(({ name }) => name === nameOf(state)) ? {} : null;
  },
};

const nameOf = (values: ObjectValue): string => new ConfigReader(values).text("name");

function routerOfNat({ terraformType, caller }: ResourceContext, values: ObjectValue): string {
  const text = new ConfigReader(values).text("router");
  return routerPath.expand(text, pathDefaults(terraformType, caller)) ?? text;
}
