/**
 * Whether a node may not have a label of its own choice: the kubelet may not set those of Kubernetes, except in
 * `node.kubernetes.io/` and `kubelet.kubernetes.io/` (Kubernetes: "Admission Controllers", NodeRestriction), and the cloud sets
 * its own.
 *
 * @param key with its prefix, for example `eks.amazonaws.com/nodegroup`
 * @param cloudDomain prefix of the cloud's labels, for example `eks.amazonaws.com`
 */
export function isReservedLabel(key: string, cloudDomain: string): boolean {
  const domain = key.includes("/") ? key.split("/")[0]! : "";
  if (/(^|\.)(node|kubelet)\.kubernetes\.io$/.test(domain)) return false;
  return /(^|\.)(kubernetes\.io|k8s\.io)$/.test(domain) || domain === cloudDomain;
}
