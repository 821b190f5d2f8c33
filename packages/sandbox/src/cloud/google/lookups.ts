import { fromStateJson } from "../../plugin/state-json";
import { type ObjectValue } from "../../plugin/value";
import { keptOf } from "../kept-resource";
import { type Lookup, type Lookups, type Scene } from "../resource-model";
import { Asked } from "../asked";
import { clusterState } from "./cluster-state";
import { clusterOf } from "./cluster-store";
import { findNetwork } from "./network";
import { clusterPath, pathDefaults, subnetworkPath } from "./resource-path";
import { subnetworkOf, subnetworksOf } from "./subnetwork-store";
import { subnetworkState } from "./subnetwork";

const compute = "https://www.googleapis.com/compute/v1/";

const network: Lookup = (scene, config) => {
  const found = findNetwork(scene.transaction, scene.place, new Asked(config).text("name"));
  if (!found) return undefined;
  const subnetworks = subnetworksOf(scene.transaction, found.id).map(({ id }) => compute + id);
  return {
    ...keptMembers(scene, "google_compute_network", found.id),
    id: found.id,
    project: found.project,
    self_link: compute + found.id,
    subnetworks_self_links: subnetworks,
  };
};

const subnetwork: Lookup = (scene, config) => {
  const asked = new Asked(config);
  const text = asked.text("self_link") || asked.text("name");
  const values = subnetworkPath.read(text, pathDefaults(scene.subject, scene.place));
  const found = values && subnetworkOf(scene.transaction, subnetworkPath.of(values));
  if (!found) return undefined;
  const { id, project, region, name } = found;
  return {
    ...keptMembers(scene, "google_compute_subnetwork", id),
    ...{ id, project, region, name, self_link: compute + id, network: compute + found.network },
    ...subnetworkState(found, {}),
  };
};

const cluster: Lookup = (scene, config) => {
  const asked = new Asked(config);
  const usual = pathDefaults(scene.subject, scene.place);
  const location = asked.text("location") || usual.location;
  const values = clusterPath.read(asked.text("name"), { project: usual.project, location });
  const found = values && clusterOf(scene.transaction, clusterPath.of(values));
  if (!found) return undefined;
  const known = keptMembers(scene, "google_container_cluster", found.id);
  return {
    ...known,
    ...clusterState(scene.transaction, found, known),
    id: found.id,
    project: found.project,
    location: found.location,
  };
};

/** What is kept of a resource, as far as the data source has the same members. */
function keptMembers({ transaction, subject }: Scene, type: string, id: string): ObjectValue {
  const state = keptOf(transaction, type).find((resource) => resource.id === id)?.state ?? {};
  const members: ObjectValue = {};
  for (const [name, { type: form }] of Object.entries(subject.block.attributes))
    if (name in (state as object)) members[name] = fromStateJson((state as ObjectValue)[name], form);
  return members;
}

/** The data sources that are answered from what stands. */
export const googleLookups: Lookups = {
  google_compute_network: network,
  google_compute_subnetwork: subnetwork,
  google_container_cluster: cluster,
};
