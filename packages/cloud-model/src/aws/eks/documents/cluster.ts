import { type Cluster } from "@aws-sdk/client-eks";
import { Kind } from "../../../store/kind";
import { type Transaction } from "../../../store/transaction";
import { type AccountRegion } from "../../../request-context";
import { ServiceError } from "../../../service-error";

/** An EKS cluster. */
export interface EksCluster extends AccountRegion {
  readonly name: string;
  readonly arn: string;
  /** Kubernetes minor version, `1.34`. */
  readonly version: string;
  readonly platformVersion: string;
  readonly roleArn: string;
  /** Address of the Kubernetes API, with its scheme. */
  readonly endpoint: string;
  /** Base64 of the certificate of the API's authority. */
  readonly certificateAuthority: string;
  /** The issuer of the cluster's service account tokens. */
  readonly issuer: string;
  /** RFC 3339 */
  readonly createdAt: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  /** Zones of the subnets that the cluster was created with. They never change. */
  readonly zones: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly clusterSecurityGroupId: string;
  readonly endpointPrivateAccess: boolean;
  readonly endpointPublicAccess: boolean;
  readonly publicAccessCidrs: readonly string[];
  readonly ipFamily: "ipv4" | "ipv6";
  /** Empty for an IPv6 cluster. */
  readonly serviceIpv4Cidr: string;
  readonly authenticationMode: string;
  readonly supportType: string;
  readonly deletionProtection: boolean;
  /** EKS installed the VPC CNI, kube-proxy and CoreDNS with the cluster. */
  readonly selfManagedAddons: boolean;
  readonly tags: { readonly [key: string]: string };
  /** Network interfaces of the control plane. */
  readonly interfaceIds: readonly string[];
  readonly settings?: ClusterSettings;
}

/** Members of a cluster that EKS repeats. The model looks at those of Auto Mode only. */
export type ClusterSettings = Readonly<
  Pick<
    Cluster,
    | "computeConfig"
    | "controlPlaneScalingConfig"
    | "encryptionConfig"
    | "logging"
    | "remoteNetworkConfig"
    | "storageConfig"
    | "zonalShiftConfig"
  > & {
    /** `kubernetesNetworkConfig.elasticLoadBalancing`. */
    readonly loadBalancing?: NonNullable<Cluster["kubernetesNetworkConfig"]>["elasticLoadBalancing"];
  }
>;

const clusters = new Kind<EksCluster>("eks/cluster");
const keyOf = ({ owner, region }: AccountRegion, name: string): string => [owner, region, name].join("|");

/** The cluster of that name in an account and Region, or undefined. */
export const findCluster = (
  transaction: Transaction,
  caller: AccountRegion,
  name: string,
): EksCluster | undefined => transaction.get(clusters, keyOf(caller, name));

/** The cluster of that name. @throws ServiceError ResourceNotFoundException */
export function clusterNamed(transaction: Transaction, caller: AccountRegion, name: string): EksCluster {
  const cluster = findCluster(transaction, caller, name);
  if (!cluster)
    throw new ServiceError("ResourceNotFoundException", `No cluster found for name: ${name}.`, 404);
  return cluster;
}

/** The clusters of an account and Region, oldest first. */
export const clustersIn = (
  transaction: Transaction,
  { owner, region }: AccountRegion,
): readonly EksCluster[] =>
  transaction.filter(clusters, (cluster) => cluster.owner === owner && cluster.region === region);

/** The cluster whose Kubernetes API has an address, in whatever account. */
export const clusterAt = (transaction: Transaction, endpoint: string): EksCluster | undefined =>
  transaction.find(clusters, (cluster) => cluster.endpoint === endpoint);

/** Makes or changes a cluster. */
export const putCluster = (transaction: Transaction, cluster: EksCluster): EksCluster =>
  transaction.put(clusters, keyOf(cluster, cluster.name), cluster);

/** Removes a cluster. */
export const removeCluster = (transaction: Transaction, { name, ...caller }: EksCluster): void =>
  transaction.remove(clusters, keyOf(caller, name));
