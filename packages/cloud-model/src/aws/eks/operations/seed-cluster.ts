import { awsPartition } from "@cluster-ipam/address-plan/cloud";
import { type AccountRegion } from "../../../request-context";
import { type Store } from "../../../store/store";
import { putCluster } from "../documents/cluster";
import { addons, putPart } from "../documents/cluster-part";

/** An EKS cluster for tests. */
export interface SeedEksClusterProps extends AccountRegion {
  readonly name: string;
  readonly vpcId: string;
  /** Version of the managed VPC CNI. @default v1.23.1-eksbuild.1 */
  readonly cniVersion?: string;
  /** Environment of the VPC CNI, in the add-on's configuration values. @default prefix delegation is on */
  readonly cniEnvironment?: Readonly<Record<string, string>>;
}

/**
 * Puts an EKS cluster with the VPC CNI into a cloud, unchecked and without network interfaces: for tests and simulators
 * of programs that look at a cluster.
 */
export function seedEksCluster(store: Store, props: SeedEksClusterProps): void {
  const { owner, region, name, vpcId, cniVersion = "v1.23.1-eksbuild.1" } = props;
  const { cniEnvironment = { ENABLE_PREFIX_DELEGATION: "true" } } = props;
  const eks = `arn:${awsPartition(region)}:eks:${region}:${owner}`;
  store.transact((transaction) => {
    putCluster(transaction, {
      owner,
      region,
      name,
      arn: `${eks}:cluster/${name}`,
      version: "1.34",
      platformVersion: "eks.1",
      roleArn: `arn:${awsPartition(region)}:iam::${owner}:role/${name}`,
      endpoint: `https://${name}.eks.${region}.amazonaws.com`,
      certificateAuthority: "",
      issuer: `https://oidc.eks.${region}.amazonaws.com/id/${name}`,
      createdAt: new Date(transaction.now).toISOString(),
      vpcId,
      subnetIds: [],
      zones: [],
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
