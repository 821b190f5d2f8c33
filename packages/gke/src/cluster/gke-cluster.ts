import { DataResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ValidationError, warn } from "@cluster-ipam/blueprint-core";
import { ContainerCluster } from "@cluster-ipam/blueprint-core/google";
import { type ClusterSecurityOptions, securityArguments, SecretsKey } from "./cluster-security";
import { checkContract } from "../network/network-contract-check";
import { type ControlPlaneEndpoint, type GkeClusterContract } from "./gke-cluster-contract";
import { nodeAutoProvisioning, type NodeAutoProvisioningOptions } from "./node-auto-provisioning";
import { checkMaxPods, NodeAddressBudget } from "./node-address-budget";
import { resolveIpam } from "../network/ipam-mode";
import { type GkeNetworkContract } from "../network/gke-network-contract";
import { NodeServiceAccount } from "./node-service-account";
import { isPublicSpace } from "./public-space";

/** Props of a {@link GkeCluster}. */
export interface GkeClusterProps extends ClusterSecurityOptions {
  /** The network, from `GkeNetworkStack.contract`. It has the addresses, the ipam mode and the version. */
  readonly network: GkeNetworkContract;
  /**
   * Autopilot: Google manages the nodes, and there are no node pools. Changing it replaces the cluster.
   * @default the plan's
   */
  readonly autopilot?: boolean;
  /** Lets GKE create node pools of a Standard cluster. @default none */
  readonly nodeAutoProvisioning?: NodeAutoProvisioningOptions;
  /** Release channel of the control plane. @default "REGULAR" */
  readonly releaseChannel?: "RAPID" | "REGULAR" | "STABLE" | "EXTENDED";
  /**
   * `private`: an address in the control plane's /28, open to the plan's private ranges. `dns`: also a DNS name, open
   * to any network with IAM permission, for pipelines outside the network.
   * @default "private"
   */
  readonly endpoint?: ControlPlaneEndpoint;
  /**
   * Maximum pods per node of pools that do not set their own, 8 to 256. Not with Autopilot. Changing it replaces the
   * cluster.
   * @default the plan's podsPerNode when the cluster was created
   */
  readonly defaultMaxPodsPerNode?: number;
  /** Terraform refuses to destroy or replace the cluster. @default true */
  readonly deletionProtection?: boolean;
}

/** Arguments that Auto IPAM changes, and no others: changes of `enabled`, the stack type and the tier still show. */
const AUTO_IPAM_RANGES = [
  "ip_allocation_policy[0].additional_ip_ranges_config",
  "ip_allocation_policy[0].additional_pod_ranges_config",
];
/** Node pools are separate resources, and an imported cluster has 0 initial nodes, which would replace it. */
const SEPARATE_NODE_POOLS = ["initial_node_count", "node_pool"];

/**
 * A regional, VPC-native cluster with private nodes, Standard or Autopilot.
 *
 * A Standard cluster gets its nodes from `NodePool`; its default pool is removed.
 */
export class GkeCluster extends Construct {
  readonly network: GkeNetworkContract;
  readonly contract: GkeClusterContract;
  /** Maximum pods per node of pools that do not set their own. */
  readonly maxPodsPerNode: number;
  readonly serviceAccount: NodeServiceAccount;
  readonly resource: ContainerCluster;
  /** The addresses that the cluster's node pools share. */
  readonly addressBudget: NodeAddressBudget;
  /**
   * Orders Terraform: it is replaced when the cluster's further ranges change, after node pools were removed and before
   * the cluster is changed. GKE detaches no range that a pool uses.
   */
  readonly attachment?: DataResource;

  /**
   * @throws ValidationError for a contract that does not fit its mode, Autopilot against the plan, more nodes than the addresses
   * support, and maximum pods that are out of bounds or set
   * with Autopilot
   */
  constructor(scope: Construct, id: string, options: GkeClusterProps) {
    super(scope, id);
    const { addresses, project } = options.network;
    const props = { ...options, autopilot: options.autopilot ?? addresses.autopilot };
    checkAutopilot(this, props);
    this.network = props.network;
    checkResolvedMode(this, this.network);
    checkContract(this, this.network);
    if (props.autopilot && props.defaultMaxPodsPerNode !== undefined) {
      throw new ValidationError(
        this,
        `defaultMaxPodsPerNode is ${props.defaultMaxPodsPerNode}, but Autopilot sets the pods per node; remove one of them`,
      );
    }
    this.maxPodsPerNode = props.defaultMaxPodsPerNode ?? addresses.defaultPodsPerNode;
    if (!props.autopilot) {
      const source =
        props.defaultMaxPodsPerNode === undefined ? "the plan's defaultPodsPerNode" : "defaultMaxPodsPerNode";
      checkMaxPods(this, source, this.maxPodsPerNode);
    }
    this.addressBudget = new NodeAddressBudget(this.network);
    this.contract = {
      name: addresses.name,
      stack: TerraformStack.of(this).node.id,
      project,
      region: addresses.region,
      endpoint: props.endpoint ?? "private",
      autopilot: props.autopilot ?? false,
      privateRanges: addresses.privateRanges,
    };
    this.serviceAccount = new NodeServiceAccount(this, "nodes", { project, clusterName: addresses.name });
    this.attachment = props.autopilot ? undefined : this.addAttachment();
    this.resource = this.addCluster(props);
  }

