import { type InstanceShape } from "@cluster-ipam/address-plan";
import { type EksNetworkContract } from "../network/eks-network-contract";

/** What a stack that serves a cluster needs to know of it: plain data, known at synth. */
export interface EksClusterContract {
  readonly network: EksNetworkContract;
  /** Id of the cluster's stack: deployed before those that serve it, where they are in one app. */
  readonly stack: string;
  readonly cni: {
    /** Self-managed: no add-on says which CNI runs, and how. */
    readonly management: "managed" | "self-managed";
    readonly prefixDelegation: boolean;
    /** Pods stay in the subnet of their zone's ENIConfig, whatever subnets there are. */
    readonly customNetworking: boolean;
  };
  /** Interfaces of a node and addresses of each, where all node groups have the same; else absent. */
  readonly nodeShape?: Pick<InstanceShape, "enis" | "addressesPerEni">;
}
