import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { awsPartition } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { Construct } from "constructs";

/** EKS access policies, by the name of the equivalent Kubernetes role. */
const POLICIES = {
  "cluster-admin": "AmazonEKSClusterAdminPolicy",
  admin: "AmazonEKSAdminPolicy",
  edit: "AmazonEKSEditPolicy",
  view: "AmazonEKSViewPolicy",
} as const;

/** Access of an IAM principal to a cluster. */
export interface AccessEntryOptions {
  /** ARN of an IAM role or user. A principal has one entry per cluster. */
  readonly principalArn: string;
  readonly policy: keyof typeof POLICIES;
  /** Namespaces that the policy applies to, at least one. Not for "cluster-admin". @default the whole cluster */
  readonly namespaces?: readonly string[];
}

/** Props of an {@link AccessEntry}. */
export interface AccessEntryProps extends AccessEntryOptions {
  readonly clusterName: string;
  /** AWS Region of the cluster. */
  readonly region: string;
}

/** An access entry of an IAM principal (authentication mode API, without the aws-auth ConfigMap). */
export class AccessEntry extends Construct {
  readonly entry: EksAccessEntry;
  readonly policy: EksAccessPolicyAssociation;

  /** @throws ValidationError for the ARN of a session, and for namespaces that EKS rejects or ignores */
  constructor(scope: Construct, id: string, props: AccessEntryProps) {
    super(scope, id);
    checkAccess(this, props);
    this.entry = new EksAccessEntry(this, "entry", {
      clusterName: props.clusterName,
      principalArn: props.principalArn,
    });
    this.policy = new EksAccessPolicyAssociation(this, "policy", {
      clusterName: props.clusterName,
      principalArn: this.entry.principalArn,
      policyArn: `arn:${awsPartition(props.region)}:eks::aws:cluster-access-policy/${POLICIES[props.policy]}`,
      accessScope:
        props.namespaces === undefined
          ? { type: "cluster" }
          : { type: "namespace", namespaces: [...props.namespaces] },
    });
  }
}

function checkAccess(where: Construct, { principalArn, policy, namespaces, region }: AccessEntryProps): void {
  const iam = `arn:${awsPartition(region)}:iam::`;
  if (!principalArn.startsWith(iam) || !/::\d{12}:(role|user)\/\S+$/.test(principalArn)) {
    throw new ValidationError(
      where,
      `principalArn ${principalArn} is not an IAM role or user; use ${iam}<account>:role/<name>, not a session`,
    );
  }
  if (namespaces?.length === 0) {
    throw new ValidationError(
      where,
      "namespaces is empty; add at least one, or remove it for the whole cluster",
    );
  }
  if (policy === "cluster-admin" && namespaces !== undefined) {
    throw new ValidationError(
      where,
      `cluster-admin applies to the whole cluster, not to ${namespaces.join(", ")}; use policy admin`,
    );
  }
}
