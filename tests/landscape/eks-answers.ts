/** The answer of `aws eks describe-cluster`, as far as it is about addresses. */
export function describedCluster(
  { account, region }: { readonly account: string; readonly region: string },
  name: string,
  vpcId: string,
  subnetIds: readonly string[],
  tags: Readonly<Record<string, string>> = {},
) {
  const arn = `arn:aws:eks:${region}:${account}:cluster/${name}`;
  return {
    cluster: { name, arn, version: "1.33", status: "ACTIVE", resourcesVpcConfig: { vpcId, subnetIds }, tags },
  };
}

/** The answer of `aws eks describe-nodegroup`. */
export function describedNodeGroup(
  { account, region }: { readonly account: string; readonly region: string },
  cluster: string,
  subnets: readonly string[],
  maxSize: number,
) {
  return {
    nodegroup: {
      ...{ nodegroupName: "general", clusterName: cluster, subnets, instanceTypes: ["m6i.xlarge"] },
      nodegroupArn: `arn:aws:eks:${region}:${account}:nodegroup/${cluster}/general/1ac5`,
      scalingConfig: { minSize: 1, desiredSize: 3, maxSize },
    },
  };
}
