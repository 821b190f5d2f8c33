/** What names a subnet, so that the subnet must not be deleted although it has no interface. */
export interface SubnetUser {
  readonly subnetId: string;
  /** For example `node group general`. */
  readonly name: string;
}

/** The EKS reads the autoscaler needs. Every failure is an {@link ApiError}. */
export interface Eks {
  /** The cluster's VPC; undefined when the cluster does not exist. */
  clusterVpc(clusterName: string): Promise<string | undefined>;
  /** The managed add-on `vpc-cni`; undefined when the cluster does not have it. */
  cniAddon(
    clusterName: string,
  ): Promise<{ readonly version: string; readonly configuration?: string } | undefined>;
  /** The subnets that the cluster's control plane and its managed node groups name. */
  subnetUsers(clusterName: string): Promise<readonly SubnetUser[]>;
}
