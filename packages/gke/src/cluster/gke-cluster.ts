import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { ContainerCluster } from "@cluster-ipam/blueprint-core/google";
import { checkContract } from "../network/network-contract-check";
import { checkMaxPods, NodeSpace } from "./node-address-budget";
import { resolveIpam } from "../network/ipam-mode";
import { type GkeNetworkContract } from "../network/gke-network-contract";
import { NodeServiceAccount } from "./node-service-account";

/** How people and pipelines reach the control plane. */
export type ControlPlaneEndpoint = "private" | "dns";

export interface GkeClusterProps {
  /** The network, from `GkeNetwork.contract`: carries the addresses, the ipam mode and the version. */
  readonly network: GkeNetworkContract;
  /** Google runs the nodes; there are no node pools then. Replaces the cluster. @default false */
  readonly autopilot?: boolean;
  /** Who upgrades the control plane, and how early. @default "REGULAR" */
  readonly releaseChannel?: "RAPID" | "REGULAR" | "STABLE" | "EXTENDED";
  /**
   * `private`: an address in the control plane's /28, for the plan's private ranges. `dns`: a name as well, reachable
   * from anywhere with IAM permission, for pipelines outside the network.
   * @default "private"
   */
  readonly endpoint?: ControlPlaneEndpoint;
  /** The most pods on one node, 8 to 256; not with Autopilot. Replaces the cluster. @default the demand's podsPerNode */
  readonly defaultMaxPodsPerNode?: number;
  /** Terraform refuses to destroy or replace the cluster. @default true */
  readonly deletionProtection?: boolean;
}

/** What the things inside a cluster need to know of it: plain data without tokens. */
export interface GkeClusterContract {
  readonly name: string;
  /** Id of the stack that makes the cluster: what is inside is deployed after it. @default deployed elsewhere */
  readonly stack?: string;
  readonly project: string;
  readonly region: string;
  readonly endpoint: ControlPlaneEndpoint;
  readonly autopilot: boolean;
  /** Ranges in which pods keep their own address. */
  readonly privateRanges: readonly string[];
}

/** Where the ranges live that Auto IPAM adds. Nothing wider: `enabled`, the stack type and the tier stay in review. */
const AUTO_IPAM_RANGES = [
  "ip_allocation_policy[0].additional_ip_ranges_config",
  "ip_allocation_policy[0].additional_pod_ranges_config",
];
/** Node pools are resources of their own, and an imported cluster reads 0 initial nodes, which would replace it. */
const SEPARATE_NODE_POOLS = ["initial_node_count", "node_pool"];

/**
 * A regional, VPC-native cluster with private nodes, Standard or Autopilot.
 *
 * Standard clusters get their nodes from `NodePool`; the default pool is removed.
 */
export class GkeCluster extends Construct {
  readonly network: GkeNetworkContract;
  readonly contract: GkeClusterContract;
  /** The most pods on a node of a pool that does not say otherwise. */
  readonly maxPodsPerNode: number;
  readonly serviceAccount: NodeServiceAccount;
  readonly resource: ContainerCluster;
  /** The addresses that its node pools share. */
  readonly space: NodeSpace;

  /** @throws ValidationError a contract that does not fit its mode, or maximum pods out of bounds or with Autopilot */
  constructor(scope: Construct, id: string, props: GkeClusterProps) {
    super(scope, id);
    const { cluster, project } = props.network;
    this.network = props.network;
    checkSettled(this, this.network);
    checkContract(this, this.network);
    if (props.autopilot && props.defaultMaxPodsPerNode !== undefined) {
      throw new ValidationError(
        this,
        `defaultMaxPodsPerNode is ${props.defaultMaxPodsPerNode} but Autopilot sets the pods per node itself; leave one of them out`,
      );
    }
    this.maxPodsPerNode = props.defaultMaxPodsPerNode ?? cluster.demand.podsPerNode;
    if (!props.autopilot) {
      const source =
        props.defaultMaxPodsPerNode === undefined ? "the demand's podsPerNode" : "defaultMaxPodsPerNode";
      checkMaxPods(this, source, this.maxPodsPerNode);
    }
    this.space = new NodeSpace(this.network);
    this.contract = {
      name: cluster.name,
      stack: TerraformStack.of(this).node.id,
      project,
      region: cluster.region,
      endpoint: props.endpoint ?? "private",
      autopilot: props.autopilot ?? false,
      privateRanges: cluster.privateRanges,
    };
    this.serviceAccount = new NodeServiceAccount(this, "nodes", { project, clusterName: cluster.name });
    this.resource = this.addCluster(props);
  }

