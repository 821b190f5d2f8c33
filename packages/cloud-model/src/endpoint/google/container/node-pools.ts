import { allClusters, type Cluster } from "../../../google/documents/cluster";
import { type NodePool, poolsOf } from "../../../google/documents/node-pool";
import {
  createNodePool,
  deleteNodePool,
  setNodePoolSize,
  updateNodePool,
} from "../../../google/operations/container/node-pools";
import { type NodePoolRequest } from "../../../google/requests/container";
import { existingCluster, existingNodePool } from "../../../google/rules/existing";
import { badRequest, missing } from "../../../google/rules/refusals";
import { type RequestContext } from "../../../request-context";
import {
  createRepresentation,
  numericId,
  removeRepresentation,
  representationOf,
  updateRepresentation,
} from "../documents/representation";
import { isObject, type JsonObject } from "../rest/json-body";
import { type RestRequest, type Route } from "../rest/route";
import { containerSchemas } from "../schemas/container";
import { poolRequest } from "./cluster-changes";
import { checkName } from "./clusters";
import { startOperation } from "./container-operation";
import { asObject, instanceGroupsOf, nodePoolView } from "./node-pool-view";
import { changeAutoscaling } from "./pool-changes";

const clusterName = ({ names }: RestRequest): string =>
  `projects/${names["project"]}/locations/${names["location"]}/clusters/${names["cluster"]}`;

const existing = ({ transaction }: RequestContext, request: RestRequest): NodePool =>
  existingNodePool(transaction, `${clusterName(request)}/nodePools/${request.names["pool"]}`);

function create(context: RequestContext, request: RestRequest): object {
  const body = request.body["nodePool"];
  if (!isObject(body)) throw badRequest("Node_pool must be specified.");
  checkName("node_pool.name", body["name"]);
  const made = createNodePool(context, clusterName(request), poolRequest(body) as unknown as NodePoolRequest);
  createRepresentation(context.transaction, made.id, body);
  return startOperation(context, "CREATE_NODE_POOL", made.id);
}

/** Members of an update that are the pool's own; the others are its nodes'. */
const OF_POOL: Readonly<Record<string, string>> = {
  nodeDrainConfig: "nodeDrainConfig",
  nodeNetworkConfig: "networkConfig",
  maintenancePolicy: "maintenancePolicy",
  queuedProvisioning: "queuedProvisioning",
  upgradeSettings: "upgradeSettings",
};
/** Members of an update that are in the path, or that the model carries out. */
const ELSEWHERE = [
  "clusterId",
  "etag",
  "locations",
  "name",
  "nodePoolId",
  "nodeVersion",
  "projectId",
  "zone",
];

function update(context: RequestContext, request: RestRequest): object {
  const pool = existing(context, request);
  const { nodeVersion, locations } = request.body;
  updateNodePool(context, pool.id, {
    ...(typeof nodeVersion === "string" && nodeVersion !== "" ? { nodeVersion } : {}),
    ...(Array.isArray(locations) ? { locations: locations as readonly string[] } : {}),
  });
  const { body } = representationOf(context.transaction, pool.id);
  const own: Record<string, unknown> = {};
  const config: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(request.body)) {
    const member = OF_POOL[name];
    if (member !== undefined) own[member] = { ...asObject(body[member]), ...asObject(value) };
    else if (!ELSEWHERE.includes(name)) config[name] = unwrapped(name, value);
  }
  if (Object.keys(config).length > 0) own["config"] = { ...asObject(body["config"]), ...config };
  updateRepresentation(context.transaction, pool.id, own);
  return startOperation(context, nodeVersion ? "UPGRADE_NODES" : "UPDATE_CLUSTER", pool.id);
}

/** Updates wrap some members that the nodes' configuration does not. */
function unwrapped(name: string, value: unknown): unknown {
  if (name === "labels" || name === "resourceLabels") return asObject(value)["labels"] ?? {};
  if (name === "tags") return asObject(value)["tags"] ?? [];
  if (name === "taints") return asObject(value)["taints"] ?? [];
  return name === "diskSizeGb" ? Number(value) : value;
}

const collection = "v1/projects/{project}/locations/{location}/clusters/{cluster}/nodePools";
const one = `${collection}/{pool}`;
const bodyOf = (name: string) => ({ schemas: containerSchemas, name, field: "" });
const id = (name: string) => `container.projects.locations.clusters.nodePools.${name}`;