  private addAttachment(): DataResource | undefined {
    const { podRanges, extraSubnets } = this.network;
    const further = [...podRanges.slice(1), ...extraSubnets];
    if (further.length === 0) return undefined;
    const ranges = further.filter(isInUse).map(({ name }) => name);
    return new DataResource(this, "attachment", { triggersReplace: { ranges: ranges.join(" ") } });
  }

  private addCluster(props: GkeClusterProps): ContainerCluster {
    const { addresses, project, network, subnetwork, version } = this.network;
    const { deletionProtection = true } = props;
    const secrets =
      props.secretsKey === "create"
        ? new SecretsKey(this, "secrets", { network: this.network, deletionProtection })
        : undefined;
    const keyName = secrets?.keyName ?? (props.secretsKey as { readonly name: string } | undefined)?.name;
    const after = [this.attachment, secrets?.permission].filter((each) => each !== undefined);
    return new ContainerCluster(this, "cluster", {
      name: addresses.name,
      project,
      location: addresses.region,
      nodeLocations: [...addresses.zones],
      network,
      subnetwork,
      networkingMode: "VPC_NATIVE",
      ipAllocationPolicy: ipAllocationPolicy(this.network),
      ...(version === undefined ? {} : { minMasterVersion: version }),
      releaseChannel: { channel: props.releaseChannel ?? "REGULAR" },
      privateClusterConfig: {
        enablePrivateNodes: true,
        enablePrivateEndpoint: true,
        masterIpv4CidrBlock: addresses.controlPlane,
      },
      controlPlaneEndpointsConfig: {
        dnsEndpointConfig: { allowExternalTraffic: this.contract.endpoint === "dns" },
        ipEndpointsConfig: { enabled: true },
      },
      masterAuthorizedNetworksConfig: {
        privateEndpointEnforcementEnabled: true,
        gcpPublicCidrsAccessEnabled: false,
        cidrBlocks: addresses.privateRanges.map((range) => ({
          cidrBlock: range,
          displayName: "address plan",
        })),
      },
      loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS"] },
      monitoringConfig: {
        enableComponents: ["SYSTEM_COMPONENTS"],
        managedPrometheus: { enabled: true },
      },
      ...(podSpace(this.network).some(isPublicSpace) ? { defaultSnatStatus: { disabled: true } } : {}),
      deletionProtection,
      ...securityArguments(this, props),
      ...(keyName !== undefined && { databaseEncryption: { state: "ENCRYPTED", keyName } }),
      ...(after.length > 0 && { dependsOn: after }),
      resourceLabels: { environment: addresses.environment, cluster: addresses.name },
      ...(props.autopilot ? this.autopilotArguments() : this.standardArguments(props)),
    });
  }

  private standardArguments({ nodeAutoProvisioning: provisioning }: GkeClusterProps) {
    const { maxPodsPerNode, addressBudget: budget } = this;
    const account = this.serviceAccount.email;
    return {
      ...(provisioning && {
        clusterAutoscaling: nodeAutoProvisioning(this, provisioning, account, { budget, maxPodsPerNode }),
      }),
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

  // Dataplane V2 and Workload Identity are always enabled here, and Google creates the nodes.
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

/** The plan's addresses are for one kind of cluster: Autopilot has other numbers of pods per node. */
function checkAutopilot(where: Construct, props: GkeClusterProps): void {
  const { addresses } = props.network;
  const { podsPerNode } = addresses.demand;
  if (addresses.autopilot && !props.autopilot)
    throw new ValidationError(
      where,
      `autopilot is false, but the address plan of ${addresses.name} is for Autopilot; remove autopilot here or there`,
    );
  if (props.autopilot && !addresses.autopilot)
    warn(
      where,
      `the address plan has ${podsPerNode} pods per node, and Autopilot 32; set autopilot: true in addresses.yaml for a new cluster`,
    );
  if (props.autopilot && props.nodeAutoProvisioning !== undefined)
    throw new ValidationError(
      where,
      "Autopilot always provisions nodes and takes no limits; remove nodeAutoProvisioning",
    );
}

/** Checks the mode again without a fallback: a network that exists cannot change its mode for the cluster. */
function checkResolvedMode(where: Construct, { ipam, version }: GkeNetworkContract): void {
  resolveIpam(where, ipam.mode === "auto" ? { ...ipam, fallback: undefined } : ipam, { version });
}

/** Whether the cluster may use a range or subnet. */
const isInUse = ({ state }: { readonly state?: "draining" | undefined }): boolean => state === undefined;

/** All CIDRs in which the cluster may have pods. */
const podSpace = ({ addresses, podRanges, extraSubnets }: GkeNetworkContract): readonly string[] => [
  ...[...podRanges, ...extraSubnets.map(({ pods }) => pods), ...addresses.furtherPods].map(
    ({ cidr }) => cidr,
  ),
  ...[...addresses.furtherSubnets.map(({ pods }) => pods), ...addresses.growth].map(({ cidr }) => cidr),
  addresses.pods,
];

function ipAllocationPolicy(network: GkeNetworkContract) {
  const { ipam, podRanges, servicesRangeName, dualStack } = network;
  const stack = dualStack ? { stackType: "IPV4_IPV6" } : {};
  if (ipam.mode === "auto") return { ...stack, autoIpamConfig: { enabled: ipam.enabled ?? true } };
  const [pods, ...further] = podRanges.filter(isInUse).map((range) => range.rangeName);
  const extraSubnets = network.extraSubnets.filter(isInUse);
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
