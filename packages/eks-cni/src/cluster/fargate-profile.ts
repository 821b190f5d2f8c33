import { EksFargateProfile } from "@cdktf/provider-aws/lib/eks-fargate-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { awsPartition, type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type EksNetworkContract } from "../network/eks-network-contract";
import { type NodePlacementOptions } from "./node-placement";

/** EKS takes 1 to 5 selectors, with up to 5 labels each (EKS API reference: FargateProfile, FargateProfileSelector). */
const MOST_SELECTORS = 5;
const MOST_LABELS = 5;

/** The pods that a profile runs. */
export interface FargateSelector {
  /** Namespace; `*` and `?` are wildcards. */
  readonly namespace: string;
  /** Labels that a pod must have, at most 5. @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A Fargate profile. Changing any of these replaces it, and EKS deletes its pods. */
export interface FargateProfileOptions extends Omit<NodePlacementOptions, "retiring"> {
  /** Unique in the cluster: 1 to 100 letters, digits, `-` and `_`. */
  readonly name: string;
  /** 1 to 5. A pod that one of them matches runs on Fargate. */
  readonly selectors: readonly FargateSelector[];
}

/** Props of a {@link FargateRole}. */
export interface FargateRoleProps {
  readonly network: EksNetworkContract;
}

/** The role with which Fargate pulls images and writes logs for the pods of a cluster. EKS makes its access entry. */
export class FargateRole extends Construct {
  readonly resource: IamRole;
  readonly policy: IamRolePolicyAttachment;

  constructor(scope: Construct, id: string, { network }: FargateRoleProps) {
    super(scope, id);
    const { addresses, accountId = "*" } = network;
    const { name, region } = addresses;
    const partition = awsPartition(region);
    this.resource = new IamRole(this, "role", {
      name: `${name}-fargate`,
      description: `Pods of ${name} on Fargate`,
      assumeRolePolicy: fargateTrust(`arn:${partition}:eks:${region}:${accountId}:fargateprofile/${name}/*`),
    });
    this.policy = new IamRolePolicyAttachment(this, "policy", {
      role: this.resource.name,
      policyArn: `arn:${partition}:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy`,
    });
  }
}

/** Trust in Fargate for one cluster's profiles (EKS user guide: "Amazon EKS Pod execution IAM role"). */
function fargateTrust(profiles: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "eks-fargate-pods.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { ArnLike: { "aws:SourceArn": profiles } },
      },
    ],
  });
}

/** Props of a {@link FargateProfile}. */
export interface FargateProfileProps extends FargateProfileOptions {
  readonly clusterName: string;
  readonly addresses: EksClusterAddresses;
  readonly role: FargateRole;
  /** Ids of private subnets. */
  readonly subnetIds: string[];
  /** What EKS must have finished first. @default nothing */
  readonly after?: ITerraformDependable;
}

/**
 * A Fargate profile. Each of its pods takes one address of a node subnet, and no prefix: in a pod subnet, single addresses
 * would break the /28 blocks that prefixes need.
 */
export class FargateProfile extends Construct {
  readonly resource: EksFargateProfile;

  /** @throws ValidationError for a plan without Fargate pods, and a name or selectors that EKS rejects */
  constructor(scope: Construct, id: string, props: FargateProfileProps) {
    super(scope, id);
    checkProfile(this, props);
    this.resource = new EksFargateProfile(this, "profile", {
      clusterName: props.clusterName,
      fargateProfileName: props.name,
      podExecutionRoleArn: props.role.resource.arn,
      subnetIds: props.subnetIds,
      selector: props.selectors.map(({ namespace, labels }) => ({
        namespace,
        ...(labels !== undefined && { labels: { ...labels } }),
      })),
      dependsOn: [props.role.policy, ...(props.after ? [props.after] : [])],
    });
  }
}

function checkProfile(where: Construct, { name, selectors, addresses }: FargateProfileProps): void {
  if (addresses.demand.fargatePods === undefined)
    throw new ValidationError(
      where,
      `the address plan of ${addresses.name} has no pods on Fargate; set fargatePods in addresses.yaml and run npm run addresses`,
    );
  if (!/^[0-9A-Za-z][\w-]{0,99}$/.test(name))
    throw new ValidationError(
      where,
      `EKS rejects the name ${JSON.stringify(name)} of a Fargate profile; use 1 to 100 letters, digits, - and _`,
    );
  if (selectors.length === 0 || selectors.length > MOST_SELECTORS)
    throw new ValidationError(
      where,
      `Fargate profile ${name} has ${selectors.length} selectors; list 1 to ${MOST_SELECTORS}`,
    );
  const many = selectors.find(({ labels = {} }) => Object.keys(labels).length > MOST_LABELS);
  if (many !== undefined)
    throw new ValidationError(
      where,
      `Fargate profile ${name} has a selector with more than ${MOST_LABELS} labels in ${many.namespace}; remove some`,
    );
}
