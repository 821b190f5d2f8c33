import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { keptOf, stateOf } from "../../resource-store/resource-store";
import { type ResourceContext, type ResourceModel } from "../resource-model";
import {
  clusterPath,
  firewallPath,
  internalRangePath,
  networkPath,
  nodePoolPath,
  pathDefaults,
  ResourcePath,
  routerPath,
  subnetworkPath,
} from "./resource-path";

/** How a type's import id is read and how its id is written. */
interface ImportId {
  readonly read: ResourcePath<string>;
  /** @default the same */
  readonly id?: ResourcePath<string>;
}

// The forms that the provider's pages name under "Import".
const importIds: Readonly<Record<string, ImportId>> = {
  google_compute_network: { read: networkPath },
  google_compute_subnetwork: { read: subnetworkPath },
  google_compute_firewall: { read: firewallPath },
  google_compute_router: { read: routerPath },
  google_compute_router_nat: {
    read: new ResourcePath("projects/{project}/regions/{region}/routers/{router}/{name}"),
    id: new ResourcePath("{project}/{region}/{router}/{name}"),
  },
  google_network_connectivity_internal_range: { read: internalRangePath },
  google_container_cluster: { read: clusterPath },
  google_container_node_pool: { read: nodePoolPath },
  google_service_account: { read: new ResourcePath("projects/{project}/serviceAccounts/{email}") },
  google_project_service: { read: new ResourcePath("{project}/{service}") },
};

/** A model whose resources can be imported by every form of their names, from any project and region. */
export function importable(type: string, model: Partial<ResourceModel>): ResourceModel {
  return {
    create: () => ({}),
    ...model,
    find: (context, id) => findKept(context, type, id) ?? model.find?.(context, id),
  };
}

function findKept(
  { transaction, terraformType, caller }: ResourceContext,
  type: string,
  text: string,
): ObjectValue | undefined {
  const id = idOf(type, text, pathDefaults(terraformType, caller));
  const resource = keptOf(transaction, type).find((one) => one.id === id);
  return resource && stateOf(resource, terraformType);
}

/** The members of `google_project_iam_member` stand apart by spaces: `project role member`. */
function idOf(type: string, text: string, defaults: ReturnType<typeof pathDefaults>): string | undefined {
  if (type === "google_project_iam_member") return text.split(" ").join("/");
  const form = importIds[type];
  const values = form?.read.read(text, defaults);
  return values && (form?.id ?? form!.read).of(values);
}
