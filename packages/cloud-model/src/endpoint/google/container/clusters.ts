import { allClusters, type Cluster, clusterOf } from "../../../google/documents/cluster";
import { poolsOf } from "../../../google/documents/node-pool";
import { createCluster, deleteCluster, updateCluster } from "../../../google/operations/container/clusters";
import { updateNodePool } from "../../../google/operations/container/node-pools";
import { badRequest } from "../../../google/rules/refusals";
import { existingCluster } from "../../../google/rules/existing";
import { GKE_VERSIONS, CHANNEL_VERSIONS, DEFAULT_VERSION } from "../../../google/rules/gke-versions";
import { type RequestContext } from "../../../request-context";
import {
  createRepresentation,
  removeRepresentation,
  representationOf,
  updateRepresentation,
} from "../documents/representation";
import { isObject, type JsonObject } from "../rest/json-body";
import { conditionNotMet } from "../rest/refusal";
import { type RestRequest, type Route } from "../rest/route";
import { containerSchemas } from "../schemas/container";
import { clusterRequest, modelUpdate, updatedMembers } from "./cluster-changes";
import { clusterView } from "./cluster-view";
import { startOperation } from "./container-operation";
import { changePoolOf } from "./pool-changes";

const parentOf = ({ names }: RestRequest): string =>
  `projects/${names["project"]}/locations/${names["location"]}`;

const existing = ({ transaction }: RequestContext, request: RestRequest): Cluster =>
  existingCluster(transaction, `${parentOf(request)}/clusters/${request.names["cluster"]}`);

/** GKE's names of clusters and node pools. */
const NAME = /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/;

/** @throws ServiceError badRequest */
export function checkName(field: string, name: unknown): string {
  if (typeof name === "string" && NAME.test(name)) return name;
  throw badRequest(
    `Invalid value for field "${field}": ${JSON.stringify(name ?? "")}. Must be 1 to 40 characters: lowercase letters, digits and hyphens, beginning with a letter.`,
  );
}

function create(context: RequestContext, request: RestRequest): object {
  const body = request.body["cluster"];
  if (!isObject(body)) throw badRequest("Cluster must be specified.");
  checkName("cluster.name", body["name"]);
  const cluster = createCluster(context, request.names["location"]!, clusterRequest(body));
  const { nodePools = [], initialNodeCount, nodeConfig, ...sent } = body;
  createRepresentation(context.transaction, cluster.id, {
    ...sent,
    ...(initialNodeCount === undefined ? {} : { initialNodeCount }),
    ...(nodeConfig === undefined ? {} : { nodeConfig }),
  });
  const pools = nodePools as readonly JsonObject[];
  for (const pool of poolsOf(context.transaction, cluster.id)) {
    const own = pools.find(({ name }) => name === pool.name) ?? {
      config: nodeConfig ?? {},
      initialNodeCount,
    };
    createRepresentation(context.transaction, pool.id, own as JsonObject);
  }
  return startOperation(context, "CREATE_CLUSTER", cluster.id);
}

function update(context: RequestContext, request: RestRequest): object {
  const cluster = existing(context, request);
  const changes = request.body["update"];
  if (!isObject(changes)) throw badRequest("Update must be specified.");
  updateCluster(context, cluster.id, modelUpdate(changes));
  changePoolOf(context, cluster.id, changes);
  const { desiredNodeVersion: nodeVersion, desiredNodePoolId: wanted } = changes;
  if (typeof nodeVersion === "string")
    for (const pool of poolsOf(context.transaction, cluster.id))
      if (!wanted || wanted === pool.name)
        updateNodePool(context, pool.id, { nodeVersion: versionFor(context, cluster, nodeVersion) });
  const { body } = representationOf(context.transaction, cluster.id);
  updateRepresentation(context.transaction, cluster.id, updatedMembers(body, changes));
  const type = changes["desiredMasterVersion"]
    ? "UPGRADE_MASTER"
    : nodeVersion
      ? "UPGRADE_NODES"
      : "UPDATE_CLUSTER";
  return startOperation(context, type, cluster.id);
}

