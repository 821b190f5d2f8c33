/** The workload a cluster must support. */
export interface Demand {
  /** Maximum nodes over all zones. At least 1. */
  readonly nodes: number;
  /** Maximum pods that run at the same time, over all nodes. At least 1. */
  readonly pods: number;
  /** Maximum pods on one node: 8 to 256 on GKE, 1 to 250 on EKS. */
  readonly podsPerNode: number;
  /** Space reserved for growth, in percent of the pods' block. 0 for none. */
  readonly growthPercent: number;
  /**
   * EKS: share of the nodes that Karpenter or EKS Auto Mode replaces at a time, in percent. Old and new nodes live together,
   * each with its pods. @default 0
   */
  readonly churnPercent?: number;
  /** EKS: maximum pods on Fargate, in addition to `pods`. Each takes an address of a node subnet. @default 0 */
  readonly fargatePods?: number;
}
