import { type EksNetworkContract } from "../network/eks-network-contract";
import { tagSemantics } from "../network/cni-version";
import { CLUSTER_TAG, discoveryTags, ROLE_TAG } from "../subnets/network-tags";
import { type Construct } from "constructs";
import { DISCOVERY_TAG } from "./ec2-node-class";
import { type NodePoolContext } from "./node-pool-manifest";
import { type NodePoolOptions } from "./node-pool-options";

/** Settings of the network of all nodes of Auto Mode. */
export interface AutoModeNetworkOptions {
  /**
   * Whether traffic of pods to other VPCs and the internet has the node's address ("Random") or the pod's own ("Disabled"), which
   * the NAT gateways translate. With "Random", what the plan calls private is reached with the node's address too.
   * @default "Disabled"
   */
  readonly snatPolicy?: "Random" | "Disabled";
  /** What pods may reach without a network policy of their own. @default "DefaultAllow" */
  readonly networkPolicy?: "DefaultAllow" | "DefaultDeny";
  /** Whether nodes log what network policies decide. @default false */
  readonly networkPolicyEventLogs?: boolean;
}

/**
 * A NodeClass of EKS Auto Mode (eks.amazonaws.com/v1; EKS user guide: "Create a Node Class for Amazon EKS"). Its nodes are in the
 * node subnets, its pods in the subnets that the CNI would discover, those that a subnet autoscaler adds included. With IPv6, pods
 * have their addresses from the node's /80.
 */
export function autoNodeClass(
  where: Construct,
  { name, diskGiB = 50 }: NodePoolOptions,
  { clusterName, nodeRole, tags }: NodePoolContext,
  network: EksNetworkContract,
  options: AutoModeNetworkOptions,
) {
  // EKS gives the security group that it creates this tag (EKS user guide: "View Amazon EKS security group requirements").
  const securityGroup = [{ tags: { "aws:eks:cluster-name": clusterName } }];
  const podTags = discoveryTags({ role: "pod" }, clusterName, tagSemantics(where, network.cniVersion));
  return {
    apiVersion: "eks.amazonaws.com/v1",
    kind: "NodeClass",
    metadata: { name },
    spec: {
      role: nodeRole,
      subnetSelectorTerms: [
        { tags: { [DISCOVERY_TAG]: clusterName, [CLUSTER_TAG]: clusterName, [ROLE_TAG]: "node" } },
      ],
      securityGroupSelectorTerms: securityGroup,
      ...(network.ipFamily === "ipv4" && {
        podSubnetSelectorTerms: [{ tags: podTags }],
        podSecurityGroupSelectorTerms: securityGroup,
      }),
      snatPolicy: options.snatPolicy ?? "Disabled",
      networkPolicy: options.networkPolicy ?? "DefaultAllow",
      networkPolicyEventLogs: options.networkPolicyEventLogs ? "Enabled" : "Disabled",
      ephemeralStorage: { size: `${diskGiB}Gi` },
      tags: { ...tags, Name: `${clusterName}-${name}` },
    },
  };
}
