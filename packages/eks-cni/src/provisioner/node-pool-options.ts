import { type Taint } from "../nodes/node-group";

/** A requirement of a node's labels, as Karpenter's NodePool has it. */
export interface NodeRequirement {
  /** For example `karpenter.k8s.aws/instance-cpu`. */
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
  /** @default none, for Exists and DoesNotExist */
  readonly values?: readonly string[];
}

/** Resources that a kubelet keeps from pods, for example `{ cpu: "100m", memory: "300Mi" }`. */
export type ReservedResources = Readonly<
  Partial<Record<"cpu" | "memory" | "ephemeral-storage" | "pid", string>>
>;

/** Settings of the kubelet of a pool's nodes. */
export interface KubeletOptions {
  /**
   * Maximum pods per node, 1 to 250. Karpenter's own formula does not know prefixes.
   * @default what the smallest instance type supports, up to EKS's recommendation and the plan's podsPerNode
   */
  readonly maxPods?: number;
  /** Maximum pods per vCPU, at least 1, up to `maxPods`. Bottlerocket has no such setting. @default none */
  readonly podsPerCore?: number;
  /** For the operating system. @default that of the image */
  readonly systemReserved?: ReservedResources;
  /** For the kubelet and the container runtime. @default that of the image */
  readonly kubeReserved?: ReservedResources;
}

/** A pool of nodes that Karpenter or EKS Auto Mode adds and removes, with a node class of its own. */
export interface NodePoolOptions {
  /** Unique in the cluster: 1 to 63 of a–z, 0–9 and `-`. */
  readonly name: string;
  /** The most nodes at a time, over all zones, at least 1. What replaces others comes on top, as the plan counts. */
  readonly maxNodes: number;
  /**
   * Instance types, and families such as `m7i`. The smallest one decides how many pods a node has, the one that uses most
   * prefixes how many addresses the pool takes.
   * @default the plan's
   */
  readonly instanceTypes?: readonly string[];
  /** Zones, at least one. @default all zones of the plan */
  readonly zones?: readonly string[];
  /** Purchase options. @default both; Spot is preferred */
  readonly capacityTypes?: readonly ("on-demand" | "spot")[];
  /** Further requirements. @default none */
  readonly requirements?: readonly NodeRequirement[];
  /** Size of the volume of images, logs and containers in GiB, 20 to 16,384. @default 50 */
  readonly diskGiB?: number;
  /** Kubernetes labels. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Kubernetes taints. @default none */
  readonly taints?: readonly Taint[];
  /** Nodes that are consolidated. @default "WhenEmptyOrUnderutilized" */
  readonly consolidation?: "WhenEmptyOrUnderutilized" | "WhenEmpty";
}

/** A pool of nodes of Karpenter. */
export interface KarpenterNodePoolOptions extends NodePoolOptions {
  /**
   * Alias of EKS's images with their release, for example `al2023@v20260810` or `bottlerocket@latest`, or the id of an AL2023
   * image of your own. With `latest`, Karpenter replaces the nodes whenever EKS releases an image.
   * @default "al2023@latest"
   */
  readonly image?: string;
  /** @default maxPods only */
  readonly kubelet?: KubeletOptions;
}
