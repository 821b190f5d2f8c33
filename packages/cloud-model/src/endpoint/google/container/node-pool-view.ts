import { type Cluster, clusterOf } from "../../../google/documents/cluster";
import { type NodePool } from "../../../google/documents/node-pool";
import { subnetworkOf } from "../../../google/documents/subnetwork";
import { type RequestContext } from "../../../request-context";
import { identifier } from "../../../store/identifier";
import { fingerprintOf, representationOf } from "../documents/representation";
import { isObject, type JsonObject } from "../rest/json-body";
import { linkTo } from "./container-operation";

/** What GKE sets in the nodes of a pool where a request leaves it out. */
const NODE_CONFIG: JsonObject = {
  machineType: "e2-medium",
  diskSizeGb: 100,
  diskType: "pd-balanced",
  imageType: "COS_CONTAINERD",
  serviceAccount: "default",
  oauthScopes: [
    "https://www.googleapis.com/auth/devstorage.read_only",
    "https://www.googleapis.com/auth/logging.write",
    "https://www.googleapis.com/auth/monitoring",
    "https://www.googleapis.com/auth/servicecontrol",
    "https://www.googleapis.com/auth/service.management.readonly",
    "https://www.googleapis.com/auth/trace.append",
  ],
  metadata: { "disable-legacy-endpoints": "true" },
  shieldedInstanceConfig: { enableIntegrityMonitoring: true },
  effectiveCgroupMode: "EFFECTIVE_CGROUP_MODE_V2",
  bootDisk: { diskType: "pd-balanced", sizeGb: "100" },
  resourceLabels: { "goog-gke-node-pool-provisioning-model": "on-demand" },
  windowsNodeConfig: {},
  kubeletConfig: { insecureKubeletReadonlyPortEnabled: false, maxParallelImagePulls: 2 },
};

/** What a new pool has where neither the request nor the model says otherwise. */
const POOL: JsonObject = {
  management: { autoUpgrade: true, autoRepair: true },
  upgradeSettings: { maxSurge: 1, strategy: "SURGE" },
};

/** A pool as GKE returns it. */
export function nodePoolView(context: RequestContext, pool: NodePool): JsonObject {
  const { transaction } = context;
  const { body } = representationOf(transaction, pool.id);
  const cluster = clusterOf(transaction, pool.cluster)!;
  const content = {
    ...POOL,
    ...body,
    name: pool.name,
    config: { ...NODE_CONFIG, ...asObject(body["config"]), ...labelsOf(body["config"]) },
    initialNodeCount: body["initialNodeCount"] ?? 0,
    locations: pool.zones,
    version: pool.version,
    networkConfig: networkConfigOf(context, pool, body),
    maxPodsConstraint: { maxPodsPerNode: String(pool.maxPodsPerNode) },
    podIpv4CidrSize: pool.nodes[0]?.pods ? Number(pool.nodes[0].pods.split("/")[1]) : undefined,
    instanceGroupUrls: instanceGroupsOf(cluster, pool).map(({ link }) => link),
    selfLink: linkTo(pool.id),
    status: "RUNNING",
  };
  return { ...content, etag: fingerprintOf(content) };
}

export const asObject = (value: unknown): JsonObject => (isObject(value) ? value : {});

function labelsOf(config: unknown): JsonObject {
  const { spot = false, preemptible = false, resourceLabels } = asObject(config);
  const model = spot ? "spot" : preemptible ? "preemptible" : "on-demand";
  return {
    resourceLabels: { ...asObject(resourceLabels), "goog-gke-node-pool-provisioning-model": model },
  };
}

function networkConfigOf({ transaction }: RequestContext, pool: NodePool, body: JsonObject): JsonObject {
  const { createPodRange: _createPodRange, ...sent } = asObject(body["networkConfig"]);
  const subnetwork = subnetworkOf(transaction, pool.subnetwork);
  const range = subnetwork?.secondary.find(({ name }) => name === pool.podRange);
  return {
    enablePrivateNodes: false,
    ...sent,
    subnetwork: pool.subnetwork,
    ...(range ? { podRange: range.name, podIpv4CidrBlock: range.cidr } : {}),
  };
}

/** A managed instance group of a pool: one in each zone. */
export interface InstanceGroup {
  readonly zone: string;
  readonly name: string;
  readonly size: number;
  /** Self link of its manager. */
  readonly link: string;
}

/** The managed instance groups of a pool. */
export const instanceGroupsOf = ({ project, name, uid }: Cluster, pool: NodePool): readonly InstanceGroup[] =>
  pool.zones.map((zone, i) => {
    const group = `gke-${name}-${pool.name}-${identifier(`${uid}/${pool.name}/${zone}`, 8)}-grp`;
    const size = Math.floor((pool.nodes.length + pool.zones.length - 1 - i) / pool.zones.length);
    const link = `https://www.googleapis.com/compute/v1/projects/${project}/zones/${zone}/instanceGroupManagers/${group}`;
    return { zone, name: group, size, link };
  });
