import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { ResourcePath } from "@cluster-ipam/cloud-model/google";
import { listResources, stateOf } from "../../resource-store/resource-store";
import { type ResourceContext, type ResourceModel } from "../resource-model";
import { pathDefaults } from "./path-defaults";

/** The forms of a type's import ids, and its id. */
interface ImportId {
  /** Regular expressions with the names of what a form gives. */
  readonly forms: readonly RegExp[];
  readonly id: ResourcePath<string>;
}

/** The forms of a type of Compute Engine: the whole path, or its variables with the first ones left out. */
function anchored(id: string, path: string = id): ImportId {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => `(?<${name!}>[^/]+)`);
  const whole = path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  const fewest = path.includes("/routers/{router}/") ? 2 : 1;
  const shorter = Array.from({ length: names.length - fewest + 1 }, (_, index) =>
    names.slice(index).join("/"),
  );
  return { forms: [whole, ...shorter].map((form) => new RegExp(`^${form}$`)), id: new ResourcePath(id) };
}

const cluster = "projects/{project}/locations/{location}/clusters/{name}";
const pool = "projects/{project}/locations/{location}/clusters/{cluster}/nodePools/{name}";

/** The forms of GKE's types: what stands around them is ignored, as the provider ignores it. */
function anywhere(path: string, fewest: number): ImportId {
  const { forms } = anchored(path);
  const kept = forms.filter((form) => (form.source.match(/\(\?</g) ?? []).length >= fewest);
  return { forms: kept.map((form) => new RegExp(form.source.slice(1, -1))), id: new ResourcePath(path) };
}

const importIds: Readonly<Record<string, ImportId>> = {
  google_compute_network: anchored("projects/{project}/global/networks/{name}"),
  google_compute_subnetwork: anchored("projects/{project}/regions/{region}/subnetworks/{name}"),
  google_compute_firewall: anchored("projects/{project}/global/firewalls/{name}"),
  google_compute_router: anchored("projects/{project}/regions/{region}/routers/{name}"),
  google_compute_router_nat: anchored(
    "{project}/{region}/{router}/{name}",
    "projects/{project}/regions/{region}/routers/{router}/{name}",
  ),
  google_network_connectivity_internal_range: anchored(
    "projects/{project}/locations/global/internalRanges/{name}",
  ),
  google_container_cluster: anywhere(cluster, 2),
  google_container_node_pool: anywhere(pool, 3),
  google_service_account: anchored("projects/{project}/serviceAccounts/{email}"),
  google_project_service: {
    forms: [/^(?<project>[^/]+)\/(?<service>[^/]+)$/],
    id: new ResourcePath("{project}/{service}"),
  },
};

/** Makes the resources of a model importable by every form of their names, from any project and region. */
export function importable(type: string, model: Partial<ResourceModel>): ResourceModel {
  return {
    create: () => ({}),
    ...model,
    find: (context, text) => {
      const id = idOf(type, text, pathDefaults(context.terraformType, context.caller));
      return id === undefined ? undefined : (findStored(context, type, id) ?? model.find?.(context, id));
    },
  };
}

function findStored(
  { transaction, terraformType }: ResourceContext,
  type: string,
  id: string,
): ObjectValue | undefined {
  const resource = listResources(transaction, type).find((one) => one.id === id);
  return resource && stateOf(resource, terraformType);
}

function idOf(type: string, text: string, defaults: ReturnType<typeof pathDefaults>): string | undefined {
  if (type.endsWith("_iam_member")) return memberId(type, text, defaults);
  const known = importIds[type];
  for (const form of known?.forms ?? []) {
    const found = form.exec(text);
    if (found) return known!.id.format({ ...defaults, ...found.groups });
  }
  return undefined;
}

/** Members are imported by `resource role member`, with spaces between. */
function memberId(type: string, text: string, defaults: ReturnType<typeof pathDefaults>): string | undefined {
  const [resource, role, member, ...condition] = text.split(/\s+/).filter((part) => part !== "");
  if (resource === undefined || role === undefined || member === undefined) return undefined;
  const parent =
    type === "google_compute_subnetwork_iam_member"
      ? idOf("google_compute_subnetwork", resource, defaults)
      : resource.replace(/^projects\//, "");
  return [parent, role, member, ...(condition.length > 0 ? [condition.join(" ")] : [])].join("/");
}
