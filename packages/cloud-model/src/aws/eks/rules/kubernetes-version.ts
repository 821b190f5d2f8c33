import { invalidParameter } from "./refusals";

/** The Kubernetes version of a cluster if the request names none. */
export const defaultVersion = "1.34";

/** How many minor versions a kubelet may be older than the control plane (Kubernetes version skew policy). */
const maxSkew = 3;

/** The minor version, 34 of `1.34`. @throws ServiceError if EKS has no such version */
export function minorOf(version: string): number {
  const minor = /^1\.(\d{2})$/.exec(version)?.[1];
  if (minor === undefined) throw invalidParameter("unsupported Kubernetes version");
  return Number(minor);
}

/** @throws ServiceError unless the control plane is upgraded by exactly one minor version */
export function checkUpgrade(from: string, to: string): void {
  if (minorOf(to) !== minorOf(from) + 1)
    throw invalidParameter(
      `Unsupported Kubernetes minor version update from ${from} to ${to}`,
      "UpdateClusterVersion",
    );
}

/** @throws ServiceError if nodes are newer than the control plane, or more than 3 minor versions older */
export function checkSkew(nodegroup: string, nodes: string, cluster: string): void {
  const behind = minorOf(cluster) - minorOf(nodes);
  if (behind < 0)
    throw invalidParameter(
      `Nodegroup ${nodegroup} with Kubernetes version ${nodes} can't be newer than the cluster's ${cluster}`,
    );
  if (behind > maxSkew)
    throw invalidParameter(
      `Nodegroup ${nodegroup} with Kubernetes version ${nodes} must be updated before the cluster can be ${cluster}`,
    );
}
