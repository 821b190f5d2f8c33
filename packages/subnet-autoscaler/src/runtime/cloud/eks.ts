/** The EKS reads the autoscaler needs. Every failure is an {@link ApiError}. */
export interface Eks {
  /** The cluster's VPC; undefined when the cluster does not exist. */
  clusterVpc(clusterName: string): Promise<string | undefined>;
  /** The managed add-on `vpc-cni`; undefined when the cluster does not have it. */
  cniAddon(
    clusterName: string,
  ): Promise<{ readonly version: string; readonly configuration?: string } | undefined>;
}
