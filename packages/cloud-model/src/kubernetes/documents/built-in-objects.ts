/** Objects by kind and name, `DaemonSet kube-system/aws-node`, with the names of their containers. */
export type BuiltInObjects = ReadonlyMap<string, readonly string[]>;

/** Objects that EKS installs, by add-on. */
export const addonObjects: ReadonlyMap<string, BuiltInObjects> = new Map([
  [
    "vpc-cni",
    new Map([
      ["DaemonSet kube-system/aws-node", ["aws-node", "aws-eks-nodeagent", "aws-vpc-cni-init"]],
      ["ConfigMap kube-system/amazon-vpc-cni", []],
      ["ServiceAccount kube-system/aws-node", []],
    ]),
  ],
  [
    "kube-proxy",
    new Map([
      ["DaemonSet kube-system/kube-proxy", ["kube-proxy"]],
      ["ConfigMap kube-system/kube-proxy-config", []],
    ]),
  ],
  [
    "coredns",
    new Map([
      ["Deployment kube-system/coredns", ["coredns"]],
      ["ConfigMap kube-system/coredns", []],
    ]),
  ],
]);

/** Objects that GKE installs. */
export const gkeObjects: BuiltInObjects = new Map([
  ["Deployment kube-system/kube-dns", ["kubedns", "dnsmasq", "sidecar"]],
  ["ConfigMap kube-system/kube-dns", []],
]);

/** Namespaces of every cluster. */
export const builtInNamespaces: readonly string[] = [
  "default",
  "kube-node-lease",
  "kube-public",
  "kube-system",
];
