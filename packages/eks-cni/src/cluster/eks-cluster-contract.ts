import { type InstanceShape } from "@cluster-ipam/address-plan";
import { type EksNetworkContract } from "../network/eks-network-contract";

/** A cluster as the stacks that serve it see it: plain data, known at synth. */
export interface EksClusterContract {
  readonly network: EksNetworkContract;
  /** Id of the cluster's stack. In the same app, it is deployed before the stacks that serve the cluster. */
  readonly stack: string;
  readonly cni: {
    /** With "self-managed", no EKS add-on reports the version and configuration of the CNI. */
    readonly management: "managed" | "self-managed";
    readonly prefixDelegation: boolean;
    /** Pods use only the subnet of their zone's ENIConfig. */
    readonly customNetworking: boolean;
  };
  /** Network interfaces per node and addresses per interface. @default none; node groups differ or are unknown */
  readonly nodeShape?: Pick<InstanceShape, "enis" | "addressesPerEni">;
}
