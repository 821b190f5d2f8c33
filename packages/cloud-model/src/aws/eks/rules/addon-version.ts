// One build per add-on: what EKS installs if the request names no version.
const versions: { readonly [addon: string]: string } = {
  "vpc-cni": "v1.21.1-eksbuild.1",
  coredns: "v1.12.4-eksbuild.1",
  "kube-proxy": "v1.34.0-eksbuild.2",
  "eks-pod-identity-agent": "v1.3.9-eksbuild.3",
};

/** The default version of an add-on. */
export const addonVersion = (addon: string): string => versions[addon] ?? "v1.0.0-eksbuild.1";
