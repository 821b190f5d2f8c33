import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import {
  clusterPath,
  firewallPath,
  internalRangePath,
  networkPath,
  nodePoolPath,
  ResourcePath,
  routerPath,
  subnetworkPath,
} from "@cluster-ipam/cloud-model/google";
import { listResources, stateOf } from "../../resource-store/resource-store";
import { type ResourceContext, type ResourceModel } from "../resource-model";
import { pathDefaults } from "./path-defaults";

/** The forms of a type's import ids and of its ids. */
interface ImportId {
  readonly path: ResourcePath<string>;
  /** @default the same */
  readonly id?: ResourcePath<string>;
}

// The forms that the provider documents under "Import".
const importIds: Readonly<Record<string, ImportId>> = {
  google_compute_network: { path: networkPath },
  google_compute_subnetwork: { path: subnetworkPath },
  google_compute_firewall: { path: firewallPath },
  google_compute_router: { path: routerPath },
  google_compute_router_nat: {
    path: new ResourcePath("projects/{project}/regions/{region}/routers/{router}/{name}"),
    id: new ResourcePath("{project}/{region}/{router}/{name}"),
  },
  google_network_connectivity_internal_range: { path: internalRangePath },
  google_container_cluster: { path: clusterPath },
  google_container_node_pool: { path: nodePoolPath },
  google_service_account: { path: new ResourcePath("projects/{project}/serviceAccounts/{email}") },
  google_project_service: { path: new ResourcePath("{project}/{service}") },
};

/** Makes the resources of a model importable by every form of their names, from any project and region. */
export function importable(type: string, model: Partial<ResourceModel>): ResourceModel {
  return {
    create: () => ({}),
    ...model,
    find: (context, id) => findStored(context, type, id) ?? model.find?.(context, id),
  };
}

function findStored(
  { transaction, terraformType, caller }: ResourceContext,
  type: string,
  text: string,
): ObjectValue | undefined {
  const id = idOf(type, text, pathDefaults(terraformType, caller));
  const resource = listResources(transaction, type).find((one) => one.id === id);
  return resource && stateOf(resource, terraformType);
}

/** The import id of `google_project_iam_member` separates its members by spaces: `project role member`. */
function idOf(type: string, text: string, defaults: ReturnType<typeof pathDefaults>): string | undefined {
  if (type === "google_project_iam_member") return text.split(" ").join("/");
  const form = importIds[type];
  const values = form?.path.parse(text, defaults);
  return values && (form?.id ?? form!.path).format(values);
}
