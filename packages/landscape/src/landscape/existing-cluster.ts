import { type Source } from "./existing-range";

/** Nodes of a cluster that are scaled together. */
export interface ExistingNodes {
  readonly name: string;
  /** Most nodes; on GKE over all zones. */
  readonly most: number;
  readonly instanceType?: string;
  readonly subnets: readonly string[];
  readonly podsPerNode?: number;
}

/** A Kubernetes cluster that exists. */
export interface ExistingCluster {
  readonly cloud: "aws" | "google";
  readonly name: string;
  /** AWS account or Google project. */
  readonly owner: string;
  readonly region: string;
  readonly zones: readonly string[];
  /** As in the ranges' `network`. */
  readonly network: string;
  /** EKS: the subnets of the control plane's interfaces. GKE: the subnetwork of the nodes. */
  readonly subnets: readonly string[];
  readonly nodes: readonly ExistingNodes[];
  /** GKE: the name of the secondary range of the Pods. Routes-based clusters have none. */
  readonly podRange?: string;
  /** GKE: nodes that run. */
  readonly currentNodes?: number;
  /** GKE: how its addresses and nodes are run. */
  readonly mode?: "autopilot" | "routes-based";
  readonly tags: Readonly<Record<string, string>>;
  readonly source: Source;
}
