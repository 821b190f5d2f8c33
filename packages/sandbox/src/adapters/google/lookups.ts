import { fromStateJson, type ObjectValue } from "@cluster-ipam/terraform-provider";
import {
  clusterOf,
  clusterPath,
  findNetwork,
  subnetworkOf,
  subnetworkPath,
  subnetworksOf,
} from "@cluster-ipam/cloud-model/google";
import { listResources } from "../../resource-store/resource-store";
import { type Lookup, type Lookups, type ResourceContext } from "../resource-model";
import { ConfigReader } from "../config-reader";
import { clusterState } from "./cluster-state";
import { pathDefaults } from "./path-defaults";
import { subnetworkState } from "./subnetwork";

const compute = "https://www.googleapis.com/compute/v1/";

const network: Lookup = (context, config) => {
  const found = findNetwork(context, new ConfigReader(config).text("name"));
  if (!found) return undefined;
  const subnetworks = subnetworksOf(context.transaction, found.id).map(({ id }) => compute + id);
  return {
    ...storedMembers(context, "google_compute_network", found.id),
    id: found.id,
    project: found.project,
    self_link: compute + found.id,
    subnetworks_self_links: subnetworks,
  };
};

const subnetwork: Lookup = (context, config) => {
  const reader = new ConfigReader(config);
  const text = reader.text("self_link") || reader.text("name");
  const path = subnetworkPath.expand(text, pathDefaults(context.terraformType, context.caller));
  const found = path === undefined ? undefined : subnetworkOf(context.transaction, path);
  if (!found) return undefined;
  const { id, project, region, name } = found;
  return {
    ...storedMembers(context, "google_compute_subnetwork", id),
    ...{ id, project, region, name, self_link: compute + id, network: compute + found.network },
    ...subnetworkState(found, {}),
  };
};

const cluster: Lookup = (context, config) => {
  const reader = new ConfigReader(config);
  const defaults = pathDefaults(context.terraformType, context.caller);
  const location = reader.text("location") || defaults.location;
  const path = clusterPath.expand(reader.text("name"), { project: defaults.project, location });
  const found = path === undefined ? undefined : clusterOf(context.transaction, path);
  if (!found) return undefined;
  const known = storedMembers(context, "google_container_cluster", found.id);
  return {
    ...known,
    ...clusterState(context.transaction, found, known),
    id: found.id,
    project: found.project,
    location: found.location,
  };
};

/** The stored state of a resource, as far as the data source has the same members. */
function storedMembers(
  { transaction, terraformType }: ResourceContext,
  type: string,
  id: string,
): ObjectValue {
  const state = listResources(transaction, type).find((resource) => resource.id === id)?.state ?? {};
  const members: ObjectValue = {};
  for (const [name, { type: form }] of Object.entries(terraformType.block.attributes))
    if (name in (state as object)) members[name] = fromStateJson((state as ObjectValue)[name], form);
  return members;
}

/** The Google data sources that are answered from the model. */
export const googleLookups: Lookups = {
  google_compute_network: network,
  google_compute_subnetwork: subnetwork,
  google_container_cluster: cluster,
};
