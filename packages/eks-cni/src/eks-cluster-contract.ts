import { type EksNetworkContract } from "./eks-network-contract";

/** What a stack that serves a cluster needs to know of it: plain data, known at synth. */
export interface EksClusterContract {
  readonly network: EksNetworkContract;
  /** Id of the cluster's stack: deployed before those that serve it, where they are in one app. */
  readonly stack: string;
  /** How pods find their subnets: only with subnet discovery does a node take up one that comes later. */
  readonly podSubnets: "discovery" | "custom-networking";
}