/** `-` is the control plane's version. */
const versionFor = ({ transaction }: RequestContext, { id }: Cluster, version: string): string =>
  version === "-" ? clusterOf(transaction, id)!.version : version;

const collection = "v1/projects/{project}/locations/{location}/clusters";
const one = `${collection}/{cluster}`;
const bodyOf = (name: string) => ({ schemas: containerSchemas, name, field: "" });
const id = (name: string) => `container.projects.locations.clusters.${name}`;

/** A method that sets one member of a cluster. */
const setter = (
  name: string,
  schema: string,
  type: string,
  change: (context: RequestContext, cluster: Cluster, body: JsonObject) => JsonObject,
): Route => ({
  ...{ id: id(name), method: "POST", path: `${one}:${name}`, body: bodyOf(schema) },
  answer(context, request) {
    const cluster = existing(context, request);
    updateRepresentation(context.transaction, cluster.id, change(context, cluster, request.body));
    return startOperation(context, type, cluster.id);
  },
});

/** The methods of clusters, and of the versions that a location has. */
export const clusterRoutes: readonly Route[] = [
  {
    ...{ id: id("list"), method: "GET", path: collection },
    answer(context, request) {
      const { project, location } = request.names;
      const all = allClusters(context.transaction).filter(
        (cluster) => cluster.project === project && (location === "-" || cluster.location === location),
      );
      return { clusters: all.map((cluster) => clusterView(context, cluster)) };
    },
  },
  {
    ...{ id: id("create"), method: "POST", path: collection, body: bodyOf("CreateClusterRequest") },
    answer: create,
  },
  {
    ...{ id: id("get"), method: "GET", path: one },
    answer: (context, request) => clusterView(context, existing(context, request)),
  },
  { ...{ id: id("update"), method: "PUT", path: one, body: bodyOf("UpdateClusterRequest") }, answer: update },
  {
    ...{ id: id("delete"), method: "DELETE", path: one },
    answer(context, request) {
      const { id: name } = existing(context, request);
      for (const pool of poolsOf(context.transaction, name))
        removeRepresentation(context.transaction, pool.id);
      deleteCluster(context, name);
      removeRepresentation(context.transaction, name);
      return startOperation(context, "DELETE_CLUSTER", name);
    },
  },
  setter("setResourceLabels", "SetLabelsRequest", "UPDATE_CLUSTER", (context, cluster, body) => {
    if (body["labelFingerprint"] !== clusterView(context, cluster)["labelFingerprint"])
      throw conditionNotMet("fingerprint");
    return { resourceLabels: body["resourceLabels"] ?? {} };
  }),
  setter(
    "setLegacyAbac",
    "SetLegacyAbacRequest",
    "UPDATE_CLUSTER",
    (_context, _cluster, { enabled = false }) => ({
      legacyAbac: { enabled },
    }),
  ),
  setter(
    "setMaintenancePolicy",
    "SetMaintenancePolicyRequest",
    "UPDATE_CLUSTER",
    (_context, _cluster, body) => ({
      maintenancePolicy: body["maintenancePolicy"] ?? null,
    }),
  ),
  setter("setNetworkPolicy", "SetNetworkPolicyRequest", "SET_NETWORK_POLICY", (_context, _cluster, body) => ({
    networkPolicy: body["networkPolicy"] ?? null,
  })),
  {
    id: "container.projects.locations.getServerConfig",
    method: "GET",
    path: "v1/projects/{project}/locations/{location}/serverConfig",
    answer: () => ({
      defaultClusterVersion: DEFAULT_VERSION,
      validMasterVersions: GKE_VERSIONS,
      validNodeVersions: GKE_VERSIONS,
      defaultImageType: "COS_CONTAINERD",
      validImageTypes: ["COS_CONTAINERD", "UBUNTU_CONTAINERD", "WINDOWS_LTSC_CONTAINERD"],
      channels: Object.entries(CHANNEL_VERSIONS).map(([channel, defaultVersion]) => ({
        ...{ channel, defaultVersion, validVersions: GKE_VERSIONS },
      })),
    }),
  },
];
