import { CLUSTER_TAG, ROLE_TAG } from "../subnets/network-tags";
import { imageFamily } from "./node-pool-check";
import { type NodePoolContext } from "./node-pool-manifest";
import { type KarpenterNodePoolOptions } from "./node-pool-options";

/** Tag key by which Karpenter finds the subnets and the security group of its nodes. */
export const DISCOVERY_TAG = "karpenter.sh/discovery";

/** An EC2NodeClass of Karpenter (karpenter.k8s.aws/v1). @param maxPods maximum pods per node, 1 to 250 */
export function ec2NodeClass(pool: KarpenterNodePoolOptions, context: NodePoolContext, maxPods: number) {
  const { name, image = "al2023@latest", kubelet = {}, diskGiB = 50 } = pool;
  const { clusterName, nodeRole, tags } = context;
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
