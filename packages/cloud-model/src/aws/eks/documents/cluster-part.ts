import { type Addon, type Nodegroup } from "@aws-sdk/client-eks";
import { Kind } from "../../../store/kind";
import { type Transaction } from "../../../store/transaction";
import { type AccountRegion } from "../../../request-context";
import { type EksCluster } from "./cluster";

/** A resource of a cluster, deleted with it. */
export interface ClusterPart extends AccountRegion {
  readonly clusterName: string;
  /** Unique among the parts of its kind in a cluster. */
  readonly name: string;
}

/** A managed add-on. */
export interface EksAddon extends ClusterPart {
  readonly arn: string;
  readonly version: string;
  /** JSON or YAML text; empty if there is none. */
  readonly configurationValues: string;
  readonly settings?: AddonSettings;
  /** RFC 3339 @default that of the cluster */
  readonly createdAt?: string;
  /** RFC 3339 @default createdAt */
  readonly modifiedAt?: string;
}

/** Members of an add-on that EKS repeats and the model does not look at. */
export type AddonSettings = Readonly<Pick<Addon, "serviceAccountRoleArn" | "tags" | "namespaceConfig">>;

/** A managed node group. */
export interface EksNodegroup extends ClusterPart {
  readonly arn: string;
  readonly version: string;
  readonly subnetIds: readonly string[];
  readonly instanceTypes: readonly string[];
  readonly size: { readonly min: number; readonly desired: number; readonly max: number };
  /** One per node. */
  readonly interfaceIds: readonly string[];
  readonly settings?: NodegroupSettings;
  /** RFC 3339 @default that of the cluster */
  readonly createdAt?: string;
  /** RFC 3339 @default createdAt */
  readonly modifiedAt?: string;
}

/** Members of a node group that EKS repeats and the model does not look at. */
export type NodegroupSettings = Readonly<
  Pick<
    Nodegroup,
    | "amiType"
    | "capacityType"
    | "diskSize"
    | "labels"
    | "launchTemplate"
    | "nodeRepairConfig"
    | "nodeRole"
    | "releaseVersion"
    | "remoteAccess"
    | "tags"
    | "taints"
    | "updateConfig"
  >
>;

/** An access entry; `name` is the principal's ARN. */
export interface EksAccessEntry extends ClusterPart {
  /** ARNs of the access policies that are associated with it. */
  readonly policyArns: readonly string[];
}

/** A Fargate profile. */
export interface EksFargateProfile extends ClusterPart {
  readonly arn: string;
}

/** A pod identity association; `name` is `<namespace>/<service account>`. */
export interface EksPodIdentity extends ClusterPart {
  readonly associationId: string;
  readonly roleArn: string;
  /** ARN of the add-on that owns it; empty if none does. */
  readonly ownerArn: string;
}

/** Managed add-ons, named `vpc-cni`, `coredns` … */
export const addons = new Kind<EksAddon>("eks/addon");
/** Managed node groups. */
export const nodegroups = new Kind<EksNodegroup>("eks/nodegroup");
/** Fargate profiles. */
export const fargateProfiles = new Kind<EksFargateProfile>("eks/fargate-profile");
/** Access entries. */
export const accessEntries = new Kind<EksAccessEntry>("eks/access-entry");
/** Pod identity associations. */
export const podIdentities = new Kind<EksPodIdentity>("eks/pod-identity");

const keyOf = ({ owner, region, clusterName, name }: ClusterPart): string =>
  [owner, region, clusterName, name].join("|");

/** The part of that name, or undefined. */
export const partNamed = <T extends ClusterPart>(
  transaction: Transaction,
  kind: Kind<T>,
  cluster: EksCluster,
  name: string,
): T | undefined => transaction.get(kind, keyOf({ ...locationIn(cluster), name }));

/** The parts of a kind in a cluster, oldest first. */
export const partsOf = <T extends ClusterPart>(
  transaction: Transaction,
  kind: Kind<T>,
  { owner, region, name }: EksCluster,
): readonly T[] =>
  transaction.filter(
    kind,
    (part) => part.clusterName === name && part.owner === owner && part.region === region,
  );

/** Makes or changes a part. */
export const putPart = <T extends ClusterPart>(transaction: Transaction, kind: Kind<T>, part: T): T =>
  transaction.put(kind, keyOf(part), part);

/** Removes a part; one that is not there is no error. */
export const removePart = <T extends ClusterPart>(
  transaction: Transaction,
  kind: Kind<T>,
  part: ClusterPart,
): void => transaction.remove(kind, keyOf(part));

/** The account, Region and cluster of a part. */
export const locationIn = ({ owner, region, name }: EksCluster): Omit<ClusterPart, "name"> => ({
  owner,
  region,
  clusterName: name,
});
