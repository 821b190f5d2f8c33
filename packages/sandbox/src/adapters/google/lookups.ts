import { fromStateJson, type ObjectValue } from "@cluster-ipam/terraform-provider";
import { clusterOf, subnetworkOf, subnetworksOf } from "@cluster-ipam/cloud-model/google";
import { keptOf } from "../../resource-store/resource-store";
import { type Lookup, type Lookups, type ResourceContext } from "../resource-model";
import { ConfigReader } from "../config-reader";
import { clusterState } from "./cluster-state";
import { findNetwork } from "./network";
import { clusterPath, pathDefaults, subnetworkPath } from "./resource-path";
import { subnetworkState } from "./subnetwork";

const compute = "https://www.googleapis.com/compute/v1/";

const network: Lookup = (context, config) => {
  const found = findNetwork(context.transaction, context.caller, new ConfigReader(config).text("name"));
  if (!found) return undefined;
  const subnetworks = subnetworksOf(context.transaction, found.id).map(({ id }) => compute + id);
  return {
    ...keptMembers(context, "google_compute_network", found.id),
    id: found.id,
    project: found.project,
    self_link: compute + found.id,
    subnetworks_self_links: subnetworks,
  };
};

const subnetwork: Lookup = (context, config) => {
  const asked = new ConfigReader(config);
  const text = asked.text("self_link") || asked.text("name");
  const values = subnetworkPath.read(text, pathDefaults(context.terraformType, context.caller));
  const found = values && subnetworkOf(context.transaction, subnetworkPath.of(values));
  if (!found) return undefined;
  const { id, project, region, name } = found;
  return {
    ...keptMembers(context, "google_compute_subnetwork", id),
    ...{ id, project, region, name, self_link: compute + id, network: compute + found.network },
    ...subnetworkState(found, {}),
  };
};

const cluster: Lookup = (context, config) => {
  const asked = new ConfigReader(config);
  const usual = pathDefaults(context.terraformType, context.caller);
  const location = asked.text("location") || usual.location;
  const values = clusterPath.read(asked.text("name"), { project: usual.project, location });
  const found = values && clusterOf(context.transaction, clusterPath.of(values));
  if (!found) return undefined;
  const known = keptMembers(context, "google_container_cluster", found.id);
  return {
    ...known,
    ...clusterState(context.transaction, found, known),
    id: found.id,
    project: found.project,
    location: found.location,
  };
};

/** What is kept of a resource, as far as the data source has the same members. */
function keptMembers({ transaction, terraformType }: ResourceContext, type: string, id: string): ObjectValue {
  const state = keptOf(transaction, type).find((resource) => resource.id === id)?.state ?? {};
  const members: ObjectValue = {};
  for (const [name, { type: form }] of Object.entries(terraformType.block.attributes))
    if (name in (state as object)) members[name] = fromStateJson((state as ObjectValue)[name], form);
  return members;
}

/** The data sources that are answered from what stands. */
export const googleLookups: Lookups = {
  google_compute_network: network,
  google_compute_subnetwork: subnetwork,
  google_container_cluster: cluster,
};