/** The methods of node pools. */
export const nodePoolRoutes: readonly Route[] = [
  {
    ...{ id: id("list"), method: "GET", path: collection },
    answer(context, request) {
      const cluster = existingCluster(context.transaction, clusterName(request));
      const pools = poolsOf(context.transaction, cluster.id);
      return { nodePools: pools.map((pool) => nodePoolView(context, pool)) };
    },
  },
  {
    ...{ id: id("create"), method: "POST", path: collection, body: bodyOf("CreateNodePoolRequest") },
    answer: create,
  },
  {
    ...{ id: id("get"), method: "GET", path: one },
    answer: (context, request) => nodePoolView(context, existing(context, request)),
  },
  {
    ...{ id: id("update"), method: "PUT", path: one, body: bodyOf("UpdateNodePoolRequest") },
    answer: update,
  },
  {
    ...{ id: id("delete"), method: "DELETE", path: one },
    answer(context, request) {
      const pool = existing(context, request);
      deleteNodePool(context, pool.id);
      removeRepresentation(context.transaction, pool.id);
      return startOperation(context, "DELETE_NODE_POOL", pool.id);
    },
  },
  {
    ...{ id: id("setSize"), method: "POST", path: `${one}:setSize`, body: bodyOf("SetNodePoolSizeRequest") },
    answer(context, request) {
      const pool = existing(context, request);
      setNodePoolSize(context, pool.id, { nodeCount: Number(request.body["nodeCount"] ?? 0) });
      return startOperation(context, "SET_NODE_POOL_SIZE", pool.id);
    },
  },
  {
    ...{ id: id("setAutoscaling"), method: "POST", path: `${one}:setAutoscaling` },
    body: bodyOf("SetNodePoolAutoscalingRequest"),
    answer(context, request) {
      const pool = existing(context, request);
      changeAutoscaling(context, pool, asObject(request.body["autoscaling"]));
      return startOperation(context, "SET_NODE_POOL_SIZE", pool.id);
    },
  },
  {
    ...{ id: id("setManagement"), method: "POST", path: `${one}:setManagement` },
    body: bodyOf("SetNodePoolManagementRequest"),
    answer(context, request) {
      const pool = existing(context, request);
      updateRepresentation(context.transaction, pool.id, { management: request.body["management"] ?? {} });
      return startOperation(context, "SET_NODE_POOL_MANAGEMENT", pool.id);
    },
  },
];

const groups = "compute/v1/projects/{project}/zones/{zone}/instanceGroupManagers";

/** The instance group managers of the nodes in a zone, as Compute Engine returns them. */
function managersIn({ transaction }: RequestContext, { names }: RestRequest): readonly JsonObject[] {
  const own = allClusters(transaction).filter(({ project }) => project === names["project"]);
  return own.flatMap((cluster: Cluster) =>
    poolsOf(transaction, cluster.id)
      .flatMap((pool) => instanceGroupsOf(cluster, pool))
      .filter(({ zone }) => zone === names["zone"])
      .map(({ name, size, link }) => ({
        kind: "compute#instanceGroupManager",
        id: numericId(link),
        name,
        zone: link.replace(/\/instanceGroupManagers\/.*/, ""),
        instanceGroup: link.replace("/instanceGroupManagers/", "/instanceGroups/"),
        baseInstanceName: name.replace(/-grp$/, ""),
        targetSize: size,
        status: { isStable: true },
        selfLink: link,
      })),
  );
}

/** The methods of Compute Engine that show the nodes of node pools. */
export const instanceGroupRoutes: readonly Route[] = [
  {
    id: "compute.instanceGroupManagers.list",
    ...{ method: "GET", path: groups, query: ["maxResults", "pageToken"] },
    answer: (context, request) => ({
      kind: "compute#instanceGroupManagerList",
      items: managersIn(context, request),
    }),
  },
  {
    ...{ id: "compute.instanceGroupManagers.get", method: "GET", path: `${groups}/{name}` },
    answer(context, request) {
      const { project, zone, name } = request.names;
      const found = managersIn(context, request).find((manager) => manager["name"] === name);
      if (found) return found;
      throw missing(`projects/${project}/zones/${zone}/instanceGroupManagers/${name}`);
    },
  },
];
