import { type Cluster } from "../../../google/documents/cluster";
import { podRangeOf, servicesRangeOf } from "../../../google/documents/cluster-ranges";
import { poolsOf } from "../../../google/documents/node-pool";
import { subnetworkOf } from "../../../google/documents/subnetwork";
import { type RequestContext } from "../../../request-context";
import { identifier } from "../../../store/identifier";
import { fingerprintOf, representationOf } from "../documents/representation";
import { type JsonObject } from "../rest/json-body";
import { linkTo } from "./container-operation";
import { asObject, nodePoolView } from "./node-pool-view";

/** What GKE sets where a request leaves it out. */
const CLUSTER: JsonObject = {
  addonsConfig: {
    httpLoadBalancing: {},
    horizontalPodAutoscaling: {},
    kubernetesDashboard: { disabled: true },
    networkPolicyConfig: { disabled: true },
    dnsCacheConfig: { enabled: true },
    gcePersistentDiskCsiDriverConfig: { enabled: true },
    gcsFuseCsiDriverConfig: {},
    gcpFilestoreCsiDriverConfig: {},
    statefulHaConfig: {},
  },
  autoscaling: { autoscalingProfile: "BALANCED" },
  binaryAuthorization: {},
  databaseEncryption: { state: "DECRYPTED", currentState: "CURRENT_STATE_DECRYPTED" },
  defaultMaxPodsConstraint: { maxPodsPerNode: "110" },
  legacyAbac: {},
  loggingConfig: { componentConfig: { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS"] } },
  loggingService: "logging.googleapis.com/kubernetes",
  monitoringService: "monitoring.googleapis.com/kubernetes",
  notificationConfig: { pubsub: {} },
  podAutoscaling: { hpaProfile: "HPA_PROFILE_UNSPECIFIED" },
  releaseChannel: {},
  securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_MODE_UNSPECIFIED" },
  shieldedNodes: { enabled: true },
  nodePoolDefaults: { nodeConfigDefaults: { loggingConfig: { variantConfig: { variant: "DEFAULT" } } } },
  anonymousAuthenticationConfig: { mode: "ENABLED" },
  enterpriseConfig: { clusterTier: "STANDARD" },
  rbacBindingConfig: {
    enableInsecureBindingSystemUnauthenticated: true,
    enableInsecureBindingSystemAuthenticated: true,
  },
};

const MONITORING = {
  componentConfig: { enableComponents: ["SYSTEM_COMPONENTS"] },
  managedPrometheusConfig: { enabled: true },
  advancedDatapathObservabilityConfig: {},
};

/** A cluster as GKE returns it, with its pools. */
export function clusterView(context: RequestContext, cluster: Cluster): JsonObject {
  const { transaction } = context;
  const { body, created } = representationOf(transaction, cluster.id);
  const { name, location, network, subnets, version } = cluster;
  const pools = poolsOf(transaction, cluster.id);
  const nodes = pools.reduce((sum, pool) => sum + pool.nodes.length, 0);
  const policy = policyOf(context, cluster, body);
  const content = {
    ...CLUSTER,
    ...body,
    ...{ name, location, zone: location, locations: cluster.zones },
    id: identifier(cluster.uid, 40).padEnd(64, "0"),
    autopilot: cluster.autopilot ? { ...asObject(body["autopilot"]), enabled: true } : undefined,
    network: network.split("/").at(-1),
    subnetwork: subnets[0]!.subnetwork.split("/").at(-1),
    networkConfig: networkConfigOf(cluster, body),
    ipAllocationPolicy: policy,
    clusterIpv4Cidr: policy["clusterIpv4CidrBlock"],
    servicesIpv4Cidr: policy["servicesIpv4CidrBlock"],
    defaultMaxPodsConstraint: { maxPodsPerNode: String(cluster.maxPodsPerNode) },
    ...endpointsOf(cluster, body),
    masterAuth: { clusterCaCertificate: certificateOf(cluster) },
    monitoringConfig: { ...MONITORING, ...asObject(body["monitoringConfig"]) },
    currentMasterVersion: version,
    initialClusterVersion: version,
    currentNodeVersion: pools[0]?.version ?? version,
    currentNodeCount: nodes > 0 ? nodes : undefined,
    nodePools: pools.map((pool) => nodePoolView(context, pool)),
    createTime: new Date(created).toISOString(),
    selfLink: linkTo(cluster.id),
    labelFingerprint: fingerprintOf(asObject(body["resourceLabels"])).slice(0, 8),
    status: "RUNNING",
  };
  return { ...content, etag: fingerprintOf(content) };
}

/** Addresses of the control plane, in the older and the newer form. */
function endpointsOf(cluster: Cluster, body: JsonObject): JsonObject {
  const sent = asObject(body["controlPlaneEndpointsConfig"]);
  const ip = asObject(sent["ipEndpointsConfig"]);
  const dns = asObject(sent["dnsEndpointConfig"]);
  const older = asObject(body["privateClusterConfig"]);
  const authorized = body["masterAuthorizedNetworksConfig"] ?? ip["authorizedNetworksConfig"];
  const { endpoint, privateEndpoint, masterCidr } = cluster;
  const isPublic = endpoint !== privateEndpoint;
  const addresses = {
    ...(privateEndpoint === undefined ? {} : { privateEndpoint }),
    ...(isPublic ? { publicEndpoint: endpoint } : {}),
  };
  return {
    endpoint,
    controlPlaneEndpointsConfig: {
      dnsEndpointConfig: { allowExternalTraffic: false, ...dns, endpoint: cluster.dnsEndpoint },
      ipEndpointsConfig: {
        ...ip,
        enabled: ip["enabled"] ?? true,
        enablePublicEndpoint: isPublic,
        ...(authorized === undefined ? {} : { authorizedNetworksConfig: authorized }),
        ...addresses,
      },
    },
    ...(authorized === undefined ? {} : { masterAuthorizedNetworksConfig: authorized }),
    privateClusterConfig: {
      ...older,
      ...addresses,
      ...(masterCidr === undefined ? {} : { masterIpv4CidrBlock: masterCidr }),
      ...(isPublic ? {} : { enablePrivateEndpoint: true }),
    },
  };
}

function networkConfigOf({ network, subnets }: Cluster, body: JsonObject): JsonObject {
  const sent = asObject(body["networkConfig"]);
  const isPrivate = asObject(body["privateClusterConfig"])["enablePrivateNodes"];
  return {
    datapathProvider: "LEGACY_DATAPATH",
    defaultSnatStatus: {},
    serviceExternalIpsConfig: {},
    ...(isPrivate === undefined ? {} : { defaultEnablePrivateNodes: isPrivate }),
    ...sent,
    network,
    subnetwork: subnets[0]!.subnetwork,
  };
}

/** Where the addresses come from, as GKE tells it: the ranges that it made too. */
function policyOf(context: RequestContext, cluster: Cluster, body: JsonObject): JsonObject {
  const { transaction } = context;
  const sent = asObject(body["ipAllocationPolicy"]);
  const [own, ...others] = cluster.subnets;
  const pods = podRangeOf(transaction, cluster);
  const services = servicesRangeOf(transaction, cluster);
  if (!pods)
    return { useRoutes: true, servicesIpv4CidrBlock: services.cidr, servicesIpv4Cidr: services.cidr };
  const more = own!.podRanges.slice(1);
  const {
    clusterIpv4CidrBlock: _pods,
    servicesIpv4CidrBlock: _services,
    additionalPodRangesConfig: _ranges,
    additionalIpRangesConfigs: _subnets,
    ...rest
  } = sent;
  return {
    stackType: "IPV4",
    podCidrOverprovisionConfig: {},
    ...rest,
    useIpAliases: true,
    clusterIpv4CidrBlock: pods.cidr,
    clusterIpv4Cidr: pods.cidr,
    clusterSecondaryRangeName: pods.name,
    servicesIpv4CidrBlock: services.cidr,
    servicesIpv4Cidr: services.cidr,
    ...(services.name === "" ? {} : { servicesSecondaryRangeName: services.name }),
    ...(more.length > 0
      ? {
          additionalPodRangesConfig: {
            podRangeNames: more,
            podRangeInfo: more.map((rangeName) => ({ rangeName })),
          },
        }
      : {}),
    ...(others.length > 0
      ? {
          additionalIpRangesConfigs: others.map(({ subnetwork, podRanges }) => ({
            subnetwork,
            podIpv4RangeNames: podRanges,
            status: "ACTIVE",
          })),
        }
      : {}),
    autoIpamConfig: { enabled: cluster.autoIpam },
    defaultPodIpv4RangeUtilization: utilizationOf(context, cluster, own!.podRanges[0]),
  };
}

/** The share of the default pod range that nodes have. */
function utilizationOf({ transaction }: RequestContext, cluster: Cluster, name: string | undefined): number {
  const range = subnetworkOf(transaction, cluster.subnets[0]!.subnetwork)?.secondary.find(
    (one) => one.name === name,
  );
  if (!range) return 0;
  const share = (cidr: string) => 2 ** (Number(range.cidr.split("/")[1]) - Number(cidr.split("/")[1]));
  const nodes = poolsOf(transaction, cluster.id)
    .filter(({ podRange }) => podRange === name)
    .flatMap((pool) => pool.nodes);
  return nodes.reduce((sum, { pods }) => sum + (pods === undefined ? 0 : share(pods)), 0);
}

/** A certificate of no authority: no client can trust the modeled API server by it. */
const certificateOf = ({ uid }: Cluster): string =>
  Buffer.from(
    `-----BEGIN CERTIFICATE-----\n${Buffer.from(uid).toString("base64")}\n-----END CERTIFICATE-----\n`,
  ).toString("base64");
