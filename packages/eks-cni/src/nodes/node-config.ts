/**
 * Returns the user data of an AL2023 node in base64: a MIME part that nodeadm merges with the one of EKS.
 *
 * nodeadm calculates maxPods without prefix delegation (amazon-eks-ami #2045), so it is set explicitly.
 *
 * @param maxPods maximum pods per node, 1 to 250
 */
export function nodeUserData(maxPods: number): string {
  const lines = [
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="NODECONFIG"',
    "",
    "--NODECONFIG",
    "Content-Type: application/node.eks.aws",
    "",
    "apiVersion: node.eks.aws/v1alpha1",
    "kind: NodeConfig",
    "spec:",
    "  kubelet:",
    "    config:",
    `      maxPods: ${maxPods}`,
    "",
    "--NODECONFIG--",
    "",
  ];
  return Buffer.from(lines.join("\n")).toString("base64");
}
