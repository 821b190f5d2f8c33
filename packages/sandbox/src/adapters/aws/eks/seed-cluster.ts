import { partitionOf, type AccountRegion, type Store } from "@cluster-ipam/cloud-model";
import { addons, putCluster, putPart } from "@cluster-ipam/cloud-model/aws/eks";

export interface SeedEksClusterProps extends AccountRegion {
  readonly name: string;
  readonly vpcId: string;
  /** Release of the managed VPC CNI. @default v1.23.1-eksbuild.1 */
  readonly cniVersion?: string;
  /** Environment of the VPC CNI, in the add-on's configuration values. @default with prefix delegation */
  readonly cniEnvironment?: Readonly<Record<string, string>>;
}

/**
 * Puts an EKS cluster with the VPC CNI into a cloud, as one that was deployed long ago: for tests and simulators of
 * what looks at a cluster. Terraform knows nothing of it.
 */
export function seedEksCluster(store: Store, props: SeedEksClusterProps): void {
  const { owner, region, name, vpcId, cniVersion = "v1.23.1-eksbuild.1" } = props;
  const { cniEnvironment = { ENABLE_PREFIX_DELEGATION: "true" } } = props;
  const eks = `arn:${partitionOf(region)}:eks:${region}:${owner}`;
  store.transact((transaction) => {
    putCluster(transaction, {
      owner,
      region,
      name,
      arn: `${eks}:cluster/${name}`,
      version: "1.34",
      platformVersion: "eks.1",
      roleArn: `arn:${partitionOf(region)}:iam::${owner}:role/${name}`,
      endpoint: `https://${name}.eks.${region}.amazonaws.com`,
      certificateAuthority: "",
      issuer: `https://oidc.eks.${region}.amazonaws.com/id/${name}`,
      createdAt: new Date(transaction.now).toISOString(),
      vpcId,
      subnetIds: [],
      securityGroupIds: [],
      clusterSecurityGroupId: "",
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
      publicAccessCidrs: [],
      ipFamily: "ipv4",
      serviceIpv4Cidr: "172.20.0.0/16",
      authenticationMode: "API",
      supportType: "STANDARD",
      deletionProtection: false,
      selfManagedAddons: false,
      tags: {},
      interfaceIds: [],
    });
    putPart(transaction, addons, {
      owner,
      region,
      clusterName: name,
      name: "vpc-cni",
      arn: `${eks}:addon/${name}/vpc-cni/1`,
      version: cniVersion,
      configurationValues: JSON.stringify({ env: cniEnvironment }),
    });
  });
}
