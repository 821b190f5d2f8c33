import { stringify } from "yaml";
import { type EksNetworkContract } from "../network/eks-network-contract";
import { isGraviton } from "../nodes/node-image";
import { poolTypes } from "./node-pool-check";
import { type NodePoolOptions, type NodeRequirement } from "./node-pool-options";

/** What the manifests of a pool have besides its options. */
export interface NodePoolContext {
  readonly clusterName: string;
  /** Name of the nodes' IAM role. */
  readonly nodeRole: string;
  /** Instance types, with families written out. */
  readonly types: readonly string[];
  readonly zones: readonly string[];
  /** Share of the nodes that may be replaced at a time, in percent. */
  readonly churnPercent: number;
  /** Tags of the instances and volumes. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The context of a pool: its own settings, or those of the cluster in the plan, whose provisioner was checked. */
export function nodePoolContext(
  pool: NodePoolOptions,
  network: EksNetworkContract,
  shared: Pick<NodePoolContext, "nodeRole" | "tags">,
): NodePoolContext {
  const { addresses } = network;
  return {
    ...shared,
    clusterName: addresses.name,
    types: poolTypes(pool, network),
    zones: pool.zones ?? addresses.zones,
    churnPercent: addresses.demand.churnPercent!,
  };
}

/** The documents of a manifest, as YAML. */
export function toYaml(documents: readonly unknown[]): string {
  return documents
    .map((document) => stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }))
    .join("---\n");
}

/** Effects of taints, by the names of EKS's API. */
const EFFECTS = {
  NO_SCHEDULE: "NoSchedule",
  NO_EXECUTE: "NoExecute",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
} as const;

/**
 * A NodePool, which Karpenter and EKS Auto Mode share (karpenter.sh/v1).
 *
 * @param nodeClass group and kind of its node class, which has the same name
 * @param limits the most that its nodes may have in all
 */
export function nodePool(
  pool: NodePoolOptions,
  context: NodePoolContext,
  nodeClass: { readonly group: string; readonly kind: string },
  limits: Readonly<Record<string, string>>,
) {
  const { name, labels, taints, consolidation = "WhenEmptyOrUnderutilized" } = pool;
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name },
    spec: {
      template: {
        ...(labels !== undefined && { metadata: { labels } }),
        spec: {
          nodeClassRef: { ...nodeClass, name },
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
      limits,
    },
  };
}

function requirements(
  { capacityTypes = ["on-demand", "spot"], requirements: further = [] }: NodePoolOptions,
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
