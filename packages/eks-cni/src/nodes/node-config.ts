import { Fn } from "cdktf";

import { type EksCluster } from "../cluster/eks-cluster";
import { type NodeImage } from "./node-image";

/**
 * Returns the user data of a node in base64: settings that EKS merges with its own, or all that an image of your own needs.
 *
 * EKS calculates maxPods without prefix delegation (amazon-eks-ami #2045), so it is set explicitly.
 *
 * @param maxPods maximum pods per node, 1 to 250
 */
export function nodeUserData(image: NodeImage, maxPods: number, cluster: EksCluster): string {
  if (image === "Bottlerocket") return base64(`[settings.kubernetes]\nmax-pods = ${maxPods}\n`);
  if (image === "AL2023") return base64(nodeConfig(maxPods, '"NODECONFIG"', []));
  if (image.userData !== undefined) return base64(image.userData);
  // cdktf takes no quotes in a text with references.
  return Fn.base64encode(nodeConfig(maxPods, "NODECONFIG", clusterLines(cluster)));
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** A MIME part that nodeadm reads. */
function nodeConfig(maxPods: number, boundary: string, cluster: readonly string[]): string {
  const lines = [
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary=${boundary}`,
    "",
    "--NODECONFIG",
    "Content-Type: application/node.eks.aws",
    "",
    "apiVersion: node.eks.aws/v1alpha1",
    "kind: NodeConfig",
    "spec:",
    ...cluster,
    "  kubelet:",
    "    config:",
    `      maxPods: ${maxPods}`,
    "",
    "--NODECONFIG--",
    "",
  ];
  return lines.join("\n");
}

/** How a node finds its cluster. EKS adds this to its own images only. */
function clusterLines({ resource }: EksCluster): string[] {
  const { serviceIpv4Cidr } = resource.kubernetesNetworkConfig;
  return [
    "  cluster:",
    `    name: ${resource.name}`,
    `    apiServerEndpoint: ${resource.endpoint}`,
    `    certificateAuthority: ${resource.certificateAuthority.get(0).data}`,
    `    cidr: ${serviceIpv4Cidr}`,
  ];
}