  private addCluster(props: GkeClusterProps): ContainerCluster {
    const { cluster, project, network, subnetwork, version } = this.network;
    return new ContainerCluster(this, "cluster", {
      name: cluster.name,
      project,
      location: cluster.region,
      nodeLocations: [...cluster.zones],
      network,
      subnetwork,
      networkingMode: "VPC_NATIVE",
      ipAllocationPolicy: ipAllocationPolicy(this.network),
      ...(version === undefined ? {} : { minMasterVersion: version }),
      releaseChannel: { channel: props.releaseChannel ?? "REGULAR" },
      privateClusterConfig: {
        enablePrivateNodes: true,
        enablePrivateEndpoint: true,
        masterIpv4CidrBlock: cluster.controlPlane,
      },
      controlPlaneEndpointsConfig: {
        dnsEndpointConfig: { allowExternalTraffic: this.contract.endpoint === "dns" },
        ipEndpointsConfig: { enabled: true },
      },
      masterAuthorizedNetworksConfig: {
        privateEndpointEnforcementEnabled: true,
        gcpPublicCidrsAccessEnabled: false,
        cidrBlocks: cluster.privateRanges.map((range) => ({
          cidrBlock: range,
          displayName: "address plan",
        })),
      },
      loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS"] },
      monitoringConfig: {
        enableComponents: ["SYSTEM_COMPONENTS"],
        managedPrometheus: { enabled: true },
      },
      deletionProtection: props.deletionProtection ?? true,
      resourceLabels: { environment: cluster.environment, cluster: cluster.name },
      ...(props.autopilot ? this.autopilotArguments() : this.standardArguments()),
    });
  }

  private standardArguments() {
    return {
      removeDefaultNodePool: true,
      initialNodeCount: 1,
      defaultMaxPodsPerNode: this.maxPodsPerNode,
      datapathProvider: "ADVANCED_DATAPATH",
      workloadIdentityConfig: { workloadPool: `${this.network.project}.svc.id.goog` },
      lifecycle: {
        ignoreChanges: [
          ...(this.network.ipam.mode === "auto" ? AUTO_IPAM_RANGES : []),
          ...SEPARATE_NODE_POOLS,
        ],
      },
    };
  }

  // Dataplane V2 and Workload Identity are always on here, and Google makes the nodes.
  private autopilotArguments() {
    return {
      enableAutopilot: true,
      clusterAutoscaling: {
        autoProvisioningDefaults: {
          serviceAccount: this.serviceAccount.email,
          oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
        },
      },
      ...(this.network.ipam.mode === "auto" ? { lifecycle: { ignoreChanges: AUTO_IPAM_RANGES } } : {}),
    };
  }
}

/** Checks the settled mode again: a network that is there cannot fall back because its cluster would like to. */
function checkSettled(where: Construct, { ipam, version }: GkeNetworkContract): void {
  resolveIpam(where, ipam.mode === "auto" ? { ...ipam, fallback: undefined } : ipam, { version });
}

function ipAllocationPolicy({
  ipam,
  podRanges,
  servicesRangeName,
  extraSubnets,
  dualStack,
}: GkeNetworkContract) {
  const stack = dualStack ? { stackType: "IPV4_IPV6" } : {};
  if (ipam.mode === "auto") return { ...stack, autoIpamConfig: { enabled: ipam.enabled ?? true } };
  const [pods, ...further] = podRanges.map((range) => range.rangeName);
  return {
    ...stack,
    clusterSecondaryRangeName: pods,
    ...(servicesRangeName === undefined ? {} : { servicesSecondaryRangeName: servicesRangeName }),
    ...(further.length === 0 ? {} : { additionalPodRangesConfig: { podRangeNames: further } }),
    ...(extraSubnets.length === 0
      ? {}
      : {
          additionalIpRangesConfig: extraSubnets.map((extra) => ({
            subnetwork: extra.subnetwork,
            podIpv4RangeNames: [extra.pods.rangeName],
          })),
        }),
    ...(ipam.disableAuto ? { autoIpamConfig: { enabled: false } } : {}),
  };
}
