import { stringify } from "yaml";
import { isGraviton } from "../nodes/node-image";
import { CLUSTER_TAG, ROLE_TAG } from "../subnets/network-tags";
import { imageFamily } from "./node-pool-check";
import { type KarpenterNodePoolOptions, type NodeRequirement } from "./node-pool-options";

/** Tag key by which Karpenter finds the subnets and the security group of its nodes. */
export const DISCOVERY_TAG = "karpenter.sh/discovery";

/** What the manifests of a pool have besides its options. */
export interface NodePoolContext {
  readonly clusterName: string;
  /** Name of the nodes' IAM role. */
  readonly nodeRole: string;
  /** Instance types, with families written out. */
  readonly types: readonly string[];
  readonly zones: readonly string[];
  readonly maxPods: number;
  /** Share of the nodes that may be replaced at a time, in percent. */
  readonly churnPercent: number;
  /** Tags of the instances and volumes. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The manifests of a pool, as YAML: an EC2NodeClass and a NodePool of the same name (Karpenter's API v1). */
export function nodePoolManifests(pool: KarpenterNodePoolOptions, context: NodePoolContext): string {
  return [nodeClass(pool, context), nodePool(pool, context)]
    .map((document) => stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }))
    .join("---\n");
}

function nodeClass(pool: KarpenterNodePoolOptions, context: NodePoolContext) {
  const { name, image = "al2023@latest", kubelet = {}, diskGiB = 50 } = pool;
  const { clusterName, nodeRole, maxPods, tags } = context;
  const { podsPerCore, systemReserved, kubeReserved } = kubelet;
  const own = image.startsWith("ami-");
  const bottlerocket = imageFamily(pool) === "Bottlerocket";
  return {
    apiVersion: "karpenter.k8s.aws/v1",
    kind: "EC2NodeClass",
    metadata: { name },
    spec: {
      role: nodeRole,
      ...(own && { amiFamily: "AL2023" }),
      amiSelectorTerms: [own ? { id: image } : { alias: image }],
      subnetSelectorTerms: [
        { tags: { [DISCOVERY_TAG]: clusterName, [CLUSTER_TAG]: clusterName, [ROLE_TAG]: "node" } },
      ],
      securityGroupSelectorTerms: [{ tags: { [DISCOVERY_TAG]: clusterName } }],
      kubelet: {
        maxPods,
        ...(podsPerCore !== undefined && { podsPerCore }),
        ...(systemReserved !== undefined && { systemReserved }),
        ...(kubeReserved !== undefined && { kubeReserved }),
      },
      // Pods use Pod Identity, so no pod needs the node's role.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        ...(bottlerocket ? [volume("/dev/xvda", 4)] : []),
        volume(bottlerocket ? "/dev/xvdb" : "/dev/xvda", diskGiB),
      ],
      tags: { ...tags, Name: `${clusterName}-${name}` },
    },
  };
}

function volume(deviceName: string, sizeGiB: number) {
  return {
    deviceName,
    ebs: { volumeSize: `${sizeGiB}Gi`, volumeType: "gp3", encrypted: true, deleteOnTermination: true },
  };
}

/** Effects of taints, by the names of EKS's API. */
const EFFECTS = {
  NO_SCHEDULE: "NoSchedule",
  NO_EXECUTE: "NoExecute",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
} as const;

function nodePool(pool: KarpenterNodePoolOptions, context: NodePoolContext) {
  const { name, maxNodes, labels, taints, consolidation = "WhenEmptyOrUnderutilized" } = pool;
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name },
    spec: {
      template: {
        ...(labels !== undefined && { metadata: { labels } }),
        spec: {
          nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name },
          requirements: requirements(pool, context),
          ...(taints !== undefined && {
            taints: taints.map(({ effect, ...taint }) => ({ ...taint, effect: EFFECTS[effect] })),
          }),
        },
      },
      disruption: {
        consolidationPolicy: consolidation,
        consolidateAfter: "1m",
        // The plan has addresses for this share of the nodes twice.
        budgets: [{ nodes: `${context.churnPercent}%` }],
      },
      limits: { nodes: String(maxNodes) },
    },
  };
}

function requirements(
  { capacityTypes = ["on-demand", "spot"], requirements: further = [] }: KarpenterNodePoolOptions,
  { types, zones }: NodePoolContext,
): readonly NodeRequirement[] {
  const arm = types.some(isGraviton);
  const architectures = [...(arm ? ["arm64"] : []), ...(types.every(isGraviton) ? [] : ["amd64"])];
  const among = (key: string, values: readonly string[]): NodeRequirement => ({
    key,
    operator: "In",
    values,
  });
  return [
    among("kubernetes.io/arch", architectures.sort()),
    among("kubernetes.io/os", ["linux"]),
    among("karpenter.sh/capacity-type", [...capacityTypes]),
    // The addresses are planned for these types: another one may use more prefixes, or have fewer pods.
    among("node.kubernetes.io/instance-type", [...types]),
    among("topology.kubernetes.io/zone", [...zones]),
    ...further,
  ];
}
