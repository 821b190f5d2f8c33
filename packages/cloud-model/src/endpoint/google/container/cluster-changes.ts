import { type ClusterRequest, type ClusterUpdate } from "../../../google/requests/container";
import { type JsonObject } from "../rest/json-body";
import { asObject } from "./node-pool-view";

/** The cluster of a request as the model takes it: newer members in their older form. */
export function clusterRequest(body: JsonObject): ClusterRequest {
  const endpoints = asObject(asObject(body["controlPlaneEndpointsConfig"])["ipEndpointsConfig"]);
  const older = asObject(body["privateClusterConfig"]);
  const isPrivate = endpoints["enablePublicEndpoint"] === false || older["enablePrivateEndpoint"] === true;
  const subnetwork = older["privateEndpointSubnetwork"] ?? endpoints["privateEndpointSubnetwork"];
  const { network, subnetwork: own } = asObject(body["networkConfig"]);
  return {
    ...(network ? { network } : {}),
    ...(own ? { subnetwork: own } : {}),
    ...body,
    ...(body["defaultMaxPodsConstraint"]
      ? { defaultMaxPodsConstraint: podsConstraint(body["defaultMaxPodsConstraint"]) }
      : {}),
    nodePools: ((body["nodePools"] ?? []) as readonly JsonObject[]).map(poolRequest),
    privateClusterConfig: {
      ...older,
      enablePrivateEndpoint: isPrivate,
      ...(subnetwork ? { privateEndpointSubnetwork: subnetwork } : {}),
    },
  } as unknown as ClusterRequest;
}

/** A pool of a request as the model takes it: 64-bit numbers are strings in JSON, and autoscaling may be off. */
export function poolRequest(pool: JsonObject): JsonObject {
  const { autoscaling, maxPodsConstraint, ...rest } = pool;
  return {
    ...rest,
    ...(asObject(autoscaling)["enabled"] ? { autoscaling } : {}),
    ...(maxPodsConstraint ? { maxPodsConstraint: podsConstraint(maxPodsConstraint) } : {}),
  };
}

const podsConstraint = (constraint: unknown): JsonObject => ({
  maxPodsPerNode: Number(asObject(constraint)["maxPodsPerNode"]),
});

/** The members of `networkConfig` that an update names. */
const NETWORK: Readonly<Record<string, string>> = {
  desiredDatapathProvider: "datapathProvider",
  desiredDefaultEnablePrivateNodes: "defaultEnablePrivateNodes",
  desiredDefaultSnatStatus: "defaultSnatStatus",
  desiredDisableL4LbFirewallReconciliation: "disableL4LbFirewallReconciliation",
  desiredDnsConfig: "dnsConfig",
  desiredEnableCiliumClusterwideNetworkPolicy: "enableCiliumClusterwideNetworkPolicy",
  desiredEnableFqdnNetworkPolicy: "enableFqdnNetworkPolicy",
  desiredEnableMultiNetworking: "enableMultiNetworking",
  desiredGatewayApiConfig: "gatewayApiConfig",
  desiredInTransitEncryptionConfig: "inTransitEncryptionConfig",
  desiredNetworkPerformanceConfig: "networkPerformanceConfig",
  desiredPrivateIpv6GoogleAccess: "privateIpv6GoogleAccess",
  desiredServiceExternalIpsConfig: "serviceExternalIpsConfig",
};

/** Members of a cluster whose names in an update are not `desired` and their own. */
const RENAMED: Readonly<Record<string, string>> = {
  desiredClusterAutoscaling: "autoscaling",
  desiredK8sBetaApis: "enableK8sBetaApis",
  enableK8sBetaApis: "enableK8sBetaApis",
  gkeAutoUpgradeConfig: "gkeAutoUpgradeConfig",
  userManagedKeysConfig: "userManagedKeysConfig",
};

/** Members that the model carries out, and shows. */
const MODELED = [
  ...["desiredMasterVersion", "desiredNodeVersion", "desiredLocations", "desiredAutoIpamConfig"],
  ...["additionalPodRangesConfig", "removedAdditionalPodRangesConfig", "desiredAdditionalIpRangesConfig"],
  ...["desiredNodePoolId", "desiredImageType", "desiredNodePoolAutoscaling", "etag"],
];

/** What an update changes in the cluster beyond what the model carries out. */
export function updatedMembers(body: JsonObject, update: JsonObject): JsonObject {
  const network: Record<string, unknown> = {};
  const changes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(update)) {
    const member = NETWORK[name];
    if (member !== undefined) network[member] = value;
    else if (name === "desiredIntraNodeVisibilityConfig")
      network["enableIntraNodeVisibility"] = asObject(value)["enabled"] ?? false;
    else if (name === "desiredL4ilbSubsettingConfig")
      network["enableL4ilbSubsetting"] = asObject(value)["enabled"] ?? false;
    else if (name === "desiredStackType" || name === "desiredNetworkTierConfig")
      changes["ipAllocationPolicy"] = {
        ...asObject(changes["ipAllocationPolicy"] ?? body["ipAllocationPolicy"]),
        [lowered(name)]: value,
      };
    else if (name === "desiredControlPlaneEndpointsConfig")
      changes[lowered(name)] = merged(body, name, value);
    else if (RENAMED[name] !== undefined) changes[RENAMED[name]] = value;
    else if (!MODELED.includes(name)) changes[lowered(name)] = value;
  }
  if (Object.keys(network).length > 0)
    changes["networkConfig"] = { ...asObject(body["networkConfig"]), ...network };
  return changes;
}

/** `desiredDnsConfig` is `dnsConfig`. */
const lowered = (name: string): string =>
  name.replace(/^desired(.)/, (_, letter: string) => letter.toLowerCase());

/** An object whose members that are left out stay. */
const merged = (body: JsonObject, name: string, value: unknown): JsonObject => {
  const before = asObject(body[lowered(name)]);
  const after = Object.entries(asObject(value)).map(([member, part]) => [
    member,
    { ...asObject(before[member]), ...asObject(part) },
  ]);
  return { ...before, ...Object.fromEntries(after) };
};

/** The part of an update that the model carries out. */
export const modelUpdate = (update: JsonObject): ClusterUpdate => update as ClusterUpdate;
